<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>Agent</name>
    <message>
        <source>This is too much for one request.</source>
        <translation>Das ist zu viel für eine Anfrage.</translation>
    </message>
    <message>
        <source>The sandbox is gone.</source>
        <translation>Die Sandbox ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The sandbox does not answer.</source>
        <translation>Die Sandbox antwortet nicht.</translation>
    </message>
    <message>
        <source>The connection to the sandbox broke.</source>
        <translation>Die Verbindung zur Sandbox ist abgebrochen.</translation>
    </message>
    <message>
        <source>The sandbox did not answer in time.</source>
        <translation>Die Sandbox hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>An app has at most 2000 files.</source>
        <translation>Eine App hat höchstens 2000 Dateien.</translation>
    </message>
    <message>
        <source>%1 is larger than 8 MiB.</source>
        <translation>%1 ist größer als 8 MiB.</translation>
    </message>
    <message>
        <source>The request was cancelled.</source>
        <translation>Die Anfrage wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The command was stopped.</source>
        <translation>Der Befehl wurde angehalten.</translation>
    </message>
    <message>
        <source>The sandbox answered something unexpected. Restart the app.</source>
        <translation>Die Sandbox hat etwas Unerwartetes geantwortet. Starten Sie die App neu.</translation>
    </message>
    <message>
        <source>The sandbox refused: %1.</source>
        <translation>Die Sandbox lehnt ab: %1.</translation>
    </message>
</context>
<context>
    <name>Api</name>
    <message>
        <source>The token of the control API cannot be kept in %1.</source>
        <translation>Das Token der Steuer-API kann nicht in %1 abgelegt werden.</translation>
    </message>
    <message>
        <source>The control API cannot listen on port %1. Choose another one.</source>
        <translation>Die Steuer-API kann Port %1 nicht benutzen. Wähle einen anderen.</translation>
    </message>
    <message>
        <source>The body is not JSON: %1 at byte %2.</source>
        <translation>Der Inhalt ist kein JSON: %1 bei Byte %2.</translation>
    </message>
    <message>
        <source>The body has to be a JSON object.</source>
        <translation>Der Inhalt muss ein JSON-Objekt sein.</translation>
    </message>
    <message>
        <source>“%1” has to be a text.</source>
        <translation>„%1“ muss ein Text sein.</translation>
    </message>
    <message>
        <source>The description is missing.</source>
        <translation>Die Beschreibung fehlt.</translation>
    </message>
    <message>
        <source>The request cannot be read.</source>
        <translation>Die Anfrage ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The request took too long to arrive.</source>
        <translation>Die Anfrage kam nicht rechtzeitig an.</translation>
    </message>
    <message>
        <source>There is no such path. GET /openapi.json lists them.</source>
        <translation>Diesen Pfad gibt es nicht. GET /openapi.json zählt sie auf.</translation>
    </message>
    <message>
        <source>This path takes %1.</source>
        <translation>Dieser Pfad nimmt %1.</translation>
    </message>
    <message>
        <source>The token is missing or wrong.</source>
        <translation>Das Token fehlt oder ist falsch.</translation>
    </message>
    <message>
        <source>“%1” is not known here.</source>
        <translation>„%1“ ist hier nicht bekannt.</translation>
    </message>
    <message>
        <source>The request is too large: its body may have 1 MB.</source>
        <translation>Die Anfrage ist zu groß: Ihr Inhalt darf 1 MB haben.</translation>
    </message>
    <message>
        <source>Chunks are not read here. Send the body with a Content-Length.</source>
        <translation>Stücke („chunked“) werden hier nicht gelesen. Senden Sie den Inhalt mit Content-Length.</translation>
    </message>
    <message>
        <source>Only programs of this computer may ask: without Origin, and with 127.0.0.1 and the port as Host.</source>
        <translation>Nur Programme dieses Computers dürfen fragen: ohne Origin und mit 127.0.0.1 und dem Port als Host.</translation>
    </message>
</context>
<context>
    <name>AppStatus</name>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreibt</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>Baut</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Prüft</translation>
    </message>
    <message>
        <source>Repairing</source>
        <translation>Repariert</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Hält an</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>Braucht einen Blick</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>Schläft</translation>
    </message>
    <message>
        <source>Error while used</source>
        <translation>Fehler bei Benutzung</translation>
    </message>
    <message>
        <source>Green, error while used</source>
        <translation>Grün, Fehler bei Benutzung</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Flotilla cannot start: this user may not start more processes. End other programs, or raise the limit (ulimit -u).</source>
        <translation>Flotilla kann nicht starten: Dieser Benutzer darf keine weiteren Prozesse starten. Beenden Sie andere Programme, oder erhöhen Sie die Grenze (ulimit -u).</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>Chat</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>builds</source>
        <translation>baut</translation>
    </message>
    <message>
        <source>served</source>
        <translation>erreichbar</translation>
    </message>
    <message>
        <source>loads</source>
        <translation>lädt</translation>
    </message>
    <message>
        <source>no errors</source>
        <translation>keine Fehler</translation>
    </message>
    <message>
        <source>not blank</source>
        <translation>nicht leer</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>Schreibt %1</translation>
    </message>
    <message>
        <source>Writing a file</source>
        <translation>Schreibt eine Datei</translation>
    </message>
    <message>
        <source>Editing %1</source>
        <translation>Ändert %1</translation>
    </message>
    <message>
        <source>Editing a file</source>
        <translation>Ändert eine Datei</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>Liest %1</translation>
    </message>
    <message>
        <source>Reading a file</source>
        <translation>Liest eine Datei</translation>
    </message>
    <message>
        <source>Deleting %1</source>
        <translation>Löscht %1</translation>
    </message>
    <message>
        <source>Deleting a file</source>
        <translation>Löscht eine Datei</translation>
    </message>
    <message>
        <source>Renaming %1</source>
        <translation>Benennt %1 um</translation>
    </message>
    <message>
        <source>Renaming a file</source>
        <translation>Benennt eine Datei um</translation>
    </message>
    <message>
        <source>Running %1</source>
        <translation>Führt %1 aus</translation>
    </message>
    <message>
        <source>Running a command</source>
        <translation>Führt einen Befehl aus</translation>
    </message>
    <message>
        <source>Reading the logs</source>
        <translation>Liest das Protokoll</translation>
    </message>
    <message>
        <source>Looking at the files</source>
        <translation>Sieht die Dateien an</translation>
    </message>
    <message>
        <source>Read %1</source>
        <translation>%1 gelesen</translation>
    </message>
    <message>
        <source>Read a file</source>
        <translation>Datei gelesen</translation>
    </message>
    <message>
        <source>Ran %1</source>
        <translation>%1 ausgeführt</translation>
    </message>
    <message>
        <source>Ran a command</source>
        <translation>Befehl ausgeführt</translation>
    </message>
    <message>
        <source>Read the logs</source>
        <translation>Protokoll gelesen</translation>
    </message>
    <message>
        <source>Looked at the files</source>
        <translation>Dateien angesehen</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Verified: %1</source>
        <translation>Geprüft: %1</translation>
    </message>
    <message>
        <source>v%1</source>
        <translation>v%1</translation>
    </message>
    <message>
        <source>Built-in sampler, not a language model</source>
        <translation>Eingebauter Sampler, kein Sprachmodell</translation>
    </message>
    <message>
        <source>%1 tokens read (%2 from the cache), %3 written</source>
        <translation>%1 Tokens gelesen (%2 aus dem Zwischenspeicher), %3 geschrieben</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>Bereitet vor</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Denkt nach</translation>
    </message>
    <message>
        <source>Changing files</source>
        <translation>Ändert Dateien</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>Baut</translation>
    </message>
    <message>
        <source>Checking the preview</source>
        <translation>Prüft die Vorschau</translation>
    </message>
    <message>
        <source>Repairing</source>
        <translation>Repariert</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Hält an</translation>
    </message>
    <message>
        <source>Trying again in %1 s.</source>
        <translation>Neuer Versuch in %1 s.</translation>
    </message>
    <message>
        <source>Trying again now.</source>
        <translation>Neuer Versuch läuft.</translation>
    </message>
    <message>
        <source>price not known</source>
        <translation>Preis nicht bekannt</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>Show what changed in %1</source>
        <translation>Zeigen, was sich in %1 geändert hat</translation>
    </message>
    <message>
        <source>Show the line</source>
        <translation>Zeile zeigen</translation>
    </message>
    <message>
        <source>Stopped, kept what was made</source>
        <translation>Angehalten, Fertiges behalten</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Interrupted, kept what was made</source>
        <translation>Unterbrochen, Fertiges behalten</translation>
    </message>
    <message>
        <source>Nothing was changed</source>
        <translation>Nichts wurde geändert</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>Braucht einen Blick</translation>
    </message>
    <message>
        <source>Go back to version %1</source>
        <translation>Zurück zu Version %1</translation>
    </message>
    <message>
        <source>Thought about it</source>
        <translation>Hat nachgedacht</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Green, error while used</source>
        <translation>Grün, Fehler bei Benutzung</translation>
    </message>
    <message>
        <source>Fix it</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Show the line %1</source>
        <translation>Zeile zeigen: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Your message: %1</source>
        <translation>Ihre Nachricht: %1</translation>
    </message>
    <message>
        <source>Link: %1</source>
        <translation>Link: %1</translation>
    </message>
    <message>
        <source>No word from the model for %1</source>
        <translation>Seit %1 kein Wort vom Modell</translation>
    </message>
    <message>
        <source>Stop keeps what was made.</source>
        <translation>Anhalten behält, was gemacht wurde.</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Models and keys</source>
        <translation>Modelle und Schlüssel</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Budget and quitting</source>
        <translation>Budget und Beenden</translation>
    </message>
    <message>
        <source>Sandboxes and doctor</source>
        <translation>Sandboxes und Diagnose</translation>
    </message>
    <message>
        <source>Privacy: what leaves this computer</source>
        <translation>Privatsphäre: was diesen Computer verlässt</translation>
    </message>
    <message>
        <source>About Flotilla</source>
        <translation>Über Flotilla</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>Helle Farben</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Dunkle Farben</translation>
    </message>
    <message>
        <source>Theme like the desktop</source>
        <translation>Farben wie der Desktop</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Open app</source>
        <translation>App öffnen</translation>
    </message>
    <message>
        <source>New app</source>
        <translation>Neue App</translation>
    </message>
    <message>
        <source>App</source>
        <translation>App</translation>
    </message>
    <message>
        <source>Search your apps</source>
        <translation>Ihre Apps durchsuchen</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>Flotte</translation>
    </message>
    <message>
        <source>Fleet: every sandbox on every host</source>
        <translation>Flotte: jede Sandbox auf jedem Host</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Hosts</translation>
    </message>
    <message>
        <source>Filter the fleet</source>
        <translation>Flotte filtern</translation>
    </message>
    <message>
        <source>Show what needs a look</source>
        <translation>Zeigen, was einen Blick braucht</translation>
    </message>
    <message>
        <source>Choose all that match</source>
        <translation>Alle passenden auswählen</translation>
    </message>
    <message>
        <source>Add a host</source>
        <translation>Host hinzufügen</translation>
    </message>
    <message>
        <source>Control API for scripts</source>
        <translation>Steuer-API für Skripte</translation>
    </message>
    <message>
        <source>Import an app</source>
        <translation>App importieren</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Skalierung</translation>
    </message>
    <message>
        <source>Scale: set up a load test</source>
        <translation>Skalierung: einen Lasttest einrichten</translation>
    </message>
    <message>
        <source>Scale: the wall</source>
        <translation>Skalierung: die Wand</translation>
    </message>
    <message>
        <source>Scale: runs to compare and replay</source>
        <translation>Skalierung: Läufe zum Vergleichen und Abspielen</translation>
    </message>
    <message>
        <source>Scale: show for an audience</source>
        <translation>Skalierung: Vorführung vor Publikum</translation>
    </message>
    <message>
        <source>Scale: end the run</source>
        <translation>Skalierung: den Lauf beenden</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>Bubblewrap is not installed.</source>
        <translation>Bubblewrap ist nicht installiert.</translation>
    </message>
    <message>
        <source>%1 is too old; 0.8 or later is needed.</source>
        <translation>%1 ist zu alt; nötig ist 0.8 oder neuer.</translation>
    </message>
    <message>
        <source>User namespaces</source>
        <translation>Benutzer-Namensräume</translation>
    </message>
    <message>
        <source>User namespaces are switched off.</source>
        <translation>Benutzer-Namensräume sind abgeschaltet.</translation>
    </message>
    <message>
        <source>Something around Flotilla refuses namespaces, as containers do.</source>
        <translation>Etwas um Flotilla herum verweigert Namensräume, wie es Container tun.</translation>
    </message>
    <message>
        <source>Run Flotilla outside of the container, or allow it namespaces and mounting /proc (for Docker: --security-opt seccomp=unconfined --security-opt systempaths=unconfined).</source>
        <translation>Flotilla außerhalb des Containers starten oder ihm Namensräume und das Einhängen von /proc erlauben (bei Docker: --security-opt seccomp=unconfined --security-opt systempaths=unconfined).</translation>
    </message>
    <message>
        <source>Ordinary users may not create user namespaces.</source>
        <translation>Gewöhnliche Benutzer dürfen keine Benutzer-Namensräume anlegen.</translation>
    </message>
    <message>
        <source>Allowed.</source>
        <translation>Erlaubt.</translation>
    </message>
    <message>
        <source>AppArmor</source>
        <translation>AppArmor</translation>
    </message>
    <message>
        <source>Does not restrict user namespaces.</source>
        <translation>Schränkt Benutzer-Namensräume nicht ein.</translation>
    </message>
    <message>
        <source>Restricts user namespaces, and lets Bubblewrap through.</source>
        <translation>Schränkt Benutzer-Namensräume ein und lässt Bubblewrap durch.</translation>
    </message>
    <message>
        <source>AppArmor keeps Bubblewrap from creating user namespaces.</source>
        <translation>AppArmor hindert Bubblewrap daran, Benutzer-Namensräume anzulegen.</translation>
    </message>
    <message>
        <source>System call filter</source>
        <translation>Systemruf-Filter</translation>
    </message>
    <message>
        <source>Works.</source>
        <translation>Funktioniert.</translation>
    </message>
    <message>
        <source>This kernel has no seccomp filter.</source>
        <translation>Dieser Kernel hat keinen Seccomp-Filter.</translation>
    </message>
    <message>
        <source>Boot a kernel with CONFIG_SECCOMP_FILTER, as every distribution ships it.</source>
        <translation>Einen Kernel mit CONFIG_SECCOMP_FILTER starten, wie ihn jede Distribution mitliefert.</translation>
    </message>
    <message>
        <source>A trial sandbox started in %1 ms.</source>
        <translation>Eine Probe-Sandbox startete in %1 ms.</translation>
    </message>
    <message>
        <source>Flotilla runs as root, so sandboxes run as user %1 and others like it, never as root.</source>
        <translation>Flotilla läuft als root; die Sandboxen laufen als Benutzer %1 und ähnliche, nie als root.</translation>
    </message>
    <message>
        <source>Trial sandbox</source>
        <translation>Probe-Sandbox</translation>
    </message>
    <message>
        <source>It did not start: %1</source>
        <translation>Sie startete nicht: %1</translation>
    </message>
    <message>
        <source>In a container, allow user namespaces and mounting /proc (for Docker: --security-opt seccomp=unconfined --security-opt systempaths=unconfined). Anywhere else, the message names what is missing.</source>
        <translation>In einem Container Benutzer-Namensräume und das Einhängen von /proc erlauben (bei Docker: --security-opt seccomp=unconfined --security-opt systempaths=unconfined). Sonst nennt die Meldung, was fehlt.</translation>
    </message>
    <message>
        <source>Fix the points above first.</source>
        <translation>Zuerst die Punkte darüber beheben.</translation>
    </message>
    <message>
        <source>No cgroup v2 delegation (%1): memory is watched instead of capped, and processor time is not limited.</source>
        <translation>Keine cgroup-v2-Delegation (%1): Der Speicher wird beobachtet statt begrenzt, die Rechenzeit ist nicht begrenzt.</translation>
    </message>
    <message>
        <source>Hard limits</source>
        <translation>Harte Grenzen</translation>
    </message>
    <message>
        <source>Memory, processes and processor time are capped (cgroup v2).</source>
        <translation>Speicher, Prozesse und Rechenzeit sind begrenzt (cgroup v2).</translation>
    </message>
    <message>
        <source>This takes cgroup v2 and a systemd of the user: sudo apt-get install dbus-user-session, then log in again. Once on a computer used over SSH: sudo loginctl enable-linger $USER</source>
        <translation>Das braucht cgroup v2 und ein systemd des Benutzers: sudo apt-get install dbus-user-session, dann neu anmelden. Auf einem Rechner, der über SSH benutzt wird, einmal: sudo loginctl enable-linger $USER</translation>
    </message>
    <message>
        <source>React apps can be built.</source>
        <translation>React-Apps können gebaut werden.</translation>
    </message>
    <message>
        <source>The runtime in %1 has no esbuild.</source>
        <translation>In der Laufzeit unter %1 fehlt esbuild.</translation>
    </message>
    <message>
        <source>Not installed: apps with a server in %1 do not run.</source>
        <translation>Nicht installiert: Apps mit einem Server in %1 laufen nicht.</translation>
    </message>
    <message>
        <source>Sandbox launcher</source>
        <translation>Sandbox-Starter</translation>
    </message>
    <message>
        <source>Build or install Flotilla again; %1 is part of it.</source>
        <translation>Flotilla noch einmal bauen oder installieren; %1 gehört dazu.</translation>
    </message>
    <message>
        <source>Memory, processes and processor time are capped.</source>
        <translation>Speicher, Prozesse und Rechenzeit sind begrenzt.</translation>
    </message>
    <message>
        <source>Use cgroup v2 with delegation for rootless engines, or the engine of the system.</source>
        <translation>Für rootlose Container-Programme cgroup v2 mit Delegation verwenden, oder das des Systems.</translation>
    </message>
    <message>
        <source>Privileges of the engine</source>
        <translation>Rechte des Container-Programms</translation>
    </message>
    <message>
        <source>The engine runs without root.</source>
        <translation>Das Container-Programm läuft ohne root.</translation>
    </message>
    <message>
        <source>The engine runs as root. Who may use its socket can become root.</source>
        <translation>Das Container-Programm läuft als root. Wer seinen Socket benutzen darf, kann root werden.</translation>
    </message>
    <message>
        <source>Use rootless Podman, or rootless Docker: dockerd-rootless-setuptool.sh install</source>
        <translation>Rootloses Podman verwenden, oder rootloses Docker: dockerd-rootless-setuptool.sh install</translation>
    </message>
    <message>
        <source>Version %1 at %2.</source>
        <translation>Version %1 unter %2.</translation>
    </message>
    <message>
        <source>Base image</source>
        <translation>Basis-Image</translation>
    </message>
    <message>
        <source>Make room on the disk of the container engine, then try again.</source>
        <translation>Auf der Platte des Container-Programms Platz schaffen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Started.</source>
        <translation>Gestartet.</translation>
    </message>
    <message>
        <source>Web view</source>
        <translation>Webansicht</translation>
    </message>
    <message>
        <source>Pages are drawn in a sandbox of their own.</source>
        <translation>Seiten werden in einer eigenen Sandbox gezeichnet.</translation>
    </message>
    <message>
        <source>Pages are drawn behind a system call filter only: this system refuses Flotilla namespaces.</source>
        <translation>Seiten werden nur hinter einem Systemruf-Filter gezeichnet: Dieses System verweigert Flotilla Namensräume.</translation>
    </message>
    <message>
        <source>Allow user namespaces, as above, and start Flotilla again.</source>
        <translation>Erlauben Sie Benutzer-Namensräume, wie oben, und starten Sie Flotilla neu.</translation>
    </message>
</context>
<context>
    <name>DoctorText</name>
    <message>
        <source>cgroup v2 is not mounted</source>
        <translation>cgroup v2 ist nicht eingehängt</translation>
    </message>
    <message>
        <source>the memory and pids controllers are not on cgroup v2</source>
        <translation>die Controller memory und pids sind nicht in cgroup v2</translation>
    </message>
    <message>
        <source>no group above this process may be changed by this user</source>
        <translation>dieser Benutzer darf keine Gruppe über diesem Prozess ändern</translation>
    </message>
</context>
<context>
    <name>DroppedFiles</name>
    <message>
        <source>%1 is not a file. Drop files here, no folders.</source>
        <translation>%1 ist keine Datei. Hierher können Dateien gezogen werden, keine Ordner.</translation>
    </message>
    <message>
        <source>%1 is larger than 8 MiB, which is the most that can be dropped into a sandbox.</source>
        <translation>%1 ist größer als 8 MiB; mehr lässt sich nicht in eine Sandbox ziehen.</translation>
    </message>
    <message>
        <source>These files are larger than 64 MiB together. Drop fewer at a time.</source>
        <translation>Diese Dateien sind zusammen größer als 64 MiB. Ziehe weniger auf einmal hierher.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>The name of %1 is too long.</source>
        <translation>Der Name von %1 ist zu lang.</translation>
    </message>
</context>
<context>
    <name>Fleet</name>
    <message>
        <source>Out of memory</source>
        <translation>Zu wenig Speicher</translation>
    </message>
    <message>
        <source>Out of disk space</source>
        <translation>Kein Platz auf dem Datenträger</translation>
    </message>
    <message>
        <source>Too many processes</source>
        <translation>Zu viele Prozesse</translation>
    </message>
    <message>
        <source>Did not get ready</source>
        <translation>Wurde nicht bereit</translation>
    </message>
    <message>
        <source>Ran too long</source>
        <translation>Lief zu lange</translation>
    </message>
    <message>
        <source>Host lost</source>
        <translation>Host verloren</translation>
    </message>
    <message>
        <source>Not supported there</source>
        <translation>Dort nicht möglich</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>Schläft</translation>
    </message>
    <message>
        <source>Host unreachable</source>
        <translation>Unerreichbar</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Hält an</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Verloren</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>The app is being changed. Wait until that is done.</source>
        <translation>Die App wird gerade geändert. Warten Sie, bis das fertig ist.</translation>
    </message>
    <message>
        <source>it did not answer in time</source>
        <translation>sie hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>The terminal was open for twelve hours and was closed.</source>
        <translation>Das Terminal war zwölf Stunden offen und wurde geschlossen.</translation>
    </message>
    <message>
        <source>The shell ended with exit code %1.</source>
        <translation>Die Shell endete mit Exit-Code %1.</translation>
    </message>
    <message>
        <source>%1 cannot be reached</source>
        <translation>%1 ist nicht erreichbar</translation>
    </message>
    <message>
        <source>The app shows up again when its host does. Nothing of it is lost.</source>
        <translation>Die App ist wieder da, sobald es ihr Host ist. Nichts von ihr ist verloren.</translation>
    </message>
    <message>
        <source>The app is starting</source>
        <translation>Die App startet</translation>
    </message>
    <message>
        <source>Its sandbox is there in a moment.</source>
        <translation>Ihre Sandbox ist gleich da.</translation>
    </message>
    <message>
        <source>The app is asleep</source>
        <translation>Die App schläft</translation>
    </message>
    <message>
        <source>Its files are kept. Wake the app to look into its sandbox.</source>
        <translation>Ihre Dateien bleiben. Wecken Sie die App, um in ihre Sandbox zu sehen.</translation>
    </message>
    <message>
        <source>Memory full</source>
        <comment>short for: Out of memory</comment>
        <translation>Speicher voll</translation>
    </message>
    <message>
        <source>Disk full</source>
        <comment>short for: Out of disk space</comment>
        <translation>Platte voll</translation>
    </message>
    <message>
        <source>Processes</source>
        <comment>short for: Too many processes</comment>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Not ready</source>
        <comment>short for: Did not get ready</comment>
        <translation>Nicht bereit</translation>
    </message>
    <message>
        <source>Unsupported</source>
        <comment>short for: Not supported there</comment>
        <translation>Geht dort nicht</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <comment>short for: Host unreachable</comment>
        <translation>Unerreichbar</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>The app cannot be reached</source>
        <translation>Die App ist nicht erreichbar</translation>
    </message>
    <message>
        <source>%1 The app shows up again when that changes. Nothing of it is lost.</source>
        <translation>%1 Die App erscheint wieder, sobald sich das ändert. Nichts von ihr geht verloren.</translation>
    </message>
</context>
<context>
    <name>FleetFilter</name>
    <message>
        <source>There is no filter “%1:”. Did you mean “%2”?</source>
        <translation>Es gibt keinen Filter „%1:“. Meinten Sie „%2“?</translation>
    </message>
    <message>
        <source>There is no filter “%1:”. These are: %2</source>
        <translation>Es gibt keinen Filter „%1:“. Möglich sind: %2</translation>
    </message>
    <message>
        <source>A filter has at most %1 parts.</source>
        <translation>Ein Filter hat höchstens %1 Teile.</translation>
    </message>
    <message>
        <source>“%1” is not a number. Write it like %2.</source>
        <translation>„%1“ ist keine Zahl. Schreiben Sie sie wie %2.</translation>
    </message>
    <message>
        <source>There is no state “%1”. These are: %2</source>
        <translation>Den Zustand „%1“ gibt es nicht. Es gibt: %2</translation>
    </message>
</context>
<context>
    <name>Flotilla</name>
    <message>
        <source>The model is told about it and tries again.</source>
        <translation>Das Modell erfährt davon und versucht es noch einmal.</translation>
    </message>
    <message>
        <source>The preview opens in your browser</source>
        <translation>Die Vorschau öffnet sich im Browser</translation>
    </message>
    <message>
        <source>The page crashed</source>
        <translation>Die Seite ist abgestürzt</translation>
    </message>
    <message>
        <source>The app is still running; its page used up its memory or met an engine fault.</source>
        <translation>Die App läuft noch; ihre Seite hat den Speicher aufgebraucht oder einen Fehler der Anzeige ausgelöst.</translation>
    </message>
    <message>
        <source>The page is empty</source>
        <translation>Die Seite ist leer</translation>
    </message>
    <message>
        <source>It loads without an error, but shows nothing.</source>
        <translation>Sie lädt ohne Fehler, zeigt aber nichts.</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Öffnet</translation>
    </message>
    <message>
        <source>This version does not build</source>
        <translation>Diese Version lässt sich nicht bauen</translation>
    </message>
    <message>
        <source>The first version is being written</source>
        <translation>Die erste Version wird geschrieben</translation>
    </message>
    <message>
        <source>It shows up here by itself.</source>
        <translation>Sie erscheint hier von selbst.</translation>
    </message>
    <message>
        <source>Nothing to show yet</source>
        <translation>Noch nichts zu sehen</translation>
    </message>
    <message>
        <source>Ask for something in the chat; the app appears here.</source>
        <translation>Bitten Sie im Chat um etwas; die App erscheint hier.</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>A sandbox of its own is being made for this app.</source>
        <translation>Für diese App wird eine eigene Sandbox angelegt.</translation>
    </message>
    <message>
        <source>Building</source>
        <translation>Baut</translation>
    </message>
    <message>
        <source>The files are put together.</source>
        <translation>Die Dateien werden zusammengesetzt.</translation>
    </message>
    <message>
        <source>The app crashed</source>
        <translation>Die App ist abgestürzt</translation>
    </message>
    <message>
        <source>Its program ended by itself.</source>
        <translation>Ihr Programm hat sich von selbst beendet.</translation>
    </message>
    <message>
        <source>This app does not run now</source>
        <translation>Diese App läuft gerade nicht</translation>
    </message>
    <message>
        <source>This app is asleep</source>
        <translation>Diese App schläft</translation>
    </message>
    <message>
        <source>It uses no memory now. Its data is kept.</source>
        <translation>Sie braucht jetzt keinen Speicher. Ihre Daten bleiben.</translation>
    </message>
    <message>
        <source>The sandbox could not start</source>
        <translation>Die Sandbox konnte nicht starten</translation>
    </message>
    <message>
        <source>Fix it</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Go back to version %1</source>
        <translation>Zurück zu Version %1</translation>
    </message>
    <message>
        <source>Wake it</source>
        <translation>Wecken</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Show it anyway</source>
        <translation>Trotzdem zeigen</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>The page does not load</source>
        <translation>Die Seite lädt nicht</translation>
    </message>
    <message>
        <source>The app is running, but its page did not arrive.</source>
        <translation>Die App läuft, aber ihre Seite kam nicht an.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Making a sandbox</source>
        <translation>Legt Sandbox an</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreibt</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Went away</source>
        <translation>Verschwunden</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Simulated model</source>
        <translation>Simuliertes Modell</translation>
    </message>
    <message>
        <source>Simulated: %1</source>
        <translation>Simuliert: %1</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Recorded answers</source>
        <translation>Aufgezeichnete Antworten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>The app answers with an error</source>
        <translation>Die App antwortet mit einem Fehler</translation>
    </message>
    <message>
        <source>Instead of its page comes the HTTP status %1.</source>
        <translation>Statt ihrer Seite kommt der HTTP-Status %1.</translation>
    </message>
    <message>
        <source>The page is loading</source>
        <translation>Die Seite wird geladen</translation>
    </message>
    <message>
        <source>The app has not sent all of it yet.</source>
        <translation>Die App hat noch nicht alles davon gesendet.</translation>
    </message>
    <message>
        <source>The page does not answer</source>
        <translation>Die Seite reagiert nicht</translation>
    </message>
    <message>
        <source>Something in it runs without an end, or takes very long.</source>
        <translation>Etwas darin läuft ohne Ende oder dauert sehr lange.</translation>
    </message>
    <message>
        <source>“Fix it” sends this to the model.</source>
        <translation>„Beheben“ schickt das an das Modell.</translation>
    </message>
    <message>
        <source>The app does not start</source>
        <translation>Die App startet nicht</translation>
    </message>
</context>
<context>
    <name>Flotilla::AboutSection</name>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Flotilla %1</source>
        <translation>Flotilla %1</translation>
    </message>
    <message>
        <source>A wish typed in chat becomes a live app in its own sandbox.</source>
        <translation>Aus einem Wunsch im Chat wird eine laufende App in ihrer eigenen Sandbox.</translation>
    </message>
    <message>
        <source>Free software</source>
        <translation>Freie Software</translation>
    </message>
    <message>
        <source>GNU General Public License, version 3 or later. You may use, study, share and change it. It comes without any warranty.</source>
        <translation>GNU General Public License, Version 3 oder später. Sie dürfen sie nutzen, untersuchen, weitergeben und ändern. Sie kommt ohne jede Gewährleistung.</translation>
    </message>
    <message>
        <source>With the work of others</source>
        <translation>Mit der Arbeit anderer</translation>
    </message>
    <message>
        <source>Public domain, MIT</source>
        <translation>Gemeinfrei, MIT</translation>
    </message>
</context>
<context>
    <name>Flotilla::ApiSection</name>
    <message>
        <source>Control API</source>
        <translation>Steuer-API</translation>
    </message>
    <message>
        <source>Lets programs on this computer make apps, write to them and end them. Only who knows the token gets in, and nobody from another computer.</source>
        <translation>Damit können Programme auf diesem Computer Apps anlegen, ihnen schreiben und sie beenden. Hinein kommt nur, wer das Token kennt, und niemand von einem anderen Computer.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>New token</source>
        <translation>Neues Token</translation>
    </message>
    <message>
        <source>Also on at the next start, until you switch it off.</source>
        <translation>Auch beim nächsten Start eingeschaltet, bis Sie sie ausschalten.</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Kept in the keychain. A new one shuts out every script that has the old one.</source>
        <translation>Liegt im Schlüsselbund. Ein neues sperrt jedes Skript aus, das noch das alte hat.</translation>
    </message>
    <message>
        <source>On at http://127.0.0.1:%1/</source>
        <translation>An unter http://127.0.0.1:%1/</translation>
    </message>
    <message>
        <source>Cannot be switched on</source>
        <translation>Lässt sich nicht einschalten</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Token copied</source>
        <translation>Token kopiert</translation>
    </message>
    <message>
        <source>New token. Scripts need it now.</source>
        <translation>Neues Token. Skripte brauchen jetzt dieses.</translation>
    </message>
</context>
<context>
    <name>Flotilla::AppHeader</name>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Title of the app</source>
        <translation>Titel der App</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Link kopieren</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Export as folder…</source>
        <translation>Als Ordner exportieren…</translation>
    </message>
    <message>
        <source>Export as zip…</source>
        <translation>Als Zip exportieren…</translation>
    </message>
    <message>
        <source>Restart the sandbox</source>
        <translation>Sandbox neu starten</translation>
    </message>
    <message>
        <source>Put to sleep</source>
        <translation>Schlafen legen</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>Braucht einen Blick</translation>
    </message>
    <message>
        <source>Green · v%1</source>
        <translation>Grün · v%1</translation>
    </message>
    <message>
        <source>Needs a look · v%1</source>
        <translation>Braucht einen Blick · v%1</translation>
    </message>
    <message>
        <source>Title: %1. Rename</source>
        <translation>Titel: %1. Umbenennen</translation>
    </message>
    <message>
        <source>What all turns of this app have cost</source>
        <translation>Was alle Wünsche an diese App gekostet haben</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>%1 · asleep</source>
        <translation>%1 · schläft</translation>
    </message>
    <message>
        <source>Fix it</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Sends the error to the model</source>
        <translation>Schickt den Fehler an das Modell</translation>
    </message>
    <message>
        <source>Green, error while used · v%1</source>
        <translation>Grün, Fehler bei Benutzung · v%1</translation>
    </message>
    <message>
        <source>Stopped · v%1</source>
        <translation>Angehalten · v%1</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Copy the link, or take the files with you</source>
        <translation>Den Link kopieren oder die Dateien mitnehmen</translation>
    </message>
</context>
<context>
    <name>Flotilla::AppImport</name>
    <message>
        <source>Imported app</source>
        <translation>Importierte App</translation>
    </message>
    <message>
        <source>it is damaged, or neither a zip nor a tar archive.</source>
        <translation>es ist beschädigt oder weder ein Zip- noch ein Tar-Archiv.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read.</source>
        <translation>Die Datei %1 lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>it is larger than %1 MB.</source>
        <translation>es ist größer als %1 MB.</translation>
    </message>
</context>
<context>
    <name>Flotilla::AppListModel</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Flotilla::AppTabBar</name>
    <message>
        <source>Views of the app</source>
        <translation>Ansichten der App</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>Konsole</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Width of the preview</source>
        <translation>Breite der Vorschau</translation>
    </message>
    <message>
        <source>As wide as a phone</source>
        <translation>So breit wie ein Telefon</translation>
    </message>
    <message>
        <source>As wide as a tablet</source>
        <translation>So breit wie ein Tablet</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>All there is</source>
        <translation>Alles, was da ist</translation>
    </message>
    <message>
        <source>Back in the app (%1)</source>
        <translation>In der App zurück (%1)</translation>
    </message>
    <message>
        <source>Reload (%1)</source>
        <translation>Neu laden (%1)</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Vergrößerung</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>An app may only reach itself. Click to see what was blocked</source>
        <translation>Eine App erreicht nur sich selbst. Klicken zeigt, was blockiert wurde</translation>
    </message>
    <message numerus="yes">
        <source>%n blocked</source>
        <translation>
            <numerusform>%n blockiert</numerusform>
            <numerusform>%n blockiert</numerusform>
        </translation>
    </message>
    <message>
        <source>More for the preview</source>
        <translation>Mehr zur Vorschau</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Back in the app</source>
        <translation>Zurück in der App</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
</context>
<context>
    <name>Flotilla::AppView</name>
    <message>
        <source>Link copied. It works on this computer while Flotilla runs.</source>
        <translation>Link kopiert. Er gilt auf diesem Computer, solange Flotilla läuft.</translation>
    </message>
    <message>
        <source>The console shows this error. Please fix it:
%1</source>
        <translation>Die Konsole zeigt diesen Fehler. Bitte beheben:
%1</translation>
    </message>
    <message>
        <source>Version %1 is back, as version %2. Nothing was lost.</source>
        <translation>Version %1 ist zurück, als Version %2. Nichts ging verloren.</translation>
    </message>
    <message>
        <source>Export as zip</source>
        <translation>Als Zip exportieren</translation>
    </message>
    <message>
        <source>Export into a folder</source>
        <translation>In einen Ordner exportieren</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Exportiert nach %1</translation>
    </message>
    <message>
        <source>Open %1?</source>
        <translation>%1 öffnen?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>A wish may cost up to %1.</source>
        <translation>Ein Wunsch darf bis zu %1 kosten.</translation>
    </message>
    <message>
        <source>There is no terminal here.</source>
        <translation>Hier gibt es kein Terminal.</translation>
    </message>
    <message>
        <source>The app is asleep</source>
        <translation>Die App schläft</translation>
    </message>
    <message>
        <source>Its files are kept. Wake the app to open a shell in its sandbox.</source>
        <translation>Ihre Dateien bleiben. Wecken Sie die App, um eine Shell in ihrer Sandbox zu öffnen.</translation>
    </message>
</context>
<context>
    <name>Flotilla::AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Nothing fades or slides.</source>
        <translation>Nichts blendet oder gleitet.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
</context>
<context>
    <name>Flotilla::AskBar</name>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>Ihre Antwort</translation>
    </message>
</context>
<context>
    <name>Flotilla::Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Flotilla::BubblewrapBackend</name>
    <message>
        <source>No cgroup v2 delegation on this computer: memory is watched and the app is stopped when it takes too much; processes, files and disk have hard limits; processor time is not limited.</source>
        <translation>Keine cgroup-v2-Delegation auf diesem Computer: Der Speicher wird beobachtet und die App angehalten, wenn sie zu viel nimmt; Prozesse, Dateien und Platz haben feste Grenzen; Rechenzeit ist nicht begrenzt.</translation>
    </message>
    <message>
        <source>Memory, processes and processor time have hard limits (cgroup v2).</source>
        <translation>Speicher, Prozesse und Rechenzeit haben feste Grenzen (cgroup v2).</translation>
    </message>
    <message>
        <source>Checked when the first sandbox starts.</source>
        <translation>Wird beim Start der ersten Sandbox geprüft.</translation>
    </message>
    <message>
        <source>Bubblewrap (same kernel)</source>
        <translation>Bubblewrap (gleicher Kernel)</translation>
    </message>
</context>
<context>
    <name>Flotilla::BudgetSection</name>
    <message>
        <source>Budget and quitting</source>
        <translation>Budget und Beenden</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>Keine Grenze</translation>
    </message>
    <message>
        <source>Most money for one wish</source>
        <translation>Höchstbetrag für einen Wunsch</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Keep them running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Stop them</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Running apps when Flotilla quits</source>
        <translation>Laufende Apps beim Beenden von Flotilla</translation>
    </message>
    <message>
        <source>Apps that go on can still be used in a browser while “flotillactl serve” runs.</source>
        <translation>Apps, die weiterlaufen, lassen sich im Browser nutzen, solange „flotillactl serve“ läuft.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>A wish that reaches it stops and keeps what was made. It does not hold for models whose price is not known: prices are known for Anthropic&apos;s models, and where a server tells them, as OpenRouter does.</source>
        <translation>Ein Wunsch, der ihn erreicht, hält an und behält, was entstanden ist. Er gilt nicht für Modelle, deren Preis unbekannt ist: Bekannt sind die Preise der Modelle von Anthropic und die, die ein Server selbst nennt, wie OpenRouter.</translation>
    </message>
</context>
<context>
    <name>Flotilla::ChartDeck</name>
    <message>
        <source>Ramp</source>
        <translation>Anstieg</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>building</source>
        <translation>baut</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>schreibt</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>By order</source>
        <translation>Nach Reihenfolge</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Über die Zeit</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Hosts</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Time to live, by order of submission</source>
        <translation>Zeit bis live, nach Reihenfolge der Aufträge</translation>
    </message>
    <message>
        <source>Time to live</source>
        <translation>Zeit bis live</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>Live, by host</source>
        <translation>Live, nach Host</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Diese Maschine</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>generator</source>
        <translation>Generator</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Modal Vibe&apos;s table</source>
        <translation>Tabelle von Modal Vibe</translation>
    </message>
</context>
<context>
    <name>Flotilla::ChatPane</name>
    <message>
        <source>What should it be?</source>
        <translation>Was soll es werden?</translation>
    </message>
    <message>
        <source>Say it in your own words. Every change becomes a version you can go back to.</source>
        <translation>Sagen Sie es in eigenen Worten. Jede Änderung wird eine Version, zu der Sie zurückkönnen.</translation>
    </message>
    <message>
        <source>Jump to the end</source>
        <translation>Ans Ende springen</translation>
    </message>
</context>
<context>
    <name>Flotilla::CodePane</name>
    <message>
        <source>%1 copied</source>
        <translation>%1 kopiert</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Text of the file</source>
        <translation>Text der Datei</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Show what changed since a version</source>
        <translation>Zeigen, was sich seit einer Version geändert hat</translation>
    </message>
    <message>
        <source>Copy the file</source>
        <translation>Datei kopieren</translation>
    </message>
    <message>
        <source>No comparison</source>
        <translation>Kein Vergleich</translation>
    </message>
    <message>
        <source>Version %1 · %2</source>
        <translation>Version %1 · %2</translation>
    </message>
    <message>
        <source>Against v%1</source>
        <translation>Gegen v%1</translation>
    </message>
    <message>
        <source>No files yet</source>
        <translation>Noch keine Dateien</translation>
    </message>
    <message>
        <source>The files of the app show up here while they are written.</source>
        <translation>Die Dateien der App erscheinen hier, während sie geschrieben werden.</translation>
    </message>
    <message>
        <source>This file is not text.</source>
        <translation>Diese Datei ist kein Text.</translation>
    </message>
    <message>
        <source>Nothing changed in this file.</source>
        <translation>In dieser Datei hat sich nichts geändert.</translation>
    </message>
    <message numerus="yes">
        <source>%n unchanged line(s)</source>
        <translation>
            <numerusform>%n unveränderte Zeile</numerusform>
            <numerusform>%n unveränderte Zeilen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::CommandPalette</name>
    <message>
        <source>Type what you want to do, or the name of an app</source>
        <translation>Was möchten Sie tun? Oder der Name einer App</translation>
    </message>
    <message>
        <source>Nothing here is called “%1”.</source>
        <translation>Hier heißt nichts „%1“.</translation>
    </message>
</context>
<context>
    <name>Flotilla::Composer</name>
    <message>
        <source>Editing an earlier message. What came after it is replaced. Esc gives up.</source>
        <translation>Sie ändern eine frühere Nachricht. Was danach kam, wird ersetzt. Esc bricht ab.</translation>
    </message>
    <message>
        <source>Your wish</source>
        <translation>Ihr Wunsch</translation>
    </message>
    <message>
        <source>Ask for a change, or point at something in the preview</source>
        <translation>Bitten Sie um eine Änderung oder zeigen Sie auf etwas in der Vorschau</translation>
    </message>
    <message>
        <source>The element the wish is about. Click to remove it</source>
        <translation>Das Element, um das es geht. Klicken entfernt es</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Pick an element in the preview (%1)</source>
        <translation>Ein Element in der Vorschau wählen (%1)</translation>
    </message>
    <message>
        <source>+ Image</source>
        <translation>+ Bild</translation>
    </message>
    <message>
        <source>Add a picture; you can also paste or drop one</source>
        <translation>Ein Bild hinzufügen; auch durch Einfügen oder Ziehen</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>Bauen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Stop and keep what was made</source>
        <translation>Anhalten und behalten, was fertig ist</translation>
    </message>
    <message>
        <source>About: %1  ✕</source>
        <translation>Über: %1  ✕</translation>
    </message>
    <message>
        <source>Click something…</source>
        <translation>Klicken Sie etwas an…</translation>
    </message>
    <message>
        <source>This is about the element `%1`</source>
        <translation>Es geht um das Element `%1`</translation>
    </message>
    <message>
        <source>with the text &quot;%1&quot;</source>
        <translation>mit dem Text „%1“</translation>
    </message>
</context>
<context>
    <name>Flotilla::ConsolePanel</name>
    <message>
        <source>Console</source>
        <translation>Konsole</translation>
    </message>
    <message>
        <source>The console is quiet</source>
        <translation>Die Konsole ist still</translation>
    </message>
    <message>
        <source>What the app writes, its errors and the requests that were blocked show up here.</source>
        <translation>Was die App schreibt, ihre Fehler und blockierte Anfragen erscheinen hier.</translation>
    </message>
    <message>
        <source>Fix with chat</source>
        <translation>Im Chat beheben</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Console copied</source>
        <translation>Konsole kopiert</translation>
    </message>
</context>
<context>
    <name>Flotilla::ContainerBackend</name>
    <message>
        <source>Memory, processes and processor time are capped by the engine.</source>
        <translation>Speicher, Prozesse und Rechenzeit werden von der Engine begrenzt.</translation>
    </message>
    <message>
        <source>%1, rootless (same kernel)</source>
        <translation>%1, ohne Root-Rechte (gleicher Kernel)</translation>
    </message>
    <message>
        <source>%1 (same kernel)</source>
        <translation>%1 (gleicher Kernel)</translation>
    </message>
</context>
<context>
    <name>Flotilla::ConversationModel</name>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>Flotilla</source>
        <translation>Flotilla</translation>
    </message>
</context>
<context>
    <name>Flotilla::ConversationView</name>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>Message copied</source>
        <translation>Nachricht kopiert</translation>
    </message>
    <message>
        <source>Code copied</source>
        <translation>Code kopiert</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>Auswahl kopieren</translation>
    </message>
</context>
<context>
    <name>Flotilla::CounterStrip</name>
    <message>
        <source>Live apps</source>
        <translation>Apps live</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 /s</source>
        <translation>%1 /s</translation>
    </message>
    <message>
        <source>%1 /min</source>
        <translation>%1 /min</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>until the last</source>
        <translation>bis zur letzten</translation>
    </message>
    <message>
        <source>on average</source>
        <translation>im Mittel</translation>
    </message>
    <message>
        <source>0 s</source>
        <translation>0 s</translation>
    </message>
    <message>
        <source>elapsed</source>
        <translation>vergangen</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>to go</source>
        <translation>noch</translation>
    </message>
    <message>
        <source>/ %1</source>
        <translation>/ %1</translation>
    </message>
    <message>
        <source>apps live, each in its own sandbox</source>
        <translation>Apps live, jede in ihrer eigenen Sandbox</translation>
    </message>
</context>
<context>
    <name>Flotilla::DetailPane</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Close the pane</source>
        <translation>Seitenleiste schließen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Snapshots</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
</context>
<context>
    <name>Flotilla::EmptyState</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
</context>
<context>
    <name>Flotilla::EndCard</name>
    <message>
        <source>REPLAY</source>
        <translation>WIEDERGABE</translation>
    </message>
    <message>
        <source>SIMULATED</source>
        <translation>SIMULIERT</translation>
    </message>
    <message>
        <source>Back to the wall</source>
        <translation>Zurück zur Wand</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>apps live in %1, each in its own sandbox</source>
        <translation>Apps live in %1, jede in ihrer eigenen Sandbox</translation>
    </message>
    <message>
        <source>Time to live: half within %1, 95 of 100 within %2</source>
        <translation>Zeit bis live: die Hälfte in %1, 95 von 100 in %2</translation>
    </message>
    <message>
        <source>none failed</source>
        <translation>keine fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 fehlgeschlagen</translation>
    </message>
    <message>
        <source>dropped starts %1, retries %2</source>
        <translation>ausgefallene Starts %1, Wiederholungen %2</translation>
    </message>
    <message>
        <source>run %1</source>
        <translation>Lauf %1</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>%1 live</source>
        <translation>%1 live</translation>
    </message>
    <message>
        <source>RECORDED ANSWERS</source>
        <translation>AUFGEZEICHNETE ANTWORTEN</translation>
    </message>
    <message>
        <source>No app came alive</source>
        <translation>Keine App ist gestartet</translation>
    </message>
    <message>
        <source>%1 cancelled</source>
        <translation>%1 abgebrochen</translation>
    </message>
    <message>
        <source>grey line: Modal Vibe&apos;s published table, %1 in %2 s</source>
        <translation>graue Linie: die veröffentlichte Tabelle von Modal Vibe, %1 in %2 s</translation>
    </message>
    <message>
        <source>Modal Vibe&apos;s published table: %1 in %2 s</source>
        <translation>die veröffentlichte Tabelle von Modal Vibe: %1 in %2 s</translation>
    </message>
</context>
<context>
    <name>Flotilla::EndpointCard</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation>Schlüssel entfernen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Key for %1</source>
        <translation>Schlüssel für %1</translation>
    </message>
    <message>
        <source>Show what you typed</source>
        <translation>Eingabe zeigen</translation>
    </message>
    <message>
        <source>Address of %1</source>
        <translation>Adresse von %1</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Key stored in the keychain</source>
        <translation>Schlüssel liegt im Schlüsselbund</translation>
    </message>
    <message>
        <source>Stored. Type a new key to replace it.</source>
        <translation>Gespeichert. Ein neuer Schlüssel ersetzt ihn.</translation>
    </message>
    <message>
        <source>Key from the environment</source>
        <translation>Schlüssel aus der Umgebung</translation>
    </message>
    <message>
        <source>Set by an environment variable, which wins</source>
        <translation>Durch eine Umgebungsvariable gesetzt; sie hat Vorrang</translation>
    </message>
    <message>
        <source>Found on this computer</source>
        <translation>Auf diesem Computer gefunden</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Kein Schlüssel</translation>
    </message>
    <message>
        <source>Not needed for most local servers</source>
        <translation>Für die meisten lokalen Server nicht nötig</translation>
    </message>
    <message>
        <source>Paste a key</source>
        <translation>Schlüssel einfügen</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Testet…</translation>
    </message>
    <message>
        <source>Waiting for an answer…</source>
        <translation>Wartet auf eine Antwort…</translation>
    </message>
</context>
<context>
    <name>Flotilla::EngineApi</name>
    <message>
        <source>%1 on %2 answered something that makes no sense.</source>
        <translation>%1 auf %2 hat etwas Unverständliches geantwortet.</translation>
    </message>
    <message>
        <source>%1 on %2 does not answer. Start it with: %3</source>
        <translation>%1 auf %2 antwortet nicht. Starten Sie es mit: %3</translation>
    </message>
    <message>
        <source>The container engine on %1 is too old (%2).</source>
        <translation>Die Container-Engine auf %1 ist zu alt (%2).</translation>
    </message>
    <message>
        <source>%1 %2 on %3 said: %4</source>
        <translation>%1 %2 auf %3 meldet: %4</translation>
    </message>
</context>
<context>
    <name>Flotilla::EventsTab</name>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>The events cannot be read</source>
        <translation>Die Ereignisse sind nicht lesbar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Nothing happened yet</source>
        <translation>Noch ist nichts geschehen</translation>
    </message>
    <message>
        <source>Starts, stops, moves and their reasons show up here and are kept.</source>
        <translation>Starts, Stopps, Umzüge und ihre Gründe erscheinen hier und bleiben erhalten.</translation>
    </message>
</context>
<context>
    <name>Flotilla::Exporter</name>
    <message>
        <source>The file name %1 is not allowed; nothing was exported.</source>
        <translation>Der Dateiname %1 ist nicht erlaubt; es wurde nichts exportiert.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>%1 konnte nicht geschrieben werden: %2.</translation>
    </message>
</context>
<context>
    <name>Flotilla::FilesTab</name>
    <message>
        <source>Files in the sandbox</source>
        <translation>Dateien in der Sandbox</translation>
    </message>
    <message>
        <source>Contents of the file</source>
        <translation>Inhalt der Datei</translation>
    </message>
    <message>
        <source>Read the files again</source>
        <translation>Dateien neu lesen</translation>
    </message>
    <message>
        <source>The files cannot be read</source>
        <translation>Die Dateien sind nicht lesbar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>No files yet</source>
        <translation>Noch keine Dateien</translation>
    </message>
    <message>
        <source>The app has written nothing so far.</source>
        <translation>Die App hat bisher nichts geschrieben.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>This file is too large to show here.</source>
        <translation>Diese Datei ist zu groß, um sie hier zu zeigen.</translation>
    </message>
    <message>
        <source>This is not text: %1.</source>
        <translation>Das ist kein Text: %1.</translation>
    </message>
</context>
<context>
    <name>Flotilla::FilterBox</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Words look in names, hosts and labels. host: state: app: label: backend: take names, mem: cpu: up: procs: version: take figures like mem:&gt;200MB. A minus in front turns a part round.</source>
        <translation>Wörter suchen in Namen, Hosts und Labels. host: state: app: label: backend: nehmen Namen, mem: cpu: up: procs: version: nehmen Größen wie mem:&gt;200MB. Ein Minus davor kehrt einen Teil um.</translation>
    </message>
    <message>
        <source>Name, host: state: mem:&gt;200MB</source>
        <translation>Name, host: state: mem:&gt;200MB</translation>
    </message>
</context>
<context>
    <name>Flotilla::FindBar</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>which match of how many</comment>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n Treffer</numerusform>
            <numerusform>%n Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>Tell upper from lower case</source>
        <translation>Groß- und Kleinschreibung unterscheiden</translation>
    </message>
    <message>
        <source>The match above</source>
        <translation>Der Treffer darüber</translation>
    </message>
    <message>
        <source>The match below</source>
        <translation>Der Treffer darunter</translation>
    </message>
    <message>
        <source>Close the search (Esc)</source>
        <translation>Suche schließen (Esc)</translation>
    </message>
    <message>
        <source>%1 matches</source>
        <comment>how many, and more</comment>
        <translation>%1 Treffer</translation>
    </message>
</context>
<context>
    <name>Flotilla::Fleet</name>
    <message>
        <source>&quot;%1&quot; is not the name of an app.</source>
        <translation>„%1“ ist nicht der Name einer App.</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>The app is being started.</source>
        <translation>Die App wird gestartet.</translation>
    </message>
    <message>
        <source>This app is asleep</source>
        <translation>Diese App schläft</translation>
    </message>
    <message>
        <source>Open it in Flotilla to wake it.</source>
        <translation>In Flotilla öffnen, um sie zu wecken.</translation>
    </message>
    <message>
        <source>This app has stopped</source>
        <translation>Diese App ist angehalten</translation>
    </message>
    <message>
        <source>This app is not running.</source>
        <translation>Diese App läuft nicht.</translation>
    </message>
    <message>
        <source>It ended while nobody was looking.</source>
        <translation>Sie endete, während niemand hinsah.</translation>
    </message>
    <message>
        <source>The app&apos;s sandbox ended right after its start: %1</source>
        <translation>Die Sandbox der App endete gleich nach dem Start: %1</translation>
    </message>
    <message>
        <source>Another program is starting or stopping this app. Try again in a moment.</source>
        <translation>Ein anderes Programm startet oder beendet diese App gerade. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>This app runs in a kind of sandbox that is not set up here.</source>
        <translation>Diese App läuft in einer Art Sandbox, die hier nicht eingerichtet ist.</translation>
    </message>
    <message>
        <source>It ended while Flotilla was not running.</source>
        <translation>Sie endete, während Flotilla nicht lief.</translation>
    </message>
    <message>
        <source>The app cannot be shown yet</source>
        <translation>Die App kann noch nicht gezeigt werden</translation>
    </message>
    <message>
        <source>Its sandbox was started.</source>
        <translation>Ihre Sandbox wurde gestartet.</translation>
    </message>
    <message>
        <source>Moving</source>
        <translation>Zieht um</translation>
    </message>
    <message>
        <source>The app is being moved to another host.</source>
        <translation>Die App zieht auf einen anderen Host um.</translation>
    </message>
    <message>
        <source>The app did not come up there, so it stays where it is: %1</source>
        <translation>Die App lief dort nicht an, deshalb bleibt sie, wo sie ist: %1</translation>
    </message>
    <message>
        <source>There is no other host.</source>
        <translation>Es gibt keinen anderen Host.</translation>
    </message>
    <message>
        <source>Another program is starting. Try again in a moment.</source>
        <translation>Ein anderes Programm startet gerade. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>Moved from %1 to %2.</source>
        <translation>Von %1 nach %2 umgezogen.</translation>
    </message>
    <message>
        <source>There is no host &quot;%1&quot;.</source>
        <translation>Es gibt keinen Host „%1“.</translation>
    </message>
    <message>
        <source>The app&apos;s data is on %1: %2</source>
        <translation>Die Daten der App liegen auf %1: %2</translation>
    </message>
    <message>
        <source>There is no room to copy the app&apos;s data.</source>
        <translation>Es ist kein Platz, um die Daten der App zu kopieren.</translation>
    </message>
    <message>
        <source>Waking</source>
        <translation>Wacht auf</translation>
    </message>
    <message>
        <source>The app is being woken.</source>
        <translation>Die App wird geweckt.</translation>
    </message>
    <message>
        <source>The app&apos;s host cannot be reached</source>
        <translation>Der Host der App ist nicht erreichbar</translation>
    </message>
    <message>
        <source>What apps stored on %1 could not be removed.</source>
        <translation>Was Apps auf %1 gespeichert haben, konnte nicht entfernt werden.</translation>
    </message>
    <message>
        <source>The connection to %1 broke while the app&apos;s data was copied, and did not come back in time. The app and its data are where they were. Try again when %1 can be reached.</source>
        <translation>Die Verbindung zu %1 brach ab, während die Daten der App kopiert wurden, und kam nicht rechtzeitig zurück. Die App und ihre Daten sind, wo sie waren. Versuchen Sie es noch einmal, wenn %1 erreichbar ist.</translation>
    </message>
    <message>
        <source>It ended while it could not be reached.</source>
        <translation>Sie endete, während sie nicht erreichbar war.</translation>
    </message>
    <message>
        <source>The app %1 still runs.</source>
        <translation>Die App %1 läuft noch.</translation>
    </message>
    <message>
        <source>The data of %1 is not here yet: %2</source>
        <translation>Die Daten von %1 sind noch nicht hier: %2</translation>
    </message>
    <message>
        <source>The app cannot be reached</source>
        <translation>Die App ist nicht erreichbar</translation>
    </message>
    <message>
        <source>Made anew with %1.</source>
        <translation>Neu gemacht mit %1.</translation>
    </message>
    <message>
        <source>Made anew from the image %1 with %2.</source>
        <translation>Neu gemacht aus dem Image %1 mit %2.</translation>
    </message>
    <message>
        <source>The connection to %1 broke while the app was moved. The app and its data are where they were. Try again.</source>
        <translation>Die Verbindung zu %1 brach ab, während die App umzog. Die App und ihre Daten sind, wo sie waren. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Another program started the app meanwhile, so it is as it was. Try again.</source>
        <translation>Ein anderes Programm hat die App inzwischen gestartet; sie ist, wie sie war. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Another program copies the app&apos;s data. Try again later.</source>
        <translation>Ein anderes Programm kopiert die Daten der App. Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>The app was started while its data was copied, so both are where they were. Try again.</source>
        <translation>Die App wurde gestartet, während ihre Daten kopiert wurden; beide sind, wo sie waren. Versuchen Sie es noch einmal.</translation>
    </message>
</context>
<context>
    <name>Flotilla::FleetActions</name>
    <message numerus="yes">
        <source>%n more host(s)</source>
        <translation>
            <numerusform>%n weiterem Host</numerusform>
            <numerusform>%n weiteren Hosts</numerusform>
        </translation>
    </message>
    <message>
        <source>on %1</source>
        <comment>a list of hosts</comment>
        <translation>auf %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 und %n weitere</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>asleep, on no host: %1</source>
        <translation>schlafend, auf keinem Host: %1</translation>
    </message>
    <message>
        <source>on %1: %2</source>
        <comment>host, apps</comment>
        <translation>auf %1: %2</translation>
    </message>
    <message numerus="yes">
        <source>Stop %n app(s)?</source>
        <translation>
            <numerusform>%n App anhalten?</numerusform>
            <numerusform>%n Apps anhalten?</numerusform>
        </translation>
    </message>
    <message>
        <source>Their sandboxes end. Files, versions and data stay, and opening an app wakes it again.</source>
        <translation>Ihre Sandboxes enden. Dateien, Versionen und Daten bleiben, und wer eine App öffnet, weckt sie wieder.</translation>
    </message>
    <message numerus="yes">
        <source>Stop %n</source>
        <translation>
            <numerusform>%n anhalten</numerusform>
            <numerusform>%n anhalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart %n app(s)?</source>
        <translation>
            <numerusform>%n App neu starten?</numerusform>
            <numerusform>%n Apps neu starten?</numerusform>
        </translation>
    </message>
    <message>
        <source>Their sandboxes end and start anew. What an app holds only in memory is lost.</source>
        <translation>Ihre Sandboxes enden und starten neu. Was eine App nur im Speicher hält, geht verloren.</translation>
    </message>
    <message numerus="yes">
        <source>Restart %n</source>
        <translation>
            <numerusform>%n neu starten</numerusform>
            <numerusform>%n neu starten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n app(s)?</source>
        <translation>
            <numerusform>%n App löschen?</numerusform>
            <numerusform>%n Apps löschen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n</source>
        <translation>
            <numerusform>%n löschen</numerusform>
            <numerusform>%n löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2 done</source>
        <comment>what is being done</comment>
        <translation>%1 · %2 fertig</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message numerus="yes">
        <source>Stopping %n app(s)</source>
        <translation>
            <numerusform>%n App wird angehalten</numerusform>
            <numerusform>%n Apps werden angehalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restarting %n app(s)</source>
        <translation>
            <numerusform>%n App wird neu gestartet</numerusform>
            <numerusform>%n Apps werden neu gestartet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleting %n app(s)</source>
        <translation>
            <numerusform>%n App wird gelöscht</numerusform>
            <numerusform>%n Apps werden gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moving %n app(s)</source>
        <translation>
            <numerusform>%n App zieht um</numerusform>
            <numerusform>%n Apps ziehen um</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waking %n app(s)</source>
        <translation>
            <numerusform>%n App wird geweckt</numerusform>
            <numerusform>%n Apps werden geweckt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Labelling %n app(s)</source>
        <translation>
            <numerusform>%n App bekommt ein Label</numerusform>
            <numerusform>%n Apps bekommen ein Label</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is asleep.</source>
        <translation>%1 schläft.</translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) are asleep.</source>
        <translation>
            <numerusform>%n App schläft.</numerusform>
            <numerusform>%n Apps schlafen.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 was restarted.</source>
        <translation>%1 wurde neu gestartet.</translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) were restarted.</source>
        <translation>
            <numerusform>%n App wurde neu gestartet.</numerusform>
            <numerusform>%n Apps wurden neu gestartet.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 was deleted.</source>
        <translation>%1 wurde gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) were deleted.</source>
        <translation>
            <numerusform>%n App wurde gelöscht.</numerusform>
            <numerusform>%n Apps wurden gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 was moved.</source>
        <translation>%1 ist umgezogen.</translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) were moved.</source>
        <translation>
            <numerusform>%n App ist umgezogen.</numerusform>
            <numerusform>%n Apps sind umgezogen.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is awake.</source>
        <translation>%1 ist wach.</translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) are awake.</source>
        <translation>
            <numerusform>%n App ist wach.</numerusform>
            <numerusform>%n Apps sind wach.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) have the label “%1”.</source>
        <translation>
            <numerusform>%n App hat das Label „%1“.</numerusform>
            <numerusform>%n Apps haben das Label „%1“.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The label “%1” was taken off %n app(s).</source>
        <translation>
            <numerusform>Das Label „%1“ wurde von %n App entfernt.</numerusform>
            <numerusform>Das Label „%1“ wurde von %n Apps entfernt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n app(s) could not be stopped</source>
        <translation>
            <numerusform>Nicht angehalten: %1 von %n App</numerusform>
            <numerusform>Nicht angehalten: %1 von %n Apps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n app(s) could not be restarted</source>
        <translation>
            <numerusform>Nicht neu gestartet: %1 von %n App</numerusform>
            <numerusform>Nicht neu gestartet: %1 von %n Apps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n app(s) could not be deleted</source>
        <translation>
            <numerusform>Nicht gelöscht: %1 von %n App</numerusform>
            <numerusform>Nicht gelöscht: %1 von %n Apps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n app(s) could not be moved</source>
        <translation>
            <numerusform>Nicht umgezogen: %1 von %n App</numerusform>
            <numerusform>Nicht umgezogen: %1 von %n Apps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n app(s) could not be woken</source>
        <translation>
            <numerusform>Nicht geweckt: %1 von %n App</numerusform>
            <numerusform>Nicht geweckt: %1 von %n Apps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n app(s) could not be labelled</source>
        <translation>
            <numerusform>Label nicht geändert: %1 von %n App</numerusform>
            <numerusform>Label nicht geändert: %1 von %n Apps</numerusform>
        </translation>
    </message>
    <message>
        <source>Their sandboxes and what these hold on the hosts are removed. Undo, right afterwards, brings the apps back with all their versions.</source>
        <translation>Ihre Sandboxes und was diese auf den Hosts halten werden entfernt. „Rückgängig“, gleich danach, holt die Apps mit allen Versionen zurück.</translation>
    </message>
    <message>
        <source>%1 has no container image of its own any more.</source>
        <translation>%1 hat kein eigenes Container-Image mehr.</translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) have no container image of their own any more.</source>
        <translation>
            <numerusform>%n App hat kein eigenes Container-Image mehr.</numerusform>
            <numerusform>%n Apps haben kein eigenes Container-Image mehr.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 runs in the container image %2.</source>
        <translation>%1 läuft im Container-Image %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) run in the container image %1.</source>
        <translation>
            <numerusform>%n App läuft im Container-Image %1.</numerusform>
            <numerusform>%n Apps laufen im Container-Image %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::FleetBoard</name>
    <message>
        <source>Cancelled before it began.</source>
        <translation>Abgebrochen, bevor es begann.</translation>
    </message>
    <message>
        <source>That is under way already.</source>
        <translation>Das läuft schon.</translation>
    </message>
    <message>
        <source>This app is gone.</source>
        <translation>Diese App ist nicht mehr da.</translation>
    </message>
    <message>
        <source>A label needs at least one letter.</source>
        <translation>Ein Label braucht mindestens einen Buchstaben.</translation>
    </message>
    <message>
        <source>There is no host &quot;%1&quot;.</source>
        <translation>Es gibt keinen Host „%1“.</translation>
    </message>
    <message>
        <source>A snapshot was taken.</source>
        <translation>Ein Snapshot wurde erstellt.</translation>
    </message>
    <message>
        <source>It became what a snapshot holds.</source>
        <translation>Sie wurde auf den Stand eines Snapshots gebracht.</translation>
    </message>
    <message>
        <source>It was made from a snapshot.</source>
        <translation>Sie entstand aus einem Snapshot.</translation>
    </message>
    <message>
        <source>Between 1 and %1 at once.</source>
        <translation>Zwischen 1 und %1 auf einmal.</translation>
    </message>
    <message>
        <source>For a fork</source>
        <translation>Zum Abzweigen</translation>
    </message>
    <message>
        <source>A label has at most %1 letters, and none that cannot be seen.</source>
        <translation>Ein Label hat höchstens %1 Zeichen und keine, die man nicht sieht.</translation>
    </message>
    <message>
        <source>The snapshot that was asked for is not on %1 any more. The app is as it was.</source>
        <translation>Der verlangte Snapshot ist nicht mehr auf %1. Die App ist, wie sie war.</translation>
    </message>
    <message>
        <source>This snapshot was taken by bubblewrap, but the app runs in the container image %1 now. Take the image from it first (flotillactl move %2 --container-image &quot;&quot;), or fork the snapshot.</source>
        <translation>Diesen Snapshot hat bubblewrap gemacht, die App läuft aber inzwischen im Container-Image %1. Nehmen Sie ihr zuerst das Image (flotillactl move %2 --container-image &quot;&quot;), oder zweigen Sie eine App vom Snapshot ab.</translation>
    </message>
</context>
<context>
    <name>Flotilla::FleetModel</name>
    <message>
        <source>Choose %1</source>
        <translation>%1 auswählen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>column and value</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>App</source>
        <translation>App</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Choose all that match</source>
        <translation>Alle passenden auswählen</translation>
    </message>
</context>
<context>
    <name>Flotilla::FleetPage</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>Schläft</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>Braucht einen Blick</translation>
    </message>
    <message numerus="yes">
        <source> · %n of them not shown by the filter</source>
        <translation>
            <numerusform> · %n davon zeigt der Filter nicht</numerusform>
            <numerusform> · %n davon zeigt der Filter nicht</numerusform>
        </translation>
    </message>
    <message>
        <source>The fleet cannot be read</source>
        <translation>Die Flotte ist nicht lesbar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Looking at the hosts</source>
        <translation>Sieht nach den Hosts</translation>
    </message>
    <message>
        <source>No apps yet</source>
        <translation>Noch keine Apps</translation>
    </message>
    <message>
        <source>Every app gets a sandbox of its own, on this computer or on a host of yours. Here you see all of them, with what they use, and can act on many at once.</source>
        <translation>Jede App bekommt eine eigene Sandbox, auf diesem Computer oder auf einem Ihrer Hosts. Hier sehen Sie alle mit ihrem Verbrauch und können mit vielen zugleich arbeiten.</translation>
    </message>
    <message>
        <source>Make an app</source>
        <translation>App erstellen</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message numerus="yes">
        <source>None of %n app(s) fits the tab and the filter.</source>
        <translation>
            <numerusform>%n App passt nicht zu Reiter und Filter.</numerusform>
            <numerusform>Keine von %n Apps passt zu Reiter und Filter.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>%1 cannot be reached</source>
        <translation>%1 ist nicht erreichbar</translation>
    </message>
    <message>
        <source>The host does not answer.</source>
        <translation>Der Host antwortet nicht.</translation>
    </message>
    <message numerus="yes">
        <source>%n sandbox(es) go on there as far as is known. Nothing is lost; they show up again when the host answers.</source>
        <translation>
            <numerusform>%n Sandbox läuft dort weiter, soweit bekannt. Nichts geht verloren; sie erscheint wieder, wenn der Host antwortet.</numerusform>
            <numerusform>%n Sandboxes laufen dort weiter, soweit bekannt. Nichts geht verloren; sie erscheinen wieder, wenn der Host antwortet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Test step by step</source>
        <translation>Schritt für Schritt testen</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>takes no new apps</source>
        <translation>nimmt keine neuen Apps</translation>
    </message>
    <message>
        <source>Wherever there is room</source>
        <translation>Wo Platz ist</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Wake</source>
        <translation>Wecken</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>Umziehen nach</translation>
    </message>
    <message>
        <source>Label…</source>
        <translation>Label…</translation>
    </message>
    <message>
        <source>Take a snapshot</source>
        <translation>Snapshot erstellen</translation>
    </message>
    <message>
        <source>Fork</source>
        <translation>Abzweigen</translation>
    </message>
    <message>
        <source>Copy id</source>
        <translation>ID kopieren</translation>
    </message>
    <message>
        <source>Copy command for a shell</source>
        <translation>Befehl für eine Shell kopieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>The snapshot was taken.</source>
        <translation>Der Snapshot wurde erstellt.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>A new app was forked.</source>
        <translation>Eine neue App wurde abgezweigt.</translation>
    </message>
    <message>
        <source>Widths as they fit</source>
        <translation>Passende Breiten</translation>
    </message>
    <message>
        <source>Container image…</source>
        <translation>Container-Image…</translation>
    </message>
</context>
<context>
    <name>Flotilla::FleetView</name>
    <message>
        <source>Apps on all hosts</source>
        <translation>Apps auf allen Hosts</translation>
    </message>
</context>
<context>
    <name>Flotilla::GalleryDelegate</name>
    <message>
        <source>%1 · %2</source>
        <comment>age and cost</comment>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>Flotilla::GalleryView</name>
    <message>
        <source>Your apps</source>
        <translation>Ihre Apps</translation>
    </message>
</context>
<context>
    <name>Flotilla::HomeController</name>
    <message>
        <source>Duplicated</source>
        <translation>Dupliziert</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>“%1” is deleted</source>
        <translation>„%1“ ist gelöscht</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>It is back</source>
        <translation>Sie ist wieder da</translation>
    </message>
</context>
<context>
    <name>Flotilla::HomeHeader</name>
    <message>
        <source>What shall we float?</source>
        <translation>Was soll in See stechen?</translation>
    </message>
    <message>
        <source>Start from a picture…</source>
        <translation>Mit Bild beginnen…</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Your apps</source>
        <translation>Ihre Apps</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufen</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>Mit Stern</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>A zip or tar archive, as the export makes it. You can also drop one here, or a folder.</source>
        <translation>Ein Zip- oder Tar-Archiv, wie der Export es macht. Sie können auch eines hierher ziehen, oder einen Ordner.</translation>
    </message>
    <message>
        <source>Which apps</source>
        <translation>Welche Apps</translation>
    </message>
    <message>
        <source>Search your apps</source>
        <translation>Ihre Apps durchsuchen</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>You are using the built-in sampler, not a language model</source>
        <translation>Sie nutzen den eingebauten Sampler, kein Sprachmodell</translation>
    </message>
    <message>
        <source>It puts sample apps together from parts, offline and free. Add a key or a local model to have anything built.</source>
        <translation>Er setzt Beispiel-Apps aus Teilen zusammen, offline und kostenlos. Mit einem Schlüssel oder einem lokalen Modell wird alles gebaut.</translation>
    </message>
</context>
<context>
    <name>Flotilla::HomePage</name>
    <message>
        <source>Your apps could not be read</source>
        <translation>Ihre Apps konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Your apps will be here</source>
        <translation>Hier werden Ihre Apps sein</translation>
    </message>
    <message>
        <source>Say above what you need, in your own words, and press Build. A few seconds later you use it. Every change is kept as a version, so nothing you try is ever lost.</source>
        <translation>Sagen Sie oben in eigenen Worten, was Sie brauchen, und drücken Sie Bauen. Sekunden später benutzen Sie es. Jede Änderung bleibt als Version erhalten; nichts geht verloren.</translation>
    </message>
    <message>
        <source>Nothing starred yet</source>
        <translation>Noch kein Stern vergeben</translation>
    </message>
    <message>
        <source>Point at an app and click its star to find it here.</source>
        <translation>Zeigen Sie auf eine App und klicken Sie ihren Stern, dann ist sie hier zu finden.</translation>
    </message>
    <message>
        <source>Show all apps</source>
        <translation>Alle Apps zeigen</translation>
    </message>
    <message>
        <source>No app is running</source>
        <translation>Keine App läuft</translation>
    </message>
    <message>
        <source>Open an app and it starts by itself.</source>
        <translation>Öffnen Sie eine App, dann startet sie von selbst.</translation>
    </message>
    <message>
        <source>No app matches</source>
        <translation>Keine App passt</translation>
    </message>
    <message>
        <source>Nothing has “%1” in its title or its first wish.</source>
        <translation>Nichts hat „%1“ im Titel oder im ersten Wunsch.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Remove star</source>
        <translation>Stern entfernen</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern vergeben</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Stop building</source>
        <translation>Bauen anhalten</translation>
    </message>
    <message>
        <source>Put to sleep</source>
        <translation>Schlafen legen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Fix it</source>
        <translation>Beheben</translation>
    </message>
</context>
<context>
    <name>Flotilla::HonestyStrip</name>
    <message numerus="yes">
        <source>%n core(s), %1</source>
        <translation>
            <numerusform>%n Kern, %1</numerusform>
            <numerusform>%n Kerne, %1</numerusform>
        </translation>
    </message>
    <message>
        <source>generator CPU %1 %</source>
        <translation>Generator-CPU %1 %</translation>
    </message>
    <message>
        <source>longest window stall %1 ms</source>
        <translation>Stillstand höchstens %1 ms</translation>
    </message>
    <message>
        <source>dropped starts %1</source>
        <translation>ausgefallene Starts %1</translation>
    </message>
    <message>
        <source>retries %1</source>
        <translation>Wiederholungen %1</translation>
    </message>
    <message>
        <source>F11 show · Space freeze · 1 2 3 zoom · M mark</source>
        <translation>F11 vorführen · Leertaste einfrieren · 1 2 3 Zoom · M Marke</translation>
    </message>
    <message>
        <source>Esc back · Space freeze · 1 2 3 zoom · M mark · H hide</source>
        <translation>Esc zurück · Leertaste anhalten · 1 2 3 Zoom · M Marke · H ausblenden</translation>
    </message>
    <message>
        <source>? keys</source>
        <translation>? Tasten</translation>
    </message>
    <message>
        <source>The keys of this screen (?)</source>
        <translation>Die Tasten dieser Ansicht (?)</translation>
    </message>
</context>
<context>
    <name>Flotilla::HostCardWidget</name>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Drain: take no new apps</source>
        <translation>Auslaufen lassen: keine neuen Apps annehmen</translation>
    </message>
    <message>
        <source>Apps that run there go on. New ones are placed elsewhere.</source>
        <translation>Apps, die dort laufen, laufen weiter. Neue kommen woandershin.</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Sandboxes</source>
        <translation>Sandboxes</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>ssh %1</source>
        <translation>ssh %1</translation>
    </message>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n Kern</numerusform>
            <numerusform>%n Kerne</numerusform>
        </translation>
    </message>
    <message>
        <source>only apps placed there</source>
        <translation>nur Apps, die dorthin gelegt werden</translation>
    </message>
    <message>
        <source>load %1</source>
        <translation>Last %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>Show %n app(s)</source>
        <translation>
            <numerusform>%n App zeigen</numerusform>
            <numerusform>%n Apps zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Wird vorbereitet</translation>
    </message>
    <message>
        <source>Unreachable since %1</source>
        <translation>Nicht erreichbar seit %1</translation>
    </message>
</context>
<context>
    <name>Flotilla::HostLink</name>
    <message>
        <source>This kind of host cannot be used here.</source>
        <translation>Diese Art Host kann hier nicht benutzt werden.</translation>
    </message>
    <message>
        <source>Nothing on %1 can run sandboxes. Install bubblewrap, Podman or Docker there.</source>
        <translation>Auf %1 gibt es nichts, womit Sandboxes laufen. Installieren Sie dort bubblewrap, Podman oder Docker.</translation>
    </message>
    <message>
        <source>%1 did not say where its home folder is.</source>
        <translation>%1 hat nicht gesagt, wo sein persönlicher Ordner ist.</translation>
    </message>
    <message>
        <source>%1 is being prepared for its first app.</source>
        <translation>%1 wird für seine erste App vorbereitet.</translation>
    </message>
    <message>
        <source>%1 is being prepared: %2 is %3 % there.</source>
        <translation>%1 wird vorbereitet: %2 ist zu %3 % dort.</translation>
    </message>
    <message>
        <source>%1 was not found on this computer, or does not answer. Install or start it, or choose another kind of sandbox.</source>
        <translation>%1 wurde auf diesem Computer nicht gefunden oder antwortet nicht. Installieren oder starten Sie es, oder wählen Sie eine andere Art von Sandbox.</translation>
    </message>
    <message>
        <source>%1 was not found on %2, or does not answer. Install or start it there, or choose another kind of sandbox.</source>
        <translation>%1 wurde auf %2 nicht gefunden oder antwortet nicht. Installieren oder starten Sie es dort, oder wählen Sie eine andere Art von Sandbox.</translation>
    </message>
    <message>
        <source>A container image needs Podman or Docker, and neither was found on %1, or answers. Install or start one there, or name no image.</source>
        <translation>Ein Container-Image braucht Podman oder Docker; auf %1 wurde keines von beiden gefunden, oder es antwortet nicht. Installieren oder starten Sie dort eines, oder nennen Sie kein Image.</translation>
    </message>
</context>
<context>
    <name>Flotilla::HostPicker</name>
    <message>
        <source>Where the apps are made; several hosts take turns</source>
        <translation>Wo die Apps entstehen; mehrere Hosts wechseln sich ab</translation>
    </message>
    <message>
        <source>Hosts: %1</source>
        <translation>Hosts: %1</translation>
    </message>
    <message>
        <source>Wherever there is room</source>
        <translation>Wo Platz ist</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message numerus="yes">
        <source>%n hosts</source>
        <translation>
            <numerusform>%n Host</numerusform>
            <numerusform>%n Hosts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::HostQuestions</name>
    <message>
        <source>Show what you typed</source>
        <translation>Eingabe zeigen</translation>
    </message>
    <message>
        <source>Is this %1?</source>
        <translation>Ist das %1?</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation>Fingerabdruck kopieren</translation>
    </message>
    <message>
        <source>If you go on, the key is remembered. Should it ever change, Flotilla refuses to connect and says so.</source>
        <translation>Wenn Sie fortfahren, wird der Schlüssel gemerkt. Sollte er sich je ändern, lehnt Flotilla die Verbindung ab und sagt es.</translation>
    </message>
    <message>
        <source>Trust this key</source>
        <translation>Diesem Schlüssel vertrauen</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Unlock the key</source>
        <translation>Schlüssel entsperren</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
</context>
<context>
    <name>Flotilla::HostService</name>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>There is no host &quot;%1&quot;.</source>
        <translation>Es gibt keinen Host „%1“.</translation>
    </message>
    <message>
        <source>There is a host &quot;%1&quot; already.</source>
        <translation>Es gibt schon einen Host „%1“.</translation>
    </message>
    <message>
        <source>This computer cannot be removed.</source>
        <translation>Dieser Computer kann nicht entfernt werden.</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> und %1 weitere</translation>
    </message>
    <message>
        <source>Its host was removed.</source>
        <translation>Ihr Host wurde entfernt.</translation>
    </message>
    <message>
        <source>That test is under way already.</source>
        <translation>Dieser Test läuft schon.</translation>
    </message>
    <message>
        <source>%1 is left out: %2</source>
        <translation>%1 bleibt außen vor: %2</translation>
    </message>
    <message>
        <source>An app runs there: %1. Stop or move it first.</source>
        <translation>Dort läuft eine App: %1. Halten Sie sie zuerst an oder verschieben Sie sie.</translation>
    </message>
    <message>
        <source>%1 apps run there: %2. Stop or move them first.</source>
        <translation>Dort laufen %1 Apps: %2. Halten Sie sie zuerst an oder verschieben Sie sie.</translation>
    </message>
    <message>
        <source>%1 was not removed: %2</source>
        <translation>%1 wurde nicht entfernt: %2</translation>
    </message>
    <message>
        <source>%1 was not removed, because it cannot be reached and apps have data there. %2 Connect it first, or stop the apps there and leave their data.</source>
        <translation>%1 wurde nicht entfernt, weil es nicht erreichbar ist und Apps dort Daten haben. %2 Verbinden Sie es erst, oder beenden Sie die Apps dort und lassen Sie ihre Daten zurück.</translation>
    </message>
    <message>
        <source>%1 could not be reached: what its apps stored stays there in %2, and apps that run there run on. Add the host again, under the same name, before you open the apps here: then their data comes along.</source>
        <translation>%1 war nicht erreichbar: Was seine Apps gespeichert haben, bleibt dort in %2, und Apps, die dort laufen, laufen weiter. Fügen Sie den Host unter demselben Namen wieder hinzu, bevor Sie die Apps hier öffnen: Dann kommen ihre Daten mit.</translation>
    </message>
    <message>
        <source>Snapshots, or data that no app here uses, stay on %1 in %2.</source>
        <translation>Schnappschüsse oder Daten, die keine App hier verwendet, bleiben auf %1 in %2.</translation>
    </message>
    <message>
        <source>The build was cancelled.</source>
        <translation>Der Bau wurde abgebrochen.</translation>
    </message>
    <message>
        <source>That is under way already.</source>
        <translation>Das läuft schon.</translation>
    </message>
</context>
<context>
    <name>Flotilla::HostSheet</name>
    <message>
        <source>Add a host</source>
        <translation>Host hinzufügen</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>%1 bearbeiten</translation>
    </message>
    <message>
        <source>Any Linux machine that you reach with SSH can run apps. Nothing has to be installed there but Podman, Docker or bubblewrap, and no port is opened.</source>
        <translation>Jede Linux-Maschine, die Sie mit SSH erreichen, kann Apps ausführen. Nötig ist dort nur Podman, Docker oder bubblewrap, und es wird kein Port geöffnet.</translation>
    </message>
    <message>
        <source>Search the hosts of your SSH config</source>
        <translation>Hosts Ihrer SSH-Konfiguration durchsuchen</translation>
    </message>
    <message>
        <source>Hosts of your SSH config</source>
        <translation>Hosts Ihrer SSH-Konfiguration</translation>
    </message>
    <message>
        <source>Reading your SSH config</source>
        <translation>Liest Ihre SSH-Konfiguration</translation>
    </message>
    <message>
        <source>There are no hosts in ~/.ssh/config. Type one below.</source>
        <translation>In ~/.ssh/config stehen keine Hosts. Tippen Sie unten einen ein.</translation>
    </message>
    <message>
        <source>%1 (added already)</source>
        <translation>%1 (schon hinzugefügt)</translation>
    </message>
    <message>
        <source>An alias, user@machine or ssh://user@machine:2222</source>
        <translation>Ein Alias, user@machine oder ssh://user@machine:2222</translation>
    </message>
    <message>
        <source>What to call it</source>
        <translation>Wie er heißen soll</translation>
    </message>
    <message>
        <source>The best that works there</source>
        <translation>Die beste, die dort funktioniert</translation>
    </message>
    <message>
        <source>As many as fit into its memory</source>
        <translation>So viele, wie in seinen Speicher passen</translation>
    </message>
    <message>
        <source>Takes apps that may run anywhere</source>
        <translation>Nimmt Apps, die überall laufen dürfen</translation>
    </message>
    <message>
        <source>SSH target</source>
        <translation>SSH-Ziel</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>Most sandboxes</source>
        <translation>Höchstzahl Sandboxes</translation>
    </message>
    <message>
        <source>Add and test</source>
        <translation>Hinzufügen und testen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Made by Flotilla from this machine</source>
        <translation>Von Flotilla aus dieser Maschine gemacht</translation>
    </message>
    <message>
        <source>An image that Podman or Docker has or can fetch, like node:20. An app with an image of its own keeps that.</source>
        <translation>Ein Image, das Podman oder Docker hat oder holen kann, etwa node:20. Eine App mit eigenem Image behält ihres.</translation>
    </message>
    <message>
        <source>Container image</source>
        <translation>Container-Image</translation>
    </message>
    <message>
        <source>Add the host first: images are built there.</source>
        <translation>Fügen Sie den Host zuerst hinzu: Images werden dort gebaut.</translation>
    </message>
</context>
<context>
    <name>Flotilla::HostStrip</name>
    <message>
        <source>Hosts</source>
        <translation>Hosts</translation>
    </message>
    <message>
        <source>retry in %1 s</source>
        <translation>erneut in %1 s</translation>
    </message>
    <message>
        <source>trying now</source>
        <translation>versucht es jetzt</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>%1 of at most %2 sandboxes</source>
        <translation>%1 von höchstens %2 Sandboxes</translation>
    </message>
    <message numerus="yes">
        <source>%n sandbox(es)</source>
        <translation>
            <numerusform>%n Sandbox</numerusform>
            <numerusform>%n Sandboxes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Load %1 on %n core(s)</source>
        <translation>
            <numerusform>Last %1 auf %n Kern</numerusform>
            <numerusform>Last %1 auf %n Kernen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::HostTest</name>
    <message>
        <source>Find the address</source>
        <translation>Adresse finden</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Check the host key</source>
        <translation>Host-Schlüssel prüfen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Copy the agent</source>
        <translation>Agent kopieren</translation>
    </message>
    <message>
        <source>Look for bubblewrap, Podman and Docker</source>
        <translation>Nach bubblewrap, Podman und Docker suchen</translation>
    </message>
    <message>
        <source>Start a sandbox</source>
        <translation>Eine Sandbox starten</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>This kind of host cannot be used here.</source>
        <translation>Diese Art Host kann hier nicht benutzt werden.</translation>
    </message>
    <message>
        <source>Not needed on this computer.</source>
        <translation>Auf diesem Computer nicht nötig.</translation>
    </message>
    <message>
        <source>Install one of them there, for example: sudo apt-get install bubblewrap</source>
        <translation>Installieren Sie dort eines davon, zum Beispiel: sudo apt-get install bubblewrap</translation>
    </message>
    <message>
        <source>Found: %1.</source>
        <translation>Gefunden: %1.</translation>
    </message>
    <message>
        <source>Install %1 there, or choose another kind of sandbox for this host.</source>
        <translation>Installieren Sie dort %1 oder wählen Sie für diesen Host eine andere Art Sandbox.</translation>
    </message>
    <message>
        <source>Ready in %1 ms.</source>
        <translation>Bereit in %1 ms.</translation>
    </message>
    <message>
        <source>Podman or Docker (for the image)</source>
        <translation>Podman oder Docker (für das Image)</translation>
    </message>
</context>
<context>
    <name>Flotilla::HostTestPanel</name>
    <message>
        <source>Resolve the name</source>
        <translation>Namen auflösen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Check the host key</source>
        <translation>Host-Schlüssel prüfen</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Copy flotilla-agent</source>
        <translation>flotilla-agent kopieren</translation>
    </message>
    <message>
        <source>Find an engine</source>
        <translation>Engine finden</translation>
    </message>
    <message>
        <source>Start a first sandbox</source>
        <translation>Erste Sandbox starten</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>works</source>
        <translation>funktioniert</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>Copy what to do</source>
        <translation>Kopieren, was zu tun ist</translation>
    </message>
    <message>
        <source>Everything works: apps can run there.</source>
        <translation>Alles funktioniert: Apps können dort laufen.</translation>
    </message>
    <message>
        <source>Do what the red step says, then test again. The steps after it were skipped.</source>
        <translation>Tun Sie, was der rote Schritt sagt, und testen Sie noch einmal. Die Schritte danach wurden übersprungen.</translation>
    </message>
</context>
<context>
    <name>Flotilla::HostTiles</name>
    <message>
        <source>%1 live</source>
        <translation>%1 live</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>Flotilla::HostsPage</name>
    <message>
        <source>Test again</source>
        <translation>Noch einmal testen</translation>
    </message>
    <message>
        <source>Add a host</source>
        <translation>Host hinzufügen</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Hosts</translation>
    </message>
    <message>
        <source>The machines your apps may run on.</source>
        <translation>Die Maschinen, auf denen Ihre Apps laufen dürfen.</translation>
    </message>
    <message>
        <source>Add a machine of yours</source>
        <translation>Fügen Sie eine Ihrer Maschinen hinzu</translation>
    </message>
    <message>
        <source>A workstation, a server in the rack, a box under the desk: whatever you reach with SSH can run apps as this computer does. Same chat, same preview, same logs.</source>
        <translation>Eine Workstation, ein Server im Rack, ein Gerät unter dem Tisch: Was Sie mit SSH erreichen, kann Apps ausführen wie dieser Computer. Gleicher Chat, gleiche Vorschau, gleiches Protokoll.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>%1 entfernen?</translation>
    </message>
    <message numerus="yes">
        <source>Stop %n and remove</source>
        <translation>
            <numerusform>%n anhalten und entfernen</numerusform>
            <numerusform>%n anhalten und entfernen</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>%1 was removed.</source>
        <translation>%1 wurde entfernt.</translation>
    </message>
    <message>
        <source>Test of %1</source>
        <translation>Test von %1</translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) run there. They are stopped and fall asleep; their files stay in the store, and they start elsewhere when you open them. What they stored on %1 is brought to this computer first.</source>
        <translation>
            <numerusform>%n App läuft dort. Sie wird beendet und schläft ein; ihre Dateien bleiben im Speicher, und sie startet woanders, wenn Sie sie öffnen. Was sie auf %1 gespeichert hat, wird erst auf diesen Computer geholt.</numerusform>
            <numerusform>%n Apps laufen dort. Sie werden beendet und schlafen ein; ihre Dateien bleiben im Speicher, und sie starten woanders, wenn Sie sie öffnen. Was sie auf %1 gespeichert haben, wird erst auf diesen Computer geholt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing of Flotilla runs there. What apps stored on %1 is brought to this computer first; the machine itself is left as it is.</source>
        <translation>Dort läuft nichts von Flotilla. Was Apps auf %1 gespeichert haben, wird erst auf diesen Computer geholt; die Maschine selbst bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Remove %1 all the same?</source>
        <translation>%1 trotzdem entfernen?</translation>
    </message>
    <message>
        <source>Stop apps and remove</source>
        <translation>Apps beenden und entfernen</translation>
    </message>
</context>
<context>
    <name>Flotilla::HoverCard</name>
    <message>
        <source>%1 on %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>Live after %1</source>
        <translation>Live nach %1</translation>
    </message>
    <message numerus="yes">
        <source>%n retry(s)</source>
        <translation>
            <numerusform>%n Wiederholung</numerusform>
            <numerusform>%n Wiederholungen</numerusform>
        </translation>
    </message>
    <message>
        <source>App %1: %2. %3</source>
        <translation>App %1: %2. %3</translation>
    </message>
    <message>
        <source>App %1</source>
        <translation>App %1</translation>
    </message>
    <message>
        <source>Drawn from its title and colours</source>
        <translation>Nach Titel und Farben gezeichnet</translation>
    </message>
    <message>
        <source>Drawn from its title</source>
        <translation>Nach seinem Titel gezeichnet</translation>
    </message>
</context>
<context>
    <name>Flotilla::ImageAttachments</name>
    <message>
        <source>Pictures of the wish</source>
        <translation>Bilder zum Wunsch</translation>
    </message>
    <message>
        <source>Left and Right choose a picture, Delete removes it</source>
        <translation>Links und Rechts wählen ein Bild, Entf entfernt es</translation>
    </message>
    <message>
        <source>Add pictures</source>
        <translation>Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.gif *.webp *.bmp)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.gif *.webp *.bmp)</translation>
    </message>
</context>
<context>
    <name>Flotilla::ImageField</name>
    <message>
        <source>Build…</source>
        <translation>Bauen…</translation>
    </message>
    <message>
        <source>How far the image is built</source>
        <translation>Wie weit das Image gebaut ist</translation>
    </message>
    <message>
        <source>Cancel the build</source>
        <translation>Bau abbrechen</translation>
    </message>
    <message>
        <source>Output of the build</source>
        <translation>Ausgabe des Baus</translation>
    </message>
    <message>
        <source>Builds an image from a folder with a Containerfile or a Dockerfile. You can also drop the folder on the field.</source>
        <translation>Baut ein Image aus einem Ordner mit einem Containerfile oder Dockerfile. Sie können den Ordner auch auf das Feld ziehen.</translation>
    </message>
    <message>
        <source>Choose a folder with a Containerfile or a Dockerfile</source>
        <translation>Wählen Sie einen Ordner mit einem Containerfile oder Dockerfile</translation>
    </message>
    <message>
        <source>Building an image from %1</source>
        <translation>Baut ein Image aus %1</translation>
    </message>
    <message>
        <source>%1 is built.</source>
        <translation>%1 ist gebaut.</translation>
    </message>
    <message>
        <source>Hide the output</source>
        <translation>Ausgabe ausblenden</translation>
    </message>
    <message>
        <source>Show the output</source>
        <translation>Ausgabe zeigen</translation>
    </message>
</context>
<context>
    <name>Flotilla::ImageSheet</name>
    <message>
        <source>Container image of %1</source>
        <translation>Container-Image von %1</translation>
    </message>
    <message numerus="yes">
        <source>Container image of %n app(s)</source>
        <translation>
            <numerusform>Container-Image von %n App</numerusform>
            <numerusform>Container-Image von %n Apps</numerusform>
        </translation>
    </message>
    <message>
        <source>An image that Podman or Docker has or can fetch, like node:20. The app starts anew in it; its files and data stay. Leave the field empty for the image of the host.</source>
        <translation>Ein Image, das Podman oder Docker hat oder holen kann, etwa node:20. Die App startet darin neu; ihre Dateien und Daten bleiben. Lassen Sie das Feld leer für das Image des Hosts.</translation>
    </message>
    <message>
        <source>These apps are not on one host. Build the image under Hosts.</source>
        <translation>Diese Apps sind nicht auf einem Host. Bauen Sie das Image unter Hosts.</translation>
    </message>
    <message>
        <source>Container image</source>
        <translation>Container-Image</translation>
    </message>
    <message>
        <source>The image of the host</source>
        <translation>Das Image des Hosts</translation>
    </message>
    <message>
        <source>Use this image</source>
        <translation>Dieses Image verwenden</translation>
    </message>
</context>
<context>
    <name>Flotilla::ImportFlow</name>
    <message>
        <source>Import an app</source>
        <translation>App importieren</translation>
    </message>
    <message>
        <source>Archives (*.zip *.tar *.tar.gz *.tgz)</source>
        <translation>Archive (*.zip *.tar *.tar.gz *.tgz)</translation>
    </message>
    <message>
        <source>“%1” is still being imported.</source>
        <translation>„%1“ wird noch importiert.</translation>
    </message>
    <message>
        <source>Importing “%1”</source>
        <translation>„%1“ wird importiert</translation>
    </message>
    <message>
        <source>The files are read and checked.</source>
        <translation>Die Dateien werden gelesen und geprüft.</translation>
    </message>
</context>
<context>
    <name>Flotilla::KeySheet</name>
    <message>
        <source>F11</source>
        <translation>F11</translation>
    </message>
    <message>
        <source>the whole screen, for an audience, and back</source>
        <translation>der ganze Bildschirm, für ein Publikum, und zurück</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>freeze the view; the run goes on</source>
        <translation>die Ansicht anhalten; der Lauf geht weiter</translation>
    </message>
    <message>
        <source>colours, pictures, pictures with a few real apps</source>
        <translation>Farben, Bilder, Bilder mit einigen echten Apps</translation>
    </message>
    <message>
        <source>larger and smaller cells</source>
        <translation>größere und kleinere Felder</translation>
    </message>
    <message>
        <source>Arrows, Enter</source>
        <translation>Pfeile, Enter</translation>
    </message>
    <message>
        <source>choose an app, open it</source>
        <translation>eine App wählen, sie öffnen</translation>
    </message>
    <message>
        <source>mark this moment in the charts and the report</source>
        <translation>diesen Moment in den Diagrammen und im Bericht markieren</translation>
    </message>
    <message>
        <source>the next chart</source>
        <translation>das nächste Diagramm</translation>
    </message>
    <message>
        <source>the end card</source>
        <translation>die Schlusskarte</translation>
    </message>
    <message>
        <source>hide the buttons and the hint at the keys</source>
        <translation>die Knöpfe und den Hinweis auf die Tasten verbergen</translation>
    </message>
    <message>
        <source>these keys</source>
        <translation>diese Tasten</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>one step back; it never ends the run</source>
        <translation>einen Schritt zurück; den Lauf beendet es nie</translation>
    </message>
    <message>
        <source>end the run; it asks first</source>
        <translation>den Lauf beenden; fragt vorher nach</translation>
    </message>
</context>
<context>
    <name>Flotilla::LabelSheet</name>
    <message numerus="yes">
        <source>Label %n app(s)</source>
        <translation>
            <numerusform>Label für %n App</numerusform>
            <numerusform>Label für %n Apps</numerusform>
        </translation>
    </message>
    <message>
        <source>A label is a word of your own. The filter finds it with label:word.</source>
        <translation>Ein Label ist ein Wort von Ihnen. Der Filter findet es mit label:Wort.</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>For example: demo</source>
        <translation>Zum Beispiel: demo</translation>
    </message>
    <message>
        <source>Take off “%1”</source>
        <translation>„%1“ entfernen</translation>
    </message>
    <message>
        <source>Add label</source>
        <translation>Label hinzufügen</translation>
    </message>
</context>
<context>
    <name>Flotilla::LiveChart</name>
    <message>
        <source>%1: %2, %3 s ago</source>
        <translation>%1: %2, vor %3 s</translation>
    </message>
    <message>
        <source>peak %1</source>
        <comment>the highest value of a chart</comment>
        <translation>Spitze %1</translation>
    </message>
</context>
<context>
    <name>Flotilla::LoadTestService</name>
    <message>
        <source>A load test is under way. End it first.</source>
        <translation>Ein Lasttest läuft. Beenden Sie ihn zuerst.</translation>
    </message>
    <message>
        <source>There is no run yet.</source>
        <translation>Es gibt noch keinen Lauf.</translation>
    </message>
</context>
<context>
    <name>Flotilla::LocalHost</name>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
</context>
<context>
    <name>Flotilla::LogTab</name>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Only lines with</source>
        <translation>Nur Zeilen mit</translation>
    </message>
    <message>
        <source>Only lines with…</source>
        <translation>Nur Zeilen mit…</translation>
    </message>
    <message>
        <source>Search in the log (Ctrl+F)</source>
        <translation>Im Protokoll suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Copy all lines</source>
        <translation>Alle Zeilen kopieren</translation>
    </message>
    <message numerus="yes">
        <source>Paused. %n line(s) came since.</source>
        <translation>
            <numerusform>Pausiert. Seither kam %n Zeile.</numerusform>
            <numerusform>Pausiert. Seither kamen %n Zeilen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::LogsPage</name>
    <message>
        <source>Logs</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>No logs yet</source>
        <translation>Noch kein Protokoll</translation>
    </message>
    <message>
        <source>What the sandbox of this app says shows up here.</source>
        <translation>Was die Sandbox dieser App meldet, erscheint hier.</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
</context>
<context>
    <name>Flotilla::MainWindow</name>
    <message>
        <source>The store was damaged. It was set aside at %1 and a new one begun; nothing was overwritten.</source>
        <translation>Der Speicher war beschädigt. Er liegt nun unter %1, ein neuer wurde begonnen; nichts wurde überschrieben.</translation>
    </message>
    <message>
        <source>The store was brought up to date. A copy of the old one is at %1.</source>
        <translation>Der Speicher wurde auf den neuen Stand gebracht. Eine Kopie des alten liegt unter %1.</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>App</source>
        <translation>App</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>%1 — Flotilla</source>
        <translation>%1 — Flotilla</translation>
    </message>
    <message>
        <source>Flotilla</source>
        <translation>Flotilla</translation>
    </message>
    <message>
        <source>Fleet</source>
        <translation>Flotte</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Skalierung</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Hosts</translation>
    </message>
</context>
<context>
    <name>Flotilla::MessageActions</name>
    <message>
        <source>Copy message</source>
        <translation>Nachricht kopieren</translation>
    </message>
    <message>
        <source>Edit and send again</source>
        <translation>Ändern und noch einmal senden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>Flotilla::ModelCatalog</name>
    <message>
        <source>This build has no built-in sampler.</source>
        <translation>Dieses Programm hat keinen eingebauten Sampler.</translation>
    </message>
</context>
<context>
    <name>Flotilla::ModelPicker</name>
    <message>
        <source>Built in</source>
        <translation>Eingebaut</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>The model that writes the app</source>
        <translation>Das Modell, das die App schreibt</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>Modell: %1</translation>
    </message>
    <message>
        <source>Built-in sampler, not a language model</source>
        <translation>Eingebauter Sampler, kein Sprachmodell</translation>
    </message>
    <message>
        <source>Built-in sampler (not a language model)</source>
        <translation>Eingebauter Sampler (kein Sprachmodell)</translation>
    </message>
    <message>
        <source>Add a model…</source>
        <translation>Modell hinzufügen…</translation>
    </message>
</context>
<context>
    <name>Flotilla::ModelsSection</name>
    <message>
        <source>Models and keys</source>
        <translation>Modelle und Schlüssel</translation>
    </message>
    <message>
        <source>Who writes your apps. Keys are kept in the keychain of this computer, never in a file or a log.</source>
        <translation>Wer Ihre Apps schreibt. Schlüssel liegen im Schlüsselbund dieses Computers, nie in einer Datei oder einem Protokoll.</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>Auf diesem Computer</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal suchen</translation>
    </message>
    <message>
        <source>Other endpoints</source>
        <translation>Andere Adressen</translation>
    </message>
    <message>
        <source>Built-in sampler</source>
        <translation>Eingebauter Sampler</translation>
    </message>
    <message>
        <source>Looking for Ollama, LM Studio, llama.cpp and vLLM…</source>
        <translation>Sucht Ollama, LM Studio, llama.cpp und vLLM…</translation>
    </message>
    <message>
        <source>No model server is running here. Start Ollama, LM Studio, llama.cpp or vLLM on its usual port and look again.</source>
        <translation>Hier läuft kein Modell-Server. Starten Sie Ollama, LM Studio, llama.cpp oder vLLM am üblichen Port und suchen Sie noch einmal.</translation>
    </message>
    <message>
        <source>These servers answer here. Their models are in the model menu already.</source>
        <translation>Diese Server antworten hier. Ihre Modelle stehen schon im Modell-Menü.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>https://… address of an OpenAI-compatible server</source>
        <translation>https://… Adresse eines OpenAI-kompatiblen Servers</translation>
    </message>
    <message>
        <source>OpenAI format</source>
        <translation>OpenAI-Format</translation>
    </message>
    <message>
        <source>Anthropic format</source>
        <translation>Anthropic-Format</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>The address must start with https:// or http:// and name a server.</source>
        <translation>Die Adresse muss mit https:// oder http:// beginnen und einen Server nennen.</translation>
    </message>
    <message>
        <source> tokens/s</source>
        <translation> Tokens/s</translation>
    </message>
    <message>
        <source>As fast as possible</source>
        <translation>So schnell wie möglich</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>The sampler is not a language model. It can write at the speed of one, to try out how that feels.</source>
        <translation>Der Sampler ist kein Sprachmodell. Er kann so schnell schreiben wie eines, um auszuprobieren, wie sich das anfühlt.</translation>
    </message>
    <message>
        <source>Wait before the first word</source>
        <translation>Pause vor dem ersten Wort</translation>
    </message>
    <message>
        <source>Name of a new server</source>
        <translation>Name eines neuen Servers</translation>
    </message>
    <message>
        <source>Address of a new server</source>
        <translation>Adresse eines neuen Servers</translation>
    </message>
    <message>
        <source>Format of a new server</source>
        <translation>Format eines neuen Servers</translation>
    </message>
</context>
<context>
    <name>Flotilla::OverviewTab</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>The last lines of the log</source>
        <translation>Die letzten Zeilen des Protokolls</translation>
    </message>
    <message>
        <source>placed anywhere in the pool</source>
        <translation>irgendwo im Pool</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>seit %1</translation>
    </message>
    <message>
        <source>labels: %1</source>
        <translation>Labels: %1</translation>
    </message>
    <message>
        <source>No log lines yet.</source>
        <translation>Noch keine Zeilen im Protokoll.</translation>
    </message>
    <message>
        <source>image %1</source>
        <translation>Image %1</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Wake it</source>
        <translation>Wecken</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>host, engine</comment>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Flotilla::PageDownloads</name>
    <message>
        <source>The app wants to save %1 in %2.</source>
        <translation>Die App möchte %1 in %2 speichern.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>Flotilla::PreviewPane</name>
    <message>
        <source>This app wants to show notifications.</source>
        <translation>Diese App möchte Benachrichtigungen zeigen.</translation>
    </message>
    <message>
        <source>This app wants to know where you are.</source>
        <translation>Diese App möchte wissen, wo Sie sind.</translation>
    </message>
    <message>
        <source>This app wants to use the microphone.</source>
        <translation>Diese App möchte das Mikrofon benutzen.</translation>
    </message>
    <message>
        <source>This app wants to use the camera.</source>
        <translation>Diese App möchte die Kamera benutzen.</translation>
    </message>
    <message>
        <source>This app wants to use the camera and the microphone.</source>
        <translation>Diese App möchte Kamera und Mikrofon benutzen.</translation>
    </message>
    <message>
        <source>This app wants to hide the pointer and follow the mouse.</source>
        <translation>Diese App möchte den Zeiger verstecken und der Maus folgen.</translation>
    </message>
    <message>
        <source>It does not build. Please fix this:</source>
        <translation>Es lässt sich nicht bauen. Bitte beheben:</translation>
    </message>
    <message>
        <source>The app crashed. Please fix this:</source>
        <translation>Die App ist abgestürzt. Bitte beheben:</translation>
    </message>
    <message>
        <source>The page stays empty. Please fix it.</source>
        <translation>Die Seite bleibt leer. Bitte beheben.</translation>
    </message>
    <message>
        <source>The app wants to open %1 in your browser.</source>
        <translation>Die App möchte %1 im Browser öffnen.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gespeichert als %1</translation>
    </message>
    <message>
        <source>%1 could not be saved in %2.</source>
        <translation>%1 konnte nicht in %2 gespeichert werden.</translation>
    </message>
    <message>
        <source>The app says: %1</source>
        <translation>Die App sagt: %1</translation>
    </message>
    <message>
        <source>The app asks: %1</source>
        <translation>Die App fragt: %1</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Something in the app went wrong: %1</source>
        <translation>In der App ging etwas schief: %1</translation>
    </message>
    <message>
        <source>The app shows, but something in it does not work. Please fix this:</source>
        <translation>Die App wird gezeigt, aber etwas darin funktioniert nicht. Bitte behebe das:</translation>
    </message>
    <message>
        <source>Not saved, as other questions wait for an answer: %1</source>
        <translation>Nicht gespeichert, weil andere Fragen auf eine Antwort warten: %1</translation>
    </message>
    <message>
        <source>The page does not answer any more. Please fix it.</source>
        <translation>Die Seite reagiert nicht mehr. Bitte beheben.</translation>
    </message>
    <message>
        <source>The page comes with the HTTP status %1. Please fix it.</source>
        <translation>Die Seite kommt mit dem HTTP-Status %1. Bitte beheben.</translation>
    </message>
    <message>
        <source>The app wants to print, which works in your browser only.</source>
        <translation>Die App möchte drucken. Das geht nur in Ihrem Browser.</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
</context>
<context>
    <name>Flotilla::PrivacySection</name>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>What leaves this computer, and what does not.</source>
        <translation>Was diesen Computer verlässt, und was nicht.</translation>
    </message>
    <message>
        <source>Sent to the model you chose</source>
        <translation>An das gewählte Modell gesendet</translation>
    </message>
    <message>
        <source>Your wishes, the pictures you add, the files of that one app, and the errors it shows. Nothing else, and only while a wish is being built. The provider&apos;s own terms apply to it.</source>
        <translation>Ihre Wünsche, Ihre Bilder, die Dateien dieser einen App und ihre Fehler. Sonst nichts, und nur während ein Wunsch gebaut wird. Dafür gelten die Bedingungen des Anbieters.</translation>
    </message>
    <message>
        <source>Stays here with the sampler or a local model</source>
        <translation>Bleibt hier mit dem Sampler oder einem lokalen Modell</translation>
    </message>
    <message>
        <source>With the built-in sampler, Ollama or another server on this computer nothing leaves it at all.</source>
        <translation>Mit dem eingebauten Sampler, Ollama oder einem anderen Server auf diesem Computer verlässt ihn gar nichts.</translation>
    </message>
    <message>
        <source>Apps cannot reach the network</source>
        <translation>Apps erreichen das Netz nicht</translation>
    </message>
    <message>
        <source>Every app runs in a sandbox of its own: no network, none of your files, not your other apps. In the preview, a page cannot call other programs on this computer.</source>
        <translation>Jede App läuft in einer eigenen Sandbox: kein Netz, keine Ihrer Dateien, keine anderen Apps. In der Vorschau kann eine Seite keine anderen Programme dieses Computers rufen.</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Kept in the keychain. They are never written to a file, a log or a sandbox.</source>
        <translation>Sie liegen im Schlüsselbund. Sie werden nie in eine Datei, ein Protokoll oder eine Sandbox geschrieben.</translation>
    </message>
    <message>
        <source>No telemetry</source>
        <translation>Keine Telemetrie</translation>
    </message>
    <message>
        <source>Flotilla reports nothing to anybody and looks for no updates by itself.</source>
        <translation>Flotilla meldet niemandem etwas und sucht nicht von selbst nach Aktualisierungen.</translation>
    </message>
    <message>
        <source>Where your work is</source>
        <translation>Wo Ihre Arbeit liegt</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Apps, versions and conversations</source>
        <translation>Apps, Versionen und Gespräche</translation>
    </message>
</context>
<context>
    <name>Flotilla::ProbeView</name>
    <message>
        <source>The page crashed.</source>
        <translation>Die Seite ist abgestürzt.</translation>
    </message>
    <message>
        <source>The page did not finish loading within ten seconds.</source>
        <translation>Die Seite war nach zehn Sekunden nicht fertig geladen.</translation>
    </message>
    <message>
        <source>The page could not be loaded.</source>
        <translation>Die Seite konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>Could not load %1</source>
        <translation>%1 konnte nicht geladen werden</translation>
    </message>
    <message>
        <source>The page tried to leave for %1, which the preview blocks.</source>
        <translation>Die Seite wollte zu %1 wechseln, was die Vorschau nicht zulässt.</translation>
    </message>
</context>
<context>
    <name>Flotilla::PromptBox</name>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>+ Image</source>
        <translation>+ Bild</translation>
    </message>
    <message>
        <source>Build  ⌃↵</source>
        <translation>Bauen  ⌃↵</translation>
    </message>
    <message>
        <source>Describe an app: a habit tracker with a weekly chart, a quiz about moss…</source>
        <translation>Beschreiben Sie eine App: ein Gewohnheits-Tracker mit Wochenkurve, ein Moos-Quiz…</translation>
    </message>
    <message>
        <source>What to build</source>
        <translation>Was gebaut werden soll</translation>
    </message>
    <message>
        <source>Add a picture: a sketch, a screenshot. You can also paste or drop one.</source>
        <translation>Ein Bild hinzufügen: eine Skizze, ein Bildschirmfoto. Auch durch Einfügen oder Ziehen.</translation>
    </message>
    <message>
        <source>How many apps to make from this wish</source>
        <translation>Wie viele Apps aus diesem Wunsch entstehen</translation>
    </message>
    <message numerus="yes">
        <source>%n variant(s)</source>
        <translation>
            <numerusform>%n Variante</numerusform>
            <numerusform>%n Varianten</numerusform>
        </translation>
    </message>
    <message>
        <source>What a first version usually costs with this model</source>
        <translation>Was eine erste Version mit diesem Modell meist kostet</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>Bauen</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet…</translation>
    </message>
    <message>
        <source>≈ %1</source>
        <translation>≈ %1</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Kostenlos</translation>
    </message>
    <message>
        <source>Build what this picture shows.</source>
        <translation>Baue, was dieses Bild zeigt.</translation>
    </message>
    <message>
        <source>An estimate: about %1 tokens read and %2 written, as a usual first version takes.</source>
        <translation>Eine Schätzung: etwa %1 gelesene und %2 geschriebene Token, wie eine übliche erste Version sie braucht.</translation>
    </message>
    <message>
        <source>≈ %1, stops at %2</source>
        <translation>≈ %1, hält bei %2</translation>
    </message>
</context>
<context>
    <name>Flotilla::PromptsPicker</name>
    <message>
        <source>Back to the built-in wishes</source>
        <translation>Zurück zu den eingebauten Wünschen</translation>
    </message>
    <message>
        <source>A text file, one wish a line. They are taken in turn.</source>
        <translation>Eine Textdatei, ein Wunsch je Zeile. Sie kommen der Reihe nach dran.</translation>
    </message>
    <message>
        <source>Built-in, %1. Choose a file…</source>
        <translation>Eingebaut, %1. Datei wählen …</translation>
    </message>
    <message numerus="yes">
        <source>%n of your own</source>
        <translation>
            <numerusform>%n eigener</numerusform>
            <numerusform>%n eigene</numerusform>
        </translation>
    </message>
    <message>
        <source>Wishes, one a line</source>
        <translation>Wünsche, einer je Zeile</translation>
    </message>
    <message>
        <source>Text files (*.txt *.md);;All files (*)</source>
        <translation>Textdateien (*.txt *.md);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>Flotilla::QuitDialog</name>
    <message>
        <source>Remember, and do not ask again</source>
        <translation>Merken und nicht mehr fragen</translation>
    </message>
    <message>
        <source>Quit Flotilla</source>
        <translation>Flotilla beenden</translation>
    </message>
    <message>
        <source>Apps can go on without the window and are here again at the next start. Stopped ones start again when you open them. Nothing is lost either way.</source>
        <translation>Apps können ohne das Fenster weiterlaufen und sind beim nächsten Start wieder da. Angehaltene starten wieder, wenn Sie sie öffnen. So oder so geht nichts verloren.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) are running</source>
        <translation>
            <numerusform>%n App läuft</numerusform>
            <numerusform>%n Apps laufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop %n app(s)</source>
        <translation>
            <numerusform>%n App anhalten</numerusform>
            <numerusform>%n Apps anhalten</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::QuitFlow</name>
    <message>
        <source>Stopping your apps…</source>
        <translation>Ihre Apps werden angehalten…</translation>
    </message>
</context>
<context>
    <name>Flotilla::RecordingPicker</name>
    <message>
        <source>No recording: ask the model</source>
        <translation>Keine Aufnahme: das Modell fragen</translation>
    </message>
    <message>
        <source>None. Choose a file…</source>
        <translation>Keine. Datei wählen …</translation>
    </message>
    <message>
        <source>Answers that flotillactl loadtest --record wrote. A file can be dropped here.</source>
        <translation>Antworten, die flotillactl loadtest --record geschrieben hat. Eine Datei lässt sich hierher ziehen.</translation>
    </message>
    <message>
        <source>Recorded answers</source>
        <translation>Aufgezeichnete Antworten</translation>
    </message>
    <message>
        <source>Recordings (*.jsonl);;All files (*)</source>
        <translation>Aufnahmen (*.jsonl);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>Flotilla::ReferenceCard</name>
    <message>
        <source>To beat: Modal Vibe</source>
        <translation>Zu schlagen: Modal Vibe</translation>
    </message>
    <message>
        <source>1 app</source>
        <translation>1 App</translation>
    </message>
    <message>
        <source>%1 apps</source>
        <translation>%1 Apps</translation>
    </message>
    <message>
        <source>Their published times, with a language model&apos;s time in them.</source>
        <translation>Deren veröffentlichte Zeiten, einschließlich der Zeit eines Sprachmodells.</translation>
    </message>
</context>
<context>
    <name>Flotilla::ResultPanel</name>
    <message>
        <source>Retry failed</source>
        <translation>Fehlgeschlagene wiederholen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>What failed</source>
        <translation>Was fehlschlug</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>app and reason</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>Flotilla::RunView</name>
    <message>
        <source>VIEW FROZEN</source>
        <translation>ANSICHT EINGEFROREN</translation>
    </message>
    <message>
        <source>Cancel run</source>
        <translation>Lauf abbrechen</translation>
    </message>
    <message>
        <source>End card</source>
        <translation>Schlussbild</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Vorführen</translation>
    </message>
    <message>
        <source>Full screen, for an audience (F11)</source>
        <translation>Vollbild, für ein Publikum (F11)</translation>
    </message>
    <message>
        <source>Apps as CSV…</source>
        <translation>Apps als CSV…</translation>
    </message>
    <message>
        <source>Everything as JSON…</source>
        <translation>Alles als JSON…</translation>
    </message>
    <message>
        <source>REPLAY %1×</source>
        <translation>WIEDERGABE %1×</translation>
    </message>
    <message>
        <source>REPLAY</source>
        <translation>WIEDERGABE</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Bereitet vor</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>LIVE</translation>
    </message>
    <message>
        <source>HOLDING</source>
        <translation>WIRD GEHALTEN</translation>
    </message>
    <message>
        <source>Cleaning up</source>
        <translation>Räumt auf</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>The wall is empty</source>
        <translation>Die Wand ist leer</translation>
    </message>
    <message>
        <source>Every app of a run has a place here and lights up as it comes alive.</source>
        <translation>Jede App eines Laufs hat hier ihren Platz und leuchtet auf, sobald sie läuft.</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
</context>
<context>
    <name>Flotilla::RunsPanel</name>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>Bestanden</translation>
    </message>
    <message>
        <source>Did not pass</source>
        <translation>Nicht bestanden</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>Noch keine Läufe</translation>
    </message>
    <message>
        <source>Every run is kept here, to look at, compare and replay.</source>
        <translation>Jeder Lauf bleibt hier, zum Ansehen, Vergleichen und Wiedergeben.</translation>
    </message>
    <message>
        <source>Set one up</source>
        <translation>Einen vorbereiten</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>All live in</source>
        <translation>Alle live in</translation>
    </message>
    <message>
        <source>Half within</source>
        <translation>Hälfte in</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiedergeben</translation>
    </message>
    <message>
        <source>As it was, 1×</source>
        <translation>Wie er war, 1×</translation>
    </message>
    <message>
        <source>%1× as fast</source>
        <translation>%1× so schnell</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Apps as CSV…</source>
        <translation>Apps als CSV…</translation>
    </message>
    <message>
        <source>Everything as JSON…</source>
        <translation>Alles als JSON…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Simulated</source>
        <translation>Simuliert</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Compare two runs</source>
        <translation>Zwei Läufe vergleichen</translation>
    </message>
    <message>
        <source>Select one run to see it, or two (with Ctrl) to compare them.</source>
        <translation>Wählen Sie einen Lauf, um ihn zu sehen, oder zwei (mit Strg), um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>Time to live, half within</source>
        <translation>Zeit bis live, die Hälfte in</translation>
    </message>
    <message>
        <source>95 of 100 within</source>
        <translation>95 von 100 in</translation>
    </message>
    <message>
        <source>99 of 100 within</source>
        <translation>99 von 100 in</translation>
    </message>
    <message>
        <source>Slowest</source>
        <translation>Langsamste</translation>
    </message>
    <message>
        <source>Verified at once</source>
        <translation>Zugleich geprüft</translation>
    </message>
    <message>
        <source>Dropped starts</source>
        <translation>Ausgefallene Starts</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Two runs compared</source>
        <translation>Zwei Läufe im Vergleich</translation>
    </message>
    <message>
        <source>From “%1” (%2) to “%3” (%4)</source>
        <translation>Von „%1“ (%2) zu „%3“ (%4)</translation>
    </message>
    <message>
        <source>Recorded answers</source>
        <translation>Aufgezeichnete Antworten</translation>
    </message>
</context>
<context>
    <name>Flotilla::SandboxSection</name>
    <message>
        <source>Fine</source>
        <translation>In Ordnung</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>Works, but worse</source>
        <translation>Geht, aber schlechter</translation>
    </message>
    <message>
        <source>Sandboxes</source>
        <translation>Sandboxes</translation>
    </message>
    <message>
        <source>Every app runs in a sandbox of its own. These limits are for new ones.</source>
        <translation>Jede App läuft in einer eigenen Sandbox. Diese Grenzen gelten für neue.</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>An app that needs more is stopped and says so.</source>
        <translation>Eine App, die mehr braucht, wird angehalten und sagt es.</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>Prozessoren</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Usual limits</source>
        <translation>Übliche Grenzen</translation>
    </message>
    <message>
        <source>Put to sleep after</source>
        <translation>Schlafen legen nach</translation>
    </message>
    <message>
        <source>An app that nobody used for so long. It wakes when somebody opens it.</source>
        <translation>Eine App, die so lange niemand benutzt hat. Sie wacht auf, wenn jemand sie öffnet.</translation>
    </message>
    <message>
        <source>512 MB, 128 processes, 1 processor, never put to sleep.</source>
        <translation>512 MB, 128 Prozesse, 1 Prozessor, nie schlafen gelegt.</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
</context>
<context>
    <name>Flotilla::ScalePage</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
    <message>
        <source>Wall</source>
        <translation>Wand</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Skalierung</translation>
    </message>
    <message>
        <source>mark %1</source>
        <translation>Marke %1</translation>
    </message>
    <message>
        <source>The report is at %1</source>
        <translation>Der Bericht liegt unter %1</translation>
    </message>
    <message>
        <source>Export the run</source>
        <translation>Lauf exportieren</translation>
    </message>
    <message>
        <source>Cancel the run?</source>
        <translation>Den Lauf abbrechen?</translation>
    </message>
    <message>
        <source>Its apps are removed, those that are live, too. What was measured so far is kept.</source>
        <translation>Seine Apps werden entfernt, auch die laufenden. Was bis jetzt gemessen wurde, bleibt.</translation>
    </message>
    <message>
        <source>Cancel run</source>
        <translation>Lauf abbrechen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weitermachen</translation>
    </message>
    <message>
        <source>No run is under way.</source>
        <translation>Kein Lauf ist im Gange.</translation>
    </message>
</context>
<context>
    <name>Flotilla::SelectionBar</name>
    <message>
        <source>Wake</source>
        <translation>Wecken</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>Umziehen…</translation>
    </message>
    <message>
        <source>Label…</source>
        <translation>Label…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Cancel the rest</source>
        <translation>Rest abbrechen</translation>
    </message>
    <message>
        <source>Choose none (Esc)</source>
        <translation>Keine auswählen (Esc)</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>%1 ausgewählt</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>%1 anhalten</translation>
    </message>
</context>
<context>
    <name>Flotilla::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Models and keys</source>
        <translation>Modelle und Schlüssel</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Budget and quitting</source>
        <translation>Budget und Beenden</translation>
    </message>
    <message>
        <source>Sandboxes</source>
        <translation>Sandboxes</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Privatsphäre</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Control API</source>
        <translation>Steuer-API</translation>
    </message>
</context>
<context>
    <name>Flotilla::SetupForm</name>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
</context>
<context>
    <name>Flotilla::SetupPanel</name>
    <message>
        <source>How many apps at once?</source>
        <translation>Wie viele Apps auf einmal?</translation>
    </message>
    <message>
        <source>a first look</source>
        <translation>ein erster Blick</translation>
    </message>
    <message>
        <source>a busy afternoon</source>
        <translation>ein reger Nachmittag</translation>
    </message>
    <message>
        <source>0 to 1,000: the show</source>
        <translation>0 auf 1.000: die Vorführung</translation>
    </message>
    <message>
        <source>the limit of a machine</source>
        <translation>die Grenze einer Maschine</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>Apps</translation>
    </message>
    <message>
        <source>They begin</source>
        <translation>Sie beginnen</translation>
    </message>
    <message>
        <source>all at once</source>
        <translation>alle auf einmal</translation>
    </message>
    <message>
        <source>evenly over</source>
        <translation>gleichmäßig über</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Its time</source>
        <translation>Seine Zeit</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie sie ist</translation>
    </message>
    <message>
        <source>simulated, per app</source>
        <translation>simuliert, je App</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Hosts</translation>
    </message>
    <message>
        <source>Hold all for</source>
        <translation>Alle halten für</translation>
    </message>
    <message>
        <source>It passes when</source>
        <translation>Bestanden, wenn</translation>
    </message>
    <message>
        <source>Afterwards the apps</source>
        <translation>Danach werden die Apps</translation>
    </message>
    <message>
        <source>are removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>go to sleep</source>
        <translation>schlafen gelegt</translation>
    </message>
    <message>
        <source>go on running</source>
        <translation>weiterlaufen gelassen</translation>
    </message>
    <message>
        <source>Plan as JSON</source>
        <translation>Plan als JSON</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>A run is under way</source>
        <translation>Ein Lauf ist im Gang</translation>
    </message>
    <message>
        <source>Before it starts</source>
        <translation>Vor dem Start</translation>
    </message>
    <message>
        <source>No limit of this machine stands in the way.</source>
        <translation>Keine Grenze dieser Maschine steht im Weg.</translation>
    </message>
    <message>
        <source>Open a plan</source>
        <translation>Plan öffnen</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>Pläne (*.json)</translation>
    </message>
    <message>
        <source>Save the plan</source>
        <translation>Plan speichern</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>Recorded answers</source>
        <translation>Aufgezeichnete Antworten</translation>
    </message>
    <message>
        <source>Wishes</source>
        <translation>Wünsche</translation>
    </message>
    <message>
        <source>The plan</source>
        <translation>Der Plan</translation>
    </message>
    <message>
        <source>when another one ends</source>
        <translation>wenn eine andere endet</translation>
    </message>
    <message numerus="yes">
        <source>in %n stage(s)</source>
        <translation>
            <numerusform>in %n Stufe</numerusform>
            <numerusform>in %n Stufen</numerusform>
        </translation>
    </message>
    <message>
        <source>as the plan says</source>
        <translation>wie im Plan</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>Neuer Lauf</translation>
    </message>
</context>
<context>
    <name>Flotilla::Sheet</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>Flotilla::SnapshotsTab</name>
    <message>
        <source>Take</source>
        <translation>Erstellen</translation>
    </message>
    <message>
        <source>Name of the snapshot</source>
        <translation>Name des Snapshots</translation>
    </message>
    <message>
        <source>Name, for example: before the party</source>
        <translation>Name, zum Beispiel: vor dem Fest</translation>
    </message>
    <message>
        <source>Taking…</source>
        <translation>Wird erstellt…</translation>
    </message>
    <message>
        <source>The app is asleep. Wake it to take a snapshot.</source>
        <translation>Die App schläft. Wecken Sie sie, um einen Snapshot zu erstellen.</translation>
    </message>
    <message>
        <source>A snapshot keeps the files and the data of the sandbox as they are now. You can go back to it, or fork new apps from it.</source>
        <translation>Ein Snapshot bewahrt die Dateien und Daten der Sandbox, wie sie jetzt sind. Sie können dahin zurückkehren oder neue Apps davon abzweigen.</translation>
    </message>
    <message numerus="yes">
        <source>%n snapshot(s). They stay on the host where they were taken.</source>
        <translation>
            <numerusform>%n Snapshot. Er bleibt auf dem Host, auf dem er erstellt wurde.</numerusform>
            <numerusform>%n Snapshots. Sie bleiben auf dem Host, auf dem sie erstellt wurden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Fork</source>
        <translation>Abzweigen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>A new app with these files and this data</source>
        <translation>Eine neue App mit diesen Dateien und diesen Daten</translation>
    </message>
    <message>
        <source>Go back to “%1”?</source>
        <translation>Zurück zu „%1“?</translation>
    </message>
    <message>
        <source>The files and the data of the app become what they were in this snapshot. Its data of now is lost, unless you take a snapshot first.</source>
        <translation>Dateien und Daten der App werden so, wie sie in diesem Snapshot waren. Die jetzigen Daten gehen verloren, wenn Sie nicht vorher einen Snapshot erstellen.</translation>
    </message>
    <message>
        <source>The app is as it was in “%1”.</source>
        <translation>Die App ist, wie sie in „%1“ war.</translation>
    </message>
    <message>
        <source>Remove the snapshot “%1”?</source>
        <translation>Snapshot „%1“ entfernen?</translation>
    </message>
    <message>
        <source>It is removed from its host and cannot be brought back. The app itself stays as it is.</source>
        <translation>Er wird von seinem Host entfernt und lässt sich nicht zurückholen. Die App selbst bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>A new app was forked from the snapshot.</source>
        <translation>Eine neue App wurde vom Snapshot abgezweigt.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Snapshots</translation>
    </message>
</context>
<context>
    <name>Flotilla::SshHost</name>
    <message>
        <source>The connection to %1 was closed.</source>
        <translation>Die Verbindung zu %1 wurde geschlossen.</translation>
    </message>
    <message>
        <source>%1 is being connected to.</source>
        <translation>Die Verbindung zu %1 wird aufgebaut.</translation>
    </message>
    <message>
        <source>%1 is not connected yet.</source>
        <translation>%1 ist noch nicht verbunden.</translation>
    </message>
    <message>
        <source>%1 on %2 was not the file that Flotilla had put there. It was replaced.</source>
        <translation>%1 auf %2 war nicht die Datei, die Flotilla dort abgelegt hatte. Sie wurde ersetzt.</translation>
    </message>
    <message>
        <source>%1 has no tar or no sha256sum. Install tar and coreutils there.</source>
        <translation>Auf %1 fehlt tar oder sha256sum. Installieren Sie dort tar und coreutils.</translation>
    </message>
    <message>
        <source>%1 has not been reachable since %2. %3</source>
        <translation>%1 ist seit %2 nicht erreichbar. %3</translation>
    </message>
    <message>
        <source>%1 is still being connected to.</source>
        <translation>Die Verbindung zu %1 wird noch aufgebaut.</translation>
    </message>
    <message>
        <source>The disk of %1 is full: nothing can be written to %2. Free some space there.</source>
        <translation>Der Datenträger von %1 ist voll: Nach %2 lässt sich nichts schreiben. Schaffen Sie dort Platz.</translation>
    </message>
    <message>
        <source>The folder %2 on %1 is a link, or belongs to another user. Remove it there.</source>
        <translation>Der Ordner %2 auf %1 ist ein Verweis oder gehört einem anderen Benutzer. Entfernen Sie ihn dort.</translation>
    </message>
    <message>
        <source>%1 does not let programs be run from %2: it is probably mounted noexec. Set XDG_CACHE_HOME there to a folder from which they may be run.</source>
        <translation>%1 lässt aus %2 keine Programme starten: Wahrscheinlich ist es mit noexec eingehängt. Setzen Sie dort XDG_CACHE_HOME auf einen Ordner, aus dem sie starten dürfen.</translation>
    </message>
    <message>
        <source>The folder %2 on %1 cannot be made or written to. Let the user of the connection do that.</source>
        <translation>Der Ordner %2 auf %1 lässt sich nicht anlegen oder nicht beschreiben. Erlauben Sie das dem Benutzer der Verbindung.</translation>
    </message>
    <message>
        <source>%1 did not say which folders Flotilla can use there. Look at what the login shell prints.</source>
        <translation>%1 hat nicht gesagt, welche Ordner Flotilla dort verwenden kann. Sehen Sie nach, was die Login-Shell ausgibt.</translation>
    </message>
</context>
<context>
    <name>Flotilla::StatePage</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>Bauen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>Flotilla::TerminalPane</name>
    <message>
        <source>Open again</source>
        <translation>Neu öffnen</translation>
    </message>
    <message>
        <source>The terminal cannot be opened</source>
        <translation>Das Terminal lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>The terminal&apos;s view crashed</source>
        <translation>Die Ansicht des Terminals ist abgestürzt</translation>
    </message>
    <message>
        <source>The shell and what runs in it go on.</source>
        <translation>Die Shell und was in ihr läuft, laufen weiter.</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>No terminal here</source>
        <translation>Hier kein Terminal</translation>
    </message>
    <message>
        <source>Opening a shell in %1</source>
        <translation>Öffnet eine Shell in %1</translation>
    </message>
    <message>
        <source>A terminal is open in %1</source>
        <translation>Ein Terminal ist in %1 offen</translation>
    </message>
    <message>
        <source>It goes on there. To open one here instead, that shell is ended with what runs in it.</source>
        <translation>Dort läuft es weiter. Wird stattdessen hier eines geöffnet, endet jene Shell mit allem, was in ihr läuft.</translation>
    </message>
    <message>
        <source>Open one here</source>
        <translation>Hier öffnen</translation>
    </message>
    <message>
        <source>Wake it</source>
        <translation>Wecken</translation>
    </message>
    <message>
        <source>Open this address in your browser?</source>
        <translation>Diese Adresse im Browser öffnen?</translation>
    </message>
    <message>
        <source>A program in the sandbox printed it. Open it only if you expected it.</source>
        <translation>Ein Programm in der Sandbox hat sie ausgegeben. Öffnen Sie sie nur, wenn Sie sie erwartet haben.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>Flotilla::TerminalView</name>
    <message>
        <source>A terminal shows what a stranger&apos;s program prints, and the web view for it cannot protect this computer while Flotilla runs as the administrator. Start it as an ordinary user.</source>
        <translation>Ein Terminal zeigt, was ein fremdes Programm ausgibt, und die Webansicht dafür kann diesen Computer nicht schützen, solange Flotilla als Administrator läuft. Starten Sie es als gewöhnlicher Benutzer.</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>Suchen …</translation>
    </message>
    <message>
        <source>Larger letters</source>
        <translation>Größere Schrift</translation>
    </message>
    <message>
        <source>Smaller letters</source>
        <translation>Kleinere Schrift</translation>
    </message>
    <message>
        <source>Usual size</source>
        <translation>Übliche Größe</translation>
    </message>
</context>
<context>
    <name>Flotilla::TroubleBar</name>
    <message>
        <source>Fix it</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>Konsole</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>Flotilla::VersionModel</name>
    <message>
        <source>v%1</source>
        <translation>v%1</translation>
    </message>
    <message>
        <source>Version %1: %2</source>
        <translation>Version %1: %2</translation>
    </message>
    <message>
        <source>Version %1, %2. %3</source>
        <translation>Version %1, %2. %3</translation>
    </message>
</context>
<context>
    <name>Flotilla::VersionStrip</name>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Makes a new version with these files; nothing is lost</source>
        <translation>Macht eine neue Version mit diesen Dateien; nichts geht verloren</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Zurück zu jetzt</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>VERSIONS</source>
        <translation>VERSIONEN</translation>
    </message>
</context>
<context>
    <name>Flotilla::VersionsPage</name>
    <message>
        <source>v%1 · %2</source>
        <translation>v%1 · %2</translation>
    </message>
    <message>
        <source>Needs a look: %1</source>
        <translation>Braucht einen Blick: %1</translation>
    </message>
    <message>
        <source>Stopped, kept what was made</source>
        <translation>Angehalten, Fertiges behalten</translation>
    </message>
    <message>
        <source>built-in sampler, not a language model</source>
        <translation>eingebauter Sampler, kein Sprachmodell</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>No versions yet</source>
        <translation>Noch keine Versionen</translation>
    </message>
    <message>
        <source>Every finished wish becomes a version you can come back to.</source>
        <translation>Jeder fertige Wunsch wird eine Version, zu der Sie zurückkönnen.</translation>
    </message>
    <message>
        <source>Look at version %1</source>
        <translation>Version %1 ansehen</translation>
    </message>
    <message>
        <source>Compare with now</source>
        <translation>Mit jetzt vergleichen</translation>
    </message>
    <message>
        <source>Restore version %1</source>
        <translation>Version %1 wiederherstellen</translation>
    </message>
    <message>
        <source>Green, error while used: %1</source>
        <translation>Grün, Fehler bei Benutzung: %1</translation>
    </message>
    <message>
        <source>Fix it</source>
        <translation>Beheben</translation>
    </message>
</context>
<context>
    <name>Flotilla::WallLegend</name>
    <message>
        <source>Drawn from the app&apos;s title and colours until its picture is taken</source>
        <translation>Nach Titel und Farben der App gezeichnet, bis ihr Bild da ist</translation>
    </message>
    <message>
        <source>Drawn from the app&apos;s title and colours</source>
        <translation>Nach Titel und Farben der App gezeichnet</translation>
    </message>
    <message>
        <source>Drawn, picture follows</source>
        <translation>Gezeichnet, Bild folgt</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>Gezeichnet</translation>
    </message>
</context>
<context>
    <name>Flotilla::WallView</name>
    <message>
        <source>Wall of apps</source>
        <translation>Wand der Apps</translation>
    </message>
    <message>
        <source>%1 of %2 apps are live, %3 failed.</source>
        <translation>%1 von %2 Apps sind live, %3 fehlgeschlagen.</translation>
    </message>
</context>
<context>
    <name>Flotilla::WebHost</name>
    <message>
        <source>The app</source>
        <translation>Die App</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n Token</numerusform>
            <numerusform>%n Tokens</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 KB</source>
        <translation>%1 KB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>&lt; $%1</source>
        <translation>&lt; %1 $</translation>
    </message>
    <message>
        <source>$%1</source>
        <translation>%1 $</translation>
    </message>
    <message>
        <source>%1k tokens</source>
        <translation>%1k Tokens</translation>
    </message>
    <message>
        <source>%1M tokens</source>
        <translation>%1 Mio. Tokens</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>MMM yyyy</source>
        <translation>MMM yyyy</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
</context>
<context>
    <name>HomeHeader</name>
    <message>
        <source>Kanban for a bakery</source>
        <translation>Kanban für eine Bäckerei</translation>
    </message>
    <message>
        <source>A kanban board for a small bakery: orders move from asked to baking to ready, with the pick-up time on each card, in warm bread colours</source>
        <translation>Ein Kanban-Board für eine kleine Bäckerei: Bestellungen wandern von bestellt über im Ofen zu fertig, mit der Abholzeit auf jeder Karte, in warmen Brotfarben</translation>
    </message>
    <message>
        <source>Quiz about moss</source>
        <translation>Quiz über Moos</translation>
    </message>
    <message>
        <source>A quiz about moss with ten questions, a friendly explanation after each answer and a score at the end, in forest greens</source>
        <translation>Ein Quiz über Moos mit zehn Fragen, einer freundlichen Erklärung nach jeder Antwort und einer Punktzahl am Ende, in Waldgrün</translation>
    </message>
    <message>
        <source>River dashboard</source>
        <translation>Flusspegel</translation>
    </message>
    <message>
        <source>A dashboard of river levels with a chart per station, a warning above the limit and a dark theme</source>
        <translation>Eine Übersicht über Flusspegel mit einer Kurve je Station, einer Warnung über der Grenze und dunklen Farben</translation>
    </message>
</context>
<context>
    <name>Hosts</name>
    <message>
        <source>%1 did not finish in time.</source>
        <translation>%1 wurde nicht rechtzeitig fertig.</translation>
    </message>
    <message>
        <source>%1 printed too much.</source>
        <translation>%1 hat zu viel ausgegeben.</translation>
    </message>
    <message>
        <source>Nothing answers at %1.</source>
        <translation>Unter %1 antwortet nichts.</translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation>%1 hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>The folder %1 is not safe to use: another user could change it. Remove it, or set XDG_RUNTIME_DIR to a folder of your own.</source>
        <translation>Der Ordner %1 ist nicht sicher: Ein anderer Benutzer könnte ihn ändern. Entfernen Sie ihn oder setzen Sie XDG_RUNTIME_DIR auf einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>The folder %1 could not be created.</source>
        <translation>Der Ordner %1 konnte nicht angelegt werden.</translation>
    </message>
    <message>
        <source>%1 was not found on this computer.</source>
        <translation>%1 wurde auf diesem Computer nicht gefunden.</translation>
    </message>
    <message>
        <source>%1 could not be started.</source>
        <translation>%1 konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>%1 could not be copied.</source>
        <translation>%1 konnte nicht kopiert werden.</translation>
    </message>
    <message>
        <source>%1 is not a plain file or folder, so it was not copied.</source>
        <translation>%1 ist weder Datei noch Ordner und wurde deshalb nicht kopiert.</translation>
    </message>
    <message>
        <source>A host needs a name of at most 80 letters.</source>
        <translation>Ein Host braucht einen Namen mit höchstens 80 Zeichen.</translation>
    </message>
    <message>
        <source>Say where the host is: an alias of your SSH config, or user@host.</source>
        <translation>Sagen Sie, wo der Host ist: ein Alias Ihrer SSH-Konfiguration oder user@host.</translation>
    </message>
    <message>
        <source>Sandboxes are made by bubblewrap, podman or docker.</source>
        <translation>Sandboxes macht bubblewrap, podman oder docker.</translation>
    </message>
    <message>
        <source>The capacity is a number from 0 to 100000.</source>
        <translation>Die Kapazität ist eine Zahl von 0 bis 100000.</translation>
    </message>
    <message>
        <source>The key of %1 could not be written to %2.</source>
        <translation>Der Schlüssel von %1 konnte nicht in %2 geschrieben werden.</translation>
    </message>
    <message>
        <source>The socket %1 could not be made.</source>
        <translation>Der Socket %1 konnte nicht angelegt werden.</translation>
    </message>
    <message>
        <source>%1 could not be read. Install Flotilla again.</source>
        <translation>%1 war nicht lesbar. Installieren Sie Flotilla neu.</translation>
    </message>
    <message>
        <source>The folder %1 on %2 cannot be used: it belongs to somebody else, or sha256sum and find are missing there.</source>
        <translation>Der Ordner %1 auf %2 ist nicht nutzbar: Er gehört jemand anderem, oder sha256sum und find fehlen dort.</translation>
    </message>
    <message>
        <source>%1 arrived on %2 with another content. Check its disk.</source>
        <translation>%1 kam auf %2 mit anderem Inhalt an. Prüfen Sie dort den Datenträger.</translation>
    </message>
    <message>
        <source>%1 cannot be run on a host like this.</source>
        <translation>%1 kann auf einem solchen Host nicht ausgeführt werden.</translation>
    </message>
    <message>
        <source>%1 is not a path on a host.</source>
        <translation>%1 ist kein Pfad auf einem Host.</translation>
    </message>
    <message>
        <source>%1 was not copied: %2 has no space left on that disk.</source>
        <translation>%1 wurde nicht kopiert: Auf %2 ist dieser Datenträger voll.</translation>
    </message>
    <message>
        <source>%1 was not copied: you may not do that on %2.</source>
        <translation>%1 wurde nicht kopiert: Auf %2 dürfen Sie das nicht.</translation>
    </message>
    <message>
        <source>%1 on %2 is not made of plain files and folders, so it was not copied.</source>
        <translation>%1 auf %2 besteht nicht nur aus Dateien und Ordnern und wurde deshalb nicht kopiert.</translation>
    </message>
    <message>
        <source>There is no %1 on %2.</source>
        <translation>Auf %2 gibt es kein %1.</translation>
    </message>
    <message>
        <source>%1 could not be copied, on %2.</source>
        <translation>%1 konnte auf %2 nicht kopiert werden.</translation>
    </message>
    <message>
        <source>The connection to %1 was closed.</source>
        <translation>Die Verbindung zu %1 wurde geschlossen.</translation>
    </message>
    <message>
        <source>%1 was given up.</source>
        <translation>%1 wurde aufgegeben.</translation>
    </message>
    <message>
        <source>%1 was not found on %2.</source>
        <translation>%1 wurde auf %2 nicht gefunden.</translation>
    </message>
    <message>
        <source>The folder %1 was not found on %2.</source>
        <translation>Der Ordner %1 wurde auf %2 nicht gefunden.</translation>
    </message>
    <message>
        <source>The login shell on %1 did not run %2.</source>
        <translation>Die Login-Shell auf %1 hat %2 nicht ausgeführt.</translation>
    </message>
    <message>
        <source>Passphrase of your key</source>
        <translation>Passphrase Ihres Schlüssels</translation>
    </message>
    <message>
        <source>The key %1 for %2 is locked.</source>
        <translation>Der Schlüssel %1 für %2 ist gesperrt.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>That passphrase does not open the key %1 for %2.</source>
        <translation>Diese Passphrase öffnet den Schlüssel %1 für %2 nicht.</translation>
    </message>
    <message>
        <source>%1 asks</source>
        <translation>%1 fragt</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>%1 asks for the password of %2.</source>
        <translation>%1 fragt nach dem Passwort von %2.</translation>
    </message>
    <message>
        <source>That is not the password of %1 on %2.</source>
        <translation>Das ist nicht das Passwort von %1 auf %2.</translation>
    </message>
    <message>
        <source>%1 was not logged in to, because a question about it was not answered. Connect again to answer it.</source>
        <translation>Die Anmeldung bei %1 unterblieb, weil eine Frage dazu nicht beantwortet wurde. Verbinden Sie noch einmal, um sie zu beantworten.</translation>
    </message>
    <message>
        <source>There is no key for %1. Make one with ssh-keygen, or load one with ssh-add, and copy it there with &quot;ssh-copy-id %2&quot;.</source>
        <translation>Es gibt keinen Schlüssel für %1. Erstellen Sie einen mit ssh-keygen oder laden Sie einen mit ssh-add und kopieren Sie ihn mit „ssh-copy-id %2“ dorthin.</translation>
    </message>
    <message>
        <source>%1 does not accept your keys for the user %2. Copy one there with &quot;ssh-copy-id %3&quot;, or set User and IdentityFile in ~/.ssh/config.</source>
        <translation>%1 nimmt Ihre Schlüssel für den Benutzer %2 nicht an. Kopieren Sie einen mit „ssh-copy-id %3“ dorthin oder setzen Sie User und IdentityFile in ~/.ssh/config.</translation>
    </message>
    <message>
        <source>There is too little memory.</source>
        <translation>Es ist zu wenig Speicher da.</translation>
    </message>
    <message>
        <source>%1 refuses to run programs. Look at ForceCommand and PermitTTY in its sshd_config.</source>
        <translation>%1 weigert sich, Programme auszuführen. Prüfen Sie dort ForceCommand und PermitTTY in der sshd_config.</translation>
    </message>
    <message>
        <source>The SSH configuration of %1 cannot be used. Look at what &quot;ssh -G %1&quot; prints.</source>
        <translation>Die SSH-Konfiguration von %1 ist nicht nutzbar. Sehen Sie nach, was „ssh -G %1“ ausgibt.</translation>
    </message>
    <message>
        <source>The connection to %1 broke.</source>
        <translation>Die Verbindung zu %1 ist abgebrochen.</translation>
    </message>
    <message>
        <source>%1 does not allow forwarding to %2. Set AllowStreamLocalForwarding and AllowTcpForwarding to yes in its sshd_config.</source>
        <translation>%1 erlaubt keine Weiterleitung nach %2. Setzen Sie dort AllowStreamLocalForwarding und AllowTcpForwarding in der sshd_config auf yes.</translation>
    </message>
    <message>
        <source>%1 does not answer any more.</source>
        <translation>%1 antwortet nicht mehr.</translation>
    </message>
    <message>
        <source>The connection was given up.</source>
        <translation>Die Verbindung wurde aufgegeben.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a name of a host.</source>
        <translation>„%1“ ist kein Name eines Hosts.</translation>
    </message>
    <message>
        <source>The program ssh was not found. Install openssh-client.</source>
        <translation>Das Programm ssh wurde nicht gefunden. Installieren Sie openssh-client.</translation>
    </message>
    <message>
        <source>ssh does not understand the configuration of %1. Run &quot;ssh -G %1&quot; to see why.</source>
        <translation>ssh versteht die Konfiguration von %1 nicht. Führen Sie „ssh -G %1“ aus, um den Grund zu sehen.</translation>
    </message>
    <message>
        <source>The jump hosts of %1 lead in a circle.</source>
        <translation>Die Jump-Hosts von %1 führen im Kreis.</translation>
    </message>
    <message>
        <source>%1 answered at %2, port %3, but no SSH connection came about. Check that sshd listens there.</source>
        <translation>%1 hat unter %2, Port %3, geantwortet, aber es kam keine SSH-Verbindung zustande. Prüfen Sie, ob dort sshd lauscht.</translation>
    </message>
    <message>
        <source>%1 showed no key, so it was not trusted.</source>
        <translation>%1 hat keinen Schlüssel gezeigt und gilt deshalb nicht als vertrauenswürdig.</translation>
    </message>
    <message>
        <source>The key of %1 is marked as revoked, so Flotilla did not connect.</source>
        <translation>Der Schlüssel von %1 ist als widerrufen markiert, deshalb hat Flotilla nicht verbunden.</translation>
    </message>
    <message>
        <source>The key of %1 is not the one it had before. If it was installed anew, run &quot;ssh-keygen -R &apos;%2&apos; -f &apos;%3&apos;&quot; and connect again. If not, somebody may be listening in.</source>
        <translation>Der Schlüssel von %1 ist nicht mehr derselbe wie zuvor. Wurde der Host neu installiert, führen Sie „ssh-keygen -R &apos;%2&apos; -f &apos;%3&apos;“ aus und verbinden Sie noch einmal. Wenn nicht, hört womöglich jemand mit.</translation>
    </message>
    <message>
        <source>New host</source>
        <translation>Neuer Host</translation>
    </message>
    <message>
        <source>%1 (%2, port %3) is new to this computer. Its %4 key has the fingerprint %5. Compare it with the one that its owner knows.</source>
        <translation>%1 (%2, Port %3) ist neu für diesen Computer. Sein %4-Schlüssel hat den Fingerabdruck %5. Vergleichen Sie ihn mit dem, den der Besitzer kennt.</translation>
    </message>
    <message>
        <source>The key of %1 is not known, so Flotilla did not connect. Connect again and accept it, or run &quot;ssh %2&quot; once.</source>
        <translation>Der Schlüssel von %1 ist nicht bekannt, deshalb hat Flotilla nicht verbunden. Verbinden Sie noch einmal und nehmen Sie ihn an, oder führen Sie einmal „ssh %2“ aus.</translation>
    </message>
    <message>
        <source>The connection broke.</source>
        <translation>Die Verbindung ist abgebrochen.</translation>
    </message>
    <message>
        <source>%1 refused the connection at %2, port %3. Check that sshd runs there, and the port.</source>
        <translation>%1 hat die Verbindung unter %2, Port %3, abgelehnt. Prüfen Sie, ob dort sshd läuft, und den Port.</translation>
    </message>
    <message>
        <source>%1 did not answer at %2, port %3. Check that it is on and that this network leads to it.</source>
        <translation>%1 hat unter %2, Port %3, nicht geantwortet. Prüfen Sie, ob der Host an ist und dieses Netz zu ihm führt.</translation>
    </message>
    <message>
        <source>%1 cannot be reached at %2, port %3. Check the network.</source>
        <translation>%1 ist unter %2, Port %3, nicht erreichbar. Prüfen Sie das Netz.</translation>
    </message>
    <message>
        <source>The address of %1 was not found: there is no %2. Check HostName in ~/.ssh/config.</source>
        <translation>Die Adresse von %1 wurde nicht gefunden: Es gibt kein %2. Prüfen Sie HostName in ~/.ssh/config.</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>Draining</source>
        <translation>Läuft aus</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>unreachable since %1</source>
        <translation>nicht erreichbar seit %1</translation>
    </message>
    <message>
        <source>unreachable</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>%1 · draining</source>
        <translation>%1 · läuft aus</translation>
    </message>
    <message>
        <source>%1 · ssh</source>
        <translation>%1 · ssh</translation>
    </message>
    <message>
        <source>CPU —</source>
        <translation>CPU —</translation>
    </message>
    <message>
        <source>CPU %1 %</source>
        <translation>CPU %1 %</translation>
    </message>
    <message>
        <source>%1 / %2 GB</source>
        <translation>%1 / %2 GB</translation>
    </message>
    <message>
        <source>On %1 nothing answers at %2. If it is there, check that AllowStreamLocalForwarding is yes in the sshd_config.</source>
        <translation>Auf %1 antwortet unter %2 nichts. Wenn es dort ist, prüfen Sie, ob AllowStreamLocalForwarding in der sshd_config auf yes steht.</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Wird vorbereitet</translation>
    </message>
    <message>
        <source>preparing, %1 %</source>
        <translation>wird vorbereitet, %1 %</translation>
    </message>
    <message>
        <source>%1 did not accept what was answered for the user %2. Connect again to answer anew.</source>
        <translation>%1 hat die Antwort für den Benutzer %2 nicht angenommen. Verbinden Sie erneut, um neu zu antworten.</translation>
    </message>
    <message>
        <source>Flotilla&apos;s helper on %2 ended while %1 ran. Try again.</source>
        <translation>Der Helfer von Flotilla auf %2 endete, während %1 lief. Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Flotilla&apos;s helper on %2 could not run %1. Connect to %2 again.</source>
        <translation>Der Helfer von Flotilla auf %2 konnte %1 nicht ausführen. Verbinden Sie %2 erneut.</translation>
    </message>
    <message>
        <source>%1 is being drained and takes no apps. Move the app to another host.</source>
        <translation>%1 wird geleert und nimmt keine Apps an. Verschiebe die App auf einen anderen Host.</translation>
    </message>
    <message>
        <source>%1 is full: %2 of %3 sandboxes run there. Stop one, or raise its capacity.</source>
        <translation>%1 ist voll: %2 von %3 Sandboxes laufen dort. Halte eine an oder erhöhe die Kapazität.</translation>
    </message>
    <message>
        <source>No host of the pool can take the app now: all are full, drained or unreachable.</source>
        <translation>Kein Host des Pools kann die App jetzt aufnehmen: Alle sind voll, werden geleert oder sind nicht erreichbar.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be the SSH target of a host. Use an alias of your SSH config, user@host or ssh://user@host:2222; an alias has letters from a to z, digits, dots and dashes.</source>
        <translation>„%1“ kann nicht das SSH-Ziel eines Hosts sein. Verwenden Sie einen Alias Ihrer SSH-Konfiguration, benutzer@host oder ssh://benutzer@host:2222; ein Alias hat Buchstaben von a bis z, Ziffern, Punkte und Striche.</translation>
    </message>
    <message>
        <source>This computer is called &quot;local&quot;; give the host another name.</source>
        <translation>Dieser Computer heißt „local“; geben Sie dem Host einen anderen Namen.</translation>
    </message>
    <message>
        <source>%1 was not logged in to, because no passphrase that was given opens the key %2. Connect again to try another one.</source>
        <translation>An %1 wurde nicht angemeldet, weil keine der angegebenen Passphrasen den Schlüssel %2 öffnet. Verbinden Sie sich erneut, um eine andere zu versuchen.</translation>
    </message>
    <message>
        <source>What is stored about the host is damaged. Remove it and add it again.</source>
        <translation>Was über den Host gespeichert ist, ist beschädigt. Entfernen Sie ihn und fügen Sie ihn neu hinzu.</translation>
    </message>
    <message>
        <source>A host&apos;s name needs letters from a to z or digits, and cannot be &quot;any&quot;.</source>
        <translation>Der Name eines Hosts braucht Buchstaben von a bis z oder Ziffern und kann nicht „any“ sein.</translation>
    </message>
    <message>
        <source>%1 was not copied: together the files say that they are larger than %2 GB.</source>
        <translation>%1 wurde nicht kopiert: Zusammen geben die Dateien mehr als %2 GB an.</translation>
    </message>
    <message>
        <source>There is no %1.</source>
        <translation>%1 gibt es nicht.</translation>
    </message>
</context>
<context>
    <name>Http</name>
    <message>
        <source>%1 did not answer within %2 seconds. Check the address and the network.</source>
        <translation>%1 hat nicht innerhalb von %2 Sekunden geantwortet. Prüfen Sie Adresse und Netz.</translation>
    </message>
    <message>
        <source>The name %1 cannot be found. Check the address and the network connection.</source>
        <translation>Der Name %1 ist nicht zu finden. Prüfen Sie die Adresse und die Netzverbindung.</translation>
    </message>
    <message>
        <source>The proxy for %1 cannot be found. Check the proxy settings of this computer.</source>
        <translation>Der Proxy für %1 wird nicht gefunden. Prüfen Sie die Proxy-Einstellungen dieses Computers.</translation>
    </message>
    <message>
        <source>The proxy for %1 refused the connection.</source>
        <translation>Der Proxy für %1 hat die Verbindung abgelehnt.</translation>
    </message>
    <message>
        <source>Nothing answers at %1. Check that the server is running.</source>
        <translation>Unter %1 antwortet nichts. Prüfen Sie, ob der Server läuft.</translation>
    </message>
    <message>
        <source>No secure connection to %1 is possible. Check that the address really uses https.</source>
        <translation>Zu %1 ist keine sichere Verbindung möglich. Prüfen Sie, ob die Adresse wirklich https benutzt.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not trusted by this computer.</source>
        <translation>Dieser Computer vertraut dem Zertifikat von %1 nicht.</translation>
    </message>
    <message>
        <source>This computer&apos;s list of trusted certificates cannot be read, so %1 cannot be checked. Install the package ca-certificates.</source>
        <translation>Die Liste vertrauenswürdiger Zertifikate dieses Computers ist nicht lesbar, deshalb kann %1 nicht geprüft werden. Installieren Sie das Paket ca-certificates.</translation>
    </message>
    <message>
        <source>%1 closed the connection without an answer.</source>
        <translation>%1 hat die Verbindung ohne Antwort geschlossen.</translation>
    </message>
    <message>
        <source>The connection to %1 broke before the answer was complete.</source>
        <translation>Die Verbindung zu %1 brach ab, bevor die Antwort vollständig war.</translation>
    </message>
    <message>
        <source>%1 is not an http or https address.</source>
        <translation>%1 ist keine http- oder https-Adresse.</translation>
    </message>
    <message>
        <source>%1 does not speak HTTP.</source>
        <translation>%1 spricht kein HTTP.</translation>
    </message>
    <message>
        <source>The answer of %1 is too large.</source>
        <translation>Die Antwort von %1 ist zu groß.</translation>
    </message>
    <message>
        <source>The address %1 is not valid.</source>
        <translation>Die Adresse %1 ist nicht gültig.</translation>
    </message>
    <message>
        <source>The connection to %1 broke.</source>
        <translation>Die Verbindung zu %1 ist abgebrochen.</translation>
    </message>
    <message>
        <source>A header for %1 has a line break in it.</source>
        <translation>Eine Kopfzeile für %1 enthält einen Zeilenumbruch.</translation>
    </message>
    <message>
        <source>%1 sent nothing for %2 seconds.</source>
        <translation>%1 hat %2 Sekunden lang nichts gesendet.</translation>
    </message>
    <message>
        <source>%1 took longer than %2 seconds. Check that the server is not stuck, then try again.</source>
        <translation>%1 hat länger als %2 Sekunden gebraucht. Prüfen Sie, ob der Server hängt, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The path of the socket %1 is too long.</source>
        <translation>Der Pfad des Sockets %1 ist zu lang.</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>“%1” was not imported: %2</source>
        <translation>„%1“ wurde nicht importiert: %2</translation>
    </message>
    <message>
        <source>“%1” in it cannot be a file of an app.</source>
        <translation>„%1“ darin kann keine Datei einer App sein.</translation>
    </message>
    <message>
        <source>“%1” in it is a link or a device. Replace it by the file itself.</source>
        <translation>„%1“ darin ist ein Verweis oder ein Gerät. Ersetzen Sie es durch die Datei selbst.</translation>
    </message>
    <message>
        <source>it holds more than %1 files.</source>
        <translation>es enthält mehr als %1 Dateien.</translation>
    </message>
    <message>
        <source>“%1” in it cannot be read.</source>
        <translation>„%1“ darin lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>it is too large when it is unpacked.</source>
        <translation>es ist ausgepackt zu groß.</translation>
    </message>
    <message>
        <source>“%1” in it is larger than %2 MB.</source>
        <translation>„%1“ darin ist größer als %2 MB.</translation>
    </message>
    <message>
        <source>an app takes at most %1 files and %2 MB, and no file and folder of the same name.</source>
        <translation>eine App fasst höchstens %1 Dateien und %2 MB, und keine Datei und keinen Ordner mit demselben Namen.</translation>
    </message>
    <message>
        <source>it holds no app. There has to be src/App.tsx, index.html, or an app.json with a start command.</source>
        <translation>es enthält keine App. Nötig ist src/App.tsx, index.html oder eine app.json mit einem Startbefehl.</translation>
    </message>
    <message>
        <source>it holds no files.</source>
        <translation>es enthält keine Dateien.</translation>
    </message>
</context>
<context>
    <name>LoadLook</name>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>waited too long</source>
        <translation>zu lange gewartet</translation>
    </message>
    <message>
        <source>host not reachable</source>
        <translation>Host nicht erreichbar</translation>
    </message>
    <message>
        <source>host refused the key</source>
        <translation>Host hat den Schlüssel abgelehnt</translation>
    </message>
    <message>
        <source>host key not trusted</source>
        <translation>Host-Schlüssel nicht vertraut</translation>
    </message>
    <message>
        <source>no room on the host</source>
        <translation>kein Platz auf dem Host</translation>
    </message>
    <message>
        <source>image missing</source>
        <translation>Image fehlt</translation>
    </message>
    <message>
        <source>sandbox not created</source>
        <translation>Sandbox nicht angelegt</translation>
    </message>
    <message>
        <source>started too slowly</source>
        <translation>zu langsam gestartet</translation>
    </message>
    <message>
        <source>sandbox did not answer</source>
        <translation>Sandbox hat nicht geantwortet</translation>
    </message>
    <message>
        <source>model limit reached</source>
        <translation>Grenze des Modells erreicht</translation>
    </message>
    <message>
        <source>model failed</source>
        <translation>Modell fehlgeschlagen</translation>
    </message>
    <message>
        <source>no usable code</source>
        <translation>kein brauchbarer Code</translation>
    </message>
    <message>
        <source>did not build</source>
        <translation>ließ sich nicht bauen</translation>
    </message>
    <message>
        <source>did not answer</source>
        <translation>hat nicht geantwortet</translation>
    </message>
    <message>
        <source>crashed</source>
        <translation>abgestürzt</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>zu wenig Speicher</translation>
    </message>
    <message>
        <source>removed by the host</source>
        <translation>vom Host entfernt</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>went away after it was live</source>
        <translation>verschwand, nachdem sie live war</translation>
    </message>
</context>
<context>
    <name>LoadTest</name>
    <message>
        <source>The sandbox was not created: a fault of the load test.</source>
        <translation>Die Sandbox wurde nicht angelegt: ein Fehler des Lasttests.</translation>
    </message>
    <message>
        <source>Requested</source>
        <translation>Angefordert</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Partial</source>
        <translation>Teilweise</translation>
    </message>
    <message>
        <source>Peak live, verified</source>
        <translation>Höchstens zugleich live, geprüft</translation>
    </message>
    <message>
        <source>Duration, s</source>
        <translation>Dauer, s</translation>
    </message>
    <message>
        <source>Time to live p50, s</source>
        <translation>Zeit bis live p50, s</translation>
    </message>
    <message>
        <source>Time to live p95, s</source>
        <translation>Zeit bis live p95, s</translation>
    </message>
    <message>
        <source>Time to live p99, s</source>
        <translation>Zeit bis live p99, s</translation>
    </message>
    <message>
        <source>Queue p95, s</source>
        <translation>Warten p95, s</translation>
    </message>
    <message>
        <source>Allocate p95, s</source>
        <translation>Zuteilen p95, s</translation>
    </message>
    <message>
        <source>Generate p95, s</source>
        <translation>Schreiben p95, s</translation>
    </message>
    <message>
        <source>Build and serve p95, s</source>
        <translation>Bauen und Ausliefern p95, s</translation>
    </message>
    <message>
        <source>Apps per minute</source>
        <translation>Apps pro Minute</translation>
    </message>
    <message>
        <source>Clean-up, s</source>
        <translation>Aufräumen, s</translation>
    </message>
    <message>
        <source>This is not a stored run.</source>
        <translation>Das ist kein gespeicherter Lauf.</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>Bereitet vor</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>It could not begin in time.</source>
        <translation>Sie konnte nicht rechtzeitig beginnen.</translation>
    </message>
    <message>
        <source>It was not live after %1 s.</source>
        <translation>Sie war nach %1 s nicht live.</translation>
    </message>
    <message>
        <source>At most %1 apps fit: kernel.pid_max is %2. To raise it: sudo sysctl -w kernel.pid_max=4194304</source>
        <translation>Höchstens %1 Apps passen: kernel.pid_max ist %2. Zum Erhöhen: sudo sysctl -w kernel.pid_max=4194304</translation>
    </message>
    <message>
        <source>At most %1 apps fit: kernel.threads-max is %2. To raise it: sudo sysctl -w kernel.threads-max=1000000</source>
        <translation>Höchstens %1 Apps passen: kernel.threads-max ist %2. Zum Erhöhen: sudo sysctl -w kernel.threads-max=1000000</translation>
    </message>
    <message>
        <source>At most %1 apps fit: there may be %2 namespaces. To raise it: sudo sysctl -w user.max_user_namespaces=500000</source>
        <translation>Höchstens %1 Apps passen: Es darf %2 Namensräume geben. Zum Erhöhen: sudo sysctl -w user.max_user_namespaces=500000</translation>
    </message>
    <message>
        <source>About %1 apps fit: %2 bytes of memory are free. End other programs, or add memory or hosts.</source>
        <translation>Etwa %1 Apps passen: %2 Bytes Speicher sind frei. Beenden Sie andere Programme oder fügen Sie Speicher oder Hosts hinzu.</translation>
    </message>
    <message>
        <source>at full pace</source>
        <translation>mit vollem Tempo</translation>
    </message>
    <message>
        <source>first token after %1 s</source>
        <translation>erstes Token nach %1 s</translation>
    </message>
    <message>
        <source>answer in %1 s</source>
        <translation>Antwort in %1 s</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/s</translation>
    </message>
    <message>
        <source>simulated model time: %1</source>
        <translation>simulierte Modellzeit: %1</translation>
    </message>
    <message>
        <source>The run cannot be stored in %1. Check the disk.</source>
        <translation>Der Lauf kann nicht in %1 gespeichert werden. Prüfe den Datenträger.</translation>
    </message>
    <message>
        <source>There is no run &quot;%1&quot;.</source>
        <translation>Es gibt keinen Lauf „%1“.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; fits more than one run.</source>
        <translation>„%1“ passt zu mehr als einem Lauf.</translation>
    </message>
    <message>
        <source>The run cannot be deleted.</source>
        <translation>Der Lauf kann nicht gelöscht werden.</translation>
    </message>
    <message>
        <source>%1 differs: %2</source>
        <translation>%1 weicht ab: %2</translation>
    </message>
    <message>
        <source>The plan</source>
        <translation>Der Plan</translation>
    </message>
    <message>
        <source>The environment</source>
        <translation>Die Umgebung</translation>
    </message>
    <message>
        <source>better</source>
        <translation>besser</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>schlechter</translation>
    </message>
    <message>
        <source>%1 of %2 live, model: %3</source>
        <translation>%1 von %2 live, Modell: %3</translation>
    </message>
    <message>
        <source>The number of apps of a stage must not fall, and be at most %1.</source>
        <translation>Die Zahl der Apps einer Stufe darf nicht sinken und höchstens %1 sein.</translation>
    </message>
    <message>
        <source>A linear stage needs a time.</source>
        <translation>Eine lineare Stufe braucht eine Zeit.</translation>
    </message>
    <message>
        <source>A run needs 1 to %1 apps.</source>
        <translation>Ein Lauf braucht 1 bis %1 Apps.</translation>
    </message>
    <message>
        <source>A number of the plan is out of range.</source>
        <translation>Eine Zahl des Plans liegt außerhalb ihres Bereichs.</translation>
    </message>
    <message>
        <source>An app needs some time to come alive.</source>
        <translation>Eine App braucht etwas Zeit, um live zu werden.</translation>
    </message>
    <message>
        <source>A simulated model cannot be faster than at once.</source>
        <translation>Ein simuliertes Modell kann nicht schneller als sofort sein.</translation>
    </message>
    <message>
        <source>Only the sampler&apos;s time can be simulated.</source>
        <translation>Nur die Zeit des Samplers kann simuliert werden.</translation>
    </message>
    <message>
        <source>A recording has its own times and is not recorded again.</source>
        <translation>Eine Aufnahme hat ihre eigenen Zeiten und wird nicht noch einmal aufgenommen.</translation>
    </message>
    <message>
        <source>The shares of faults must be 0 to 1 in all.</source>
        <translation>Die Anteile der Fehler müssen zusammen 0 bis 1 sein.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; in %2 is not known or not of the right kind.</source>
        <translation>„%1“ in %2 ist nicht bekannt oder nicht von der richtigen Art.</translation>
    </message>
    <message>
        <source>a stage</source>
        <translation>einer Stufe</translation>
    </message>
    <message>
        <source>A stage is hold, linear, step or spike, not &quot;%1&quot;.</source>
        <translation>Eine Stufe ist hold, linear, step oder spike, nicht „%1“.</translation>
    </message>
    <message>
        <source>the faults</source>
        <translation>den Fehlern</translation>
    </message>
    <message>
        <source>the pace</source>
        <translation>dem Tempo</translation>
    </message>
    <message>
        <source>Afterwards is remove, sleep or keep, not &quot;%1&quot;.</source>
        <translation>Danach heißt remove, sleep oder keep, nicht „%1“.</translation>
    </message>
    <message>
        <source>The load model is open or closed, not &quot;%1&quot;.</source>
        <translation>Das Lastmodell ist open oder closed, nicht „%1“.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a threshold. Write one as &quot;time_to_live_s.p95 &lt;= 20&quot;.</source>
        <translation>„%1“ ist keine Schwelle. Schreiben Sie sie als „time_to_live_s.p95 &lt;= 20“.</translation>
    </message>
    <message>
        <source>the plan</source>
        <translation>dem Plan</translation>
    </message>
    <message>
        <source>All thresholds met</source>
        <translation>Alle Schwellen eingehalten</translation>
    </message>
    <message>
        <source>Not all thresholds met</source>
        <translation>Nicht alle Schwellen eingehalten</translation>
    </message>
    <message>
        <source> of </source>
        <translation> von </translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>peak live, verified by one sweep</source>
        <translation>höchstens zugleich live, in einem Durchgang geprüft</translation>
    </message>
    <message>
        <source>burst achieved</source>
        <translation>vom geplanten Ansturm erreicht</translation>
    </message>
    <message>
        <source>until the last one</source>
        <translation>bis zur letzten</translation>
    </message>
    <message>
        <source>time to live, p50</source>
        <translation>Zeit bis live, p50</translation>
    </message>
    <message>
        <source>time to live, p99</source>
        <translation>Zeit bis live, p99</translation>
    </message>
    <message>
        <source>apps per minute</source>
        <translation>Apps pro Minute</translation>
    </message>
    <message>
        <source>failed or partial</source>
        <translation>fehlgeschlagen oder teilweise</translation>
    </message>
    <message>
        <source>Apps by phase</source>
        <translation>Apps nach Phase</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>apps</source>
        <translation>Apps</translation>
    </message>
    <message>
        <source>planned starts</source>
        <translation>geplante Starts</translation>
    </message>
    <message>
        <source>Time to live of the apps that came alive at that time</source>
        <translation>Zeit bis live der Apps, die zu diesem Zeitpunkt live wurden</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>Each app by order of submission</source>
        <translation>Jede App in der Reihenfolge der Aufträge</translation>
    </message>
    <message>
        <source>Every %1th app by order of submission</source>
        <translation>Jede %1. App in der Reihenfolge der Aufträge</translation>
    </message>
    <message>
        <source>submission</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>time to live (from the planned start)</source>
        <translation>Zeit bis live (ab dem geplanten Start)</translation>
    </message>
    <message>
        <source>without the queue (from the real start)</source>
        <translation>ohne die Wartezeit (ab dem wirklichen Start)</translation>
    </message>
    <message>
        <source>never live</source>
        <translation>nie live</translation>
    </message>
    <message>
        <source>This machine, the load generator included</source>
        <translation>Diese Maschine, einschließlich des Lastgenerators</translation>
    </message>
    <message>
        <source>percent</source>
        <translation>Prozent</translation>
    </message>
    <message>
        <source>processors, all</source>
        <translation>Prozessoren, alle</translation>
    </message>
    <message>
        <source>processors, this program</source>
        <translation>Prozessoren, dieses Programm</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>first 25 %</source>
        <translation>erste 25 %</translation>
    </message>
    <message>
        <source>middle 50 %</source>
        <translation>mittlere 50 %</translation>
    </message>
    <message>
        <source>last 25 %</source>
        <translation>letzte 25 %</translation>
    </message>
    <message>
        <source>Phases</source>
        <translation>Phasen</translation>
    </message>
    <message>
        <source>Time to live by order of submission</source>
        <translation>Zeit bis live nach Reihenfolge der Aufträge</translation>
    </message>
    <message>
        <source>Time to live by host</source>
        <translation>Zeit bis live nach Host</translation>
    </message>
    <message>
        <source>Outcomes</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Requested %1 = live %2 + failed %3 + partial %4 + cancelled %5. Dropped starts %6, retries %7.</source>
        <translation>Angefordert %1 = live %2 + fehlgeschlagen %3 + teilweise %4 + abgebrochen %5. Ausgefallene Starts %6, Wiederholungen %7.</translation>
    </message>
    <message>
        <source>intended: the plan says that the app starts</source>
        <translation>vorgesehen: Der Plan sagt, dass die App startet</translation>
    </message>
    <message>
        <source>started: it really began; t1 - t0 is the queue</source>
        <translation>gestartet: Sie begann wirklich; t1 - t0 ist die Wartezeit</translation>
    </message>
    <message>
        <source>allocated: its sandbox was created</source>
        <translation>zugeteilt: Ihre Sandbox wurde angelegt</translation>
    </message>
    <message>
        <source>ready: the agent inside answered</source>
        <translation>bereit: Der Agent darin hat geantwortet</translation>
    </message>
    <message>
        <source>the model&apos;s first token</source>
        <translation>das erste Token des Modells</translation>
    </message>
    <message>
        <source>the model&apos;s last token; runs in parallel with t2 and t3</source>
        <translation>das letzte Token des Modells; läuft parallel zu t2 und t3</translation>
    </message>
    <message>
        <source>served: HTTP 2xx of the app&apos;s own address; t6 - t0 is the time to live</source>
        <translation>ausgeliefert: HTTP 2xx von der eigenen Adresse der App; t6 - t0 ist die Zeit bis live</translation>
    </message>
    <message>
        <source>nearest rank: the smallest value that at least that share of all values do not exceed</source>
        <translation>nächster Rang: der kleinste Wert, den mindestens dieser Anteil aller Werte nicht überschreitet</translation>
    </message>
    <message>
        <source>built, served, and answered the last probe</source>
        <translation>gebaut, ausgeliefert und hat die letzte Probe beantwortet</translation>
    </message>
    <message>
        <source>was live, and did not answer a later probe</source>
        <translation>war live und hat eine spätere Probe nicht beantwortet</translation>
    </message>
    <message>
        <source>Definitions</source>
        <translation>Begriffe</translation>
    </message>
    <message>
        <source>All times are from one monotonic clock. Failures are counted; nothing is padded.</source>
        <translation>Alle Zeiten stammen von einer monotonen Uhr. Fehlschläge zählen mit; nichts ist geschönt.</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>The report cannot be written to %1.</source>
        <translation>Der Bericht kann nicht nach %1 geschrieben werden.</translation>
    </message>
    <message>
        <source>All apps have come up</source>
        <translation>Alle Apps sind hochgekommen</translation>
    </message>
    <message>
        <source>%1 of %2 answered</source>
        <translation>%1 von %2 haben geantwortet</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Cleaning up</source>
        <translation>Räumt auf</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>The load test was ended.</source>
        <translation>Der Lasttest wurde beendet.</translation>
    </message>
    <message>
        <source>A run has at most %1 stages.</source>
        <translation>Ein Lauf hat höchstens %1 Stufen.</translation>
    </message>
    <message>
        <source>No app begins in a hold stage: its number is that of the stage before.</source>
        <translation>In einer Haltestufe beginnt keine App: Ihre Zahl ist die der Stufe davor.</translation>
    </message>
    <message>
        <source>The stages take too long together.</source>
        <translation>Die Stufen dauern zusammen zu lange.</translation>
    </message>
    <message>
        <source>A stage has to be a JSON object.</source>
        <translation>Eine Stufe muss ein JSON-Objekt sein.</translation>
    </message>
    <message>
        <source>The plan %1 cannot be read.</source>
        <translation>Der Plan %1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The program ended during the run.</source>
        <translation>Das Programm endete während des Laufs.</translation>
    </message>
    <message>
        <source>%1 apps: %2</source>
        <translation>%1 Apps: %2</translation>
    </message>
    <message>
        <source>The disk is full: the run cannot be stored in %1. Free some space there.</source>
        <translation>Der Datenträger ist voll: Der Lauf kann nicht in %1 gespeichert werden. Schaffen Sie dort Platz.</translation>
    </message>
    <message>
        <source>A backend is bubblewrap, podman or docker, not &quot;%1&quot;.</source>
        <translation>Eine Art von Sandbox ist bubblewrap, podman oder docker, nicht „%1“.</translation>
    </message>
    <message>
        <source>There is no host &quot;%1&quot;.</source>
        <translation>Es gibt keinen Host „%1“.</translation>
    </message>
    <message>
        <source>A prompt of the plan is empty.</source>
        <translation>Ein Wunsch des Plans ist leer.</translation>
    </message>
    <message>
        <source>&quot;prompts_file&quot; names a file, and goes without &quot;prompts&quot;.</source>
        <translation>„prompts_file“ nennt eine Datei und steht ohne „prompts“.</translation>
    </message>
    <message>
        <source>The prompts %1 cannot be read.</source>
        <translation>Die Wünsche %1 können nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The prompts %1 are larger than 2 MB.</source>
        <translation>Die Wünsche %1 sind größer als 2 MB.</translation>
    </message>
    <message>
        <source>%1 is not a text file in UTF-8.</source>
        <translation>%1 ist keine Textdatei in UTF-8.</translation>
    </message>
    <message>
        <source>%1 has no prompts. Write one a line.</source>
        <translation>In %1 stehen keine Wünsche. Schreiben Sie einen je Zeile.</translation>
    </message>
    <message>
        <source>Closed model: times count from the real start</source>
        <translation>Geschlossenes Modell: Zeiten ab dem wirklichen Beginn</translation>
    </message>
    <message>
        <source>Not met: %1</source>
        <translation>Nicht erfüllt: %1</translation>
    </message>
    <message>
        <source>%1 exists. Choose a new name for what is recorded.</source>
        <translation>%1 gibt es schon. Wählen Sie einen neuen Namen für das, was aufgezeichnet wird.</translation>
    </message>
    <message>
        <source>“%1” is nothing that a run measures. Its result has for example failed, duration_s, time_to_live_s.p95 and classes.crashed.</source>
        <translation>„%1“ ist nichts, was ein Lauf misst. Sein Ergebnis hat zum Beispiel failed, duration_s, time_to_live_s.p95 und classes.crashed.</translation>
    </message>
    <message>
        <source>A stage takes 0 s to 7 days.</source>
        <translation>Eine Stufe dauert 0 s bis 7 Tage.</translation>
    </message>
    <message>
        <source>In a closed run an app begins when another one ends: leave out its stages, poisson and queue_seconds.</source>
        <translation>In einem geschlossenen Lauf beginnt eine App, wenn eine andere fertig ist: Lassen Sie stages, poisson und queue_seconds weg.</translation>
    </message>
    <message>
        <source>The plan asks for %1 apps and its stages for %2. Leave out one of them.</source>
        <translation>Der Plan verlangt %1 Apps und seine Stufen %2. Lassen Sie eines von beiden weg.</translation>
    </message>
    <message>
        <source>Random gaps (poisson) need a linear stage.</source>
        <translation>Zufällige Abstände (poisson) brauchen eine lineare Stufe.</translation>
    </message>
    <message>
        <source>A time of the plan is out of range: 0 s to 7 days.</source>
        <translation>Eine Zeit des Plans ist außerhalb des Erlaubten: 0 s bis 7 Tage.</translation>
    </message>
    <message>
        <source>A simulated model has tokens per second or a time for its whole answer, not both.</source>
        <translation>Ein simuliertes Modell hat Token pro Sekunde oder eine Zeit für die ganze Antwort, nicht beides.</translation>
    </message>
    <message>
        <source>The first token of a simulated model comes before its answer is over.</source>
        <translation>Das erste Token eines simulierten Modells kommt, bevor seine Antwort zu Ende ist.</translation>
    </message>
    <message>
        <source>The seed of a plan is a whole number from 0 to %1.</source>
        <translation>Der Startwert eines Plans (seed) ist eine ganze Zahl von 0 bis %1.</translation>
    </message>
    <message>
        <source>&quot;prompts_file&quot; names %1, which is not a file.</source>
        <translation>„prompts_file“ nennt %1, und das ist keine Datei.</translation>
    </message>
    <message>
        <source>%1 is not a JSON object.</source>
        <translation>%1 ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>%1 is not a JSON object: %2 at character %3.</source>
        <translation>%1 ist kein JSON-Objekt: %2 bei Zeichen %3.</translation>
    </message>
    <message>
        <source>%1 is larger than 20 MB.</source>
        <translation>%1 ist größer als 20 MB.</translation>
    </message>
    <message>
        <source>Every app begins in the warm-up, and none would be judged. Make it shorter.</source>
        <translation>Jede App beginnt im Aufwärmen, und keine würde gewertet. Machen Sie es kürzer.</translation>
    </message>
    <message>
        <source>warm-up, not judged</source>
        <translation>Aufwärmen, nicht gewertet</translation>
    </message>
    <message>
        <source>Warm-up of %1 s: %2 apps are not judged</source>
        <translation>Aufwärmen von %1 s: %2 Apps werden nicht gewertet</translation>
    </message>
    <message>
        <source>No app came alive.</source>
        <translation>Keine App ist gestartet.</translation>
    </message>
    <message>
        <source>At most %1 apps fit: this program may open %2 files. To raise it: echo &quot;$USER hard nofile 100000&quot; | sudo tee -a /etc/security/limits.conf, then log in again (as root: ulimit -Hn 100000)</source>
        <translation>Höchstens %1 Apps passen: Dieses Programm darf %2 Dateien öffnen. Erhöhen: echo &quot;$USER hard nofile 100000&quot; | sudo tee -a /etc/security/limits.conf, dann neu anmelden (als Root: ulimit -Hn 100000)</translation>
    </message>
    <message>
        <source>At most %1 apps fit: this user may have %2 processes. To raise it: echo &quot;$USER - nproc 100000&quot; | sudo tee -a /etc/security/limits.conf, then log in again (ulimit -u tells)</source>
        <translation>Höchstens %1 Apps passen: Dieser Benutzer darf %2 Prozesse haben. Erhöhen: echo &quot;$USER - nproc 100000&quot; | sudo tee -a /etc/security/limits.conf, dann neu anmelden (ulimit -u zeigt es)</translation>
    </message>
    <message>
        <source>%1 cannot be written: there is no such folder, or it is not yours.</source>
        <translation>%1 kann nicht geschrieben werden: Den Ordner gibt es nicht, oder er gehört Ihnen nicht.</translation>
    </message>
    <message>
        <source>%1 did not end as planned: %2</source>
        <translation>%1 endete nicht wie geplant: %2</translation>
    </message>
    <message>
        <source>At most %1 apps fit: the group of this program may have %2 processes. To raise it: echo max | sudo tee %3 (a container&apos;s engine has --pids-limit)</source>
        <translation>Höchstens %1 Apps passen: Die Gruppe dieses Programms darf %2 Prozesse haben. Erhöhen: echo max | sudo tee %3 (bei einem Container: --pids-limit)</translation>
    </message>
    <message>
        <source>%1 apps were on no host: they never began, or got no sandbox.</source>
        <translation>%1 Apps waren auf keinem Host: Sie begannen nie oder bekamen keine Sandbox.</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>The conversation is too long for %2. Start a new app or choose a model with more room.</source>
        <translation>Das Gespräch ist zu lang für %2. Beginnen Sie eine neue App oder wählen Sie ein Modell mit mehr Platz.</translation>
    </message>
    <message>
        <source>The request is too large for %1. Use fewer or smaller images.</source>
        <translation>Die Anfrage ist zu groß für %1. Nehmen Sie weniger oder kleinere Bilder.</translation>
    </message>
    <message>
        <source>%1 did not accept the request for %2.</source>
        <translation>%1 hat die Anfrage an %2 nicht angenommen.</translation>
    </message>
    <message>
        <source>The account at %1 has no credit left or reached its spend limit. Check its billing page.</source>
        <translation>Das Konto bei %1 hat kein Guthaben mehr oder seine Ausgabengrenze erreicht. Sehen Sie auf der Abrechnungsseite nach.</translation>
    </message>
    <message>
        <source>%1 did not accept the API key. Check the key in Settings.</source>
        <translation>%1 hat den API-Schlüssel nicht angenommen. Prüfen Sie ihn in den Einstellungen.</translation>
    </message>
    <message>
        <source>The API key may not use %2 at %1.</source>
        <translation>Der API-Schlüssel darf %2 bei %1 nicht benutzen.</translation>
    </message>
    <message>
        <source>%1 does not offer %2. Check the model&apos;s name and the address.</source>
        <translation>%1 bietet %2 nicht an. Prüfen Sie Modellnamen und Adresse.</translation>
    </message>
    <message>
        <source>%1 gave up waiting for %2.</source>
        <translation>%1 hat das Warten auf %2 aufgegeben.</translation>
    </message>
    <message>
        <source>%1 is busy with a conflicting request.</source>
        <translation>%1 bearbeitet gerade eine Anfrage, die dieser widerspricht.</translation>
    </message>
    <message>
        <source>%1 allows no more requests right now.</source>
        <translation>%1 erlaubt gerade keine weiteren Anfragen.</translation>
    </message>
    <message>
        <source>%1 is overloaded right now.</source>
        <translation>%1 ist gerade überlastet.</translation>
    </message>
    <message>
        <source>%1 has a problem of its own. Try again in a moment.</source>
        <translation>%1 hat selbst ein Problem. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>%1 redirects to another address. Use that address in Settings.</source>
        <translation>%1 leitet auf eine andere Adresse um. Tragen Sie diese Adresse in den Einstellungen ein.</translation>
    </message>
    <message>
        <source>%1 did not answer like a language model server. Check the address.</source>
        <translation>%1 antwortet nicht wie ein Sprachmodell-Server. Prüfen Sie die Adresse.</translation>
    </message>
    <message>
        <source>this model</source>
        <translation>dieses Modell</translation>
    </message>
    <message>
        <source> It says: %1</source>
        <translation> Die Meldung: %1</translation>
    </message>
    <message>
        <source>The server allows no more requests right now.</source>
        <translation>Der Server erlaubt gerade keine weiteren Anfragen.</translation>
    </message>
    <message>
        <source>The program is closing.</source>
        <translation>Das Programm wird beendet.</translation>
    </message>
    <message>
        <source>%1 at %2 cannot call tools.</source>
        <translation>%1 bei %2 kann keine Werkzeuge benutzen.</translation>
    </message>
    <message>
        <source>%1 at %2 cannot see images.</source>
        <translation>%1 bei %2 kann keine Bilder sehen.</translation>
    </message>
    <message>
        <source>%1 sent nothing for %2 seconds.</source>
        <translation>%1 hat %2 Sekunden lang nichts gesendet.</translation>
    </message>
    <message>
        <source>There is no API key for %1. Add one in Settings or set %2.</source>
        <translation>Für %1 gibt es keinen API-Schlüssel. Fügen Sie in den Einstellungen einen hinzu oder setzen Sie %2.</translation>
    </message>
    <message>
        <source>There is no endpoint named %1.</source>
        <translation>Es gibt keine Adresse namens %1.</translation>
    </message>
    <message>
        <source>%1 works but has no models yet. Download one there, then test again.</source>
        <translation>%1 funktioniert, hat aber noch keine Modelle. Laden Sie dort eines herunter und testen Sie noch einmal.</translation>
    </message>
    <message>
        <source>%1 answers, but there is no model API at %2. Check the path; it usually ends in /v1.</source>
        <translation>%1 antwortet, aber unter %2 gibt es keine Modell-Schnittstelle. Prüfen Sie den Pfad; er endet meist auf /v1.</translation>
    </message>
    <message>
        <source>%1 did not accept the API key. Check the key, or make a new one there.</source>
        <translation>%1 hat den API-Schlüssel nicht angenommen. Prüfen Sie ihn oder legen Sie dort einen neuen an.</translation>
    </message>
    <message>
        <source>%1 wants an API key. Add one in Settings.</source>
        <translation>%1 verlangt einen API-Schlüssel. Fügen Sie in den Einstellungen einen hinzu.</translation>
    </message>
    <message>
        <source>%1 answers, but not like a language model server. Check the address %2.</source>
        <translation>%1 antwortet, aber nicht wie ein Sprachmodell-Server. Prüfen Sie die Adresse %2.</translation>
    </message>
    <message>
        <source>“%1” does not name a model. Use sampler, anthropic:NAME, openai:NAME or openai:NAME@BASEURL.</source>
        <translation>„%1“ benennt kein Modell. Möglich sind sampler, anthropic:NAME, openai:NAME oder openai:NAME@BASEURL.</translation>
    </message>
    <message>
        <source>The answer of %1 broke off before it was complete.</source>
        <translation>Die Antwort von %1 brach ab, bevor sie vollständig war.</translation>
    </message>
    <message>
        <source>%1 sent something that cannot be read.</source>
        <translation>%1 hat etwas gesendet, das nicht lesbar ist.</translation>
    </message>
    <message>
        <source>“%1” is not a web address. It begins with https:// or http://.</source>
        <translation>„%1“ ist keine Webadresse. Sie beginnt mit https:// oder http://.</translation>
    </message>
    <message>
        <source>No API key is set for %1. Add one in Settings, Models and keys.</source>
        <translation>Für %1 ist kein API-Schlüssel gesetzt. Tragen Sie einen unter Einstellungen, Modelle und Schlüssel ein.</translation>
    </message>
    <message>
        <source>%1 works: 1 model.</source>
        <translation>%1 funktioniert: 1 Modell.</translation>
    </message>
    <message>
        <source>%1 works: %2 models.</source>
        <translation>%1 funktioniert: %2 Modelle.</translation>
    </message>
    <message>
        <source>The address in “%1” has to begin with http:// or https://, as in openai:NAME@http://localhost:8080/v1.</source>
        <translation>Die Adresse in „%1“ muss mit http:// oder https:// beginnen, wie in openai:NAME@http://localhost:8080/v1.</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Left for your browser: %1</source>
        <translation>Ihrem Browser überlassen: %1</translation>
    </message>
    <message>
        <source>Blocked, another app on this computer: %1</source>
        <translation>Blockiert, eine andere App auf diesem Computer: %1</translation>
    </message>
    <message>
        <source>Blocked, a service on this computer: %1</source>
        <translation>Blockiert, ein Dienst auf diesem Computer: %1</translation>
    </message>
    <message>
        <source>Blocked, your private network: %1</source>
        <translation>Blockiert, Ihr privates Netz: %1</translation>
    </message>
    <message>
        <source>Blocked, not a web address: %1</source>
        <translation>Blockiert, keine Web-Adresse: %1</translation>
    </message>
    <message>
        <source>Blocked, the internet: %1</source>
        <translation>Blockiert, das Internet: %1</translation>
    </message>
    <message>
        <source>The web view cannot protect this computer while Flotilla runs as the administrator. Start it as an ordinary user, or look at the app in your browser.</source>
        <translation>Die Web-Ansicht kann diesen Computer nicht schützen, solange Flotilla als Administrator läuft. Starten Sie es als gewöhnlicher Benutzer oder sehen Sie die App im Browser an.</translation>
    </message>
    <message>
        <source>The app cannot be shown yet</source>
        <translation>Die App kann noch nicht gezeigt werden</translation>
    </message>
    <message>
        <source>Waiting for the app</source>
        <translation>Wartet auf die App</translation>
    </message>
    <message>
        <source>It does not answer yet. This page looks again by itself.</source>
        <translation>Sie antwortet noch nicht. Diese Seite sieht von selbst wieder nach.</translation>
    </message>
    <message>
        <source>Flotilla cannot write to %1. Check the folder&apos;s permissions.</source>
        <translation>Flotilla kann nicht in %1 schreiben. Prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>The preview port could not be remembered in %1.</source>
        <translation>Der Port der Vorschau konnte in %1 nicht gemerkt werden.</translation>
    </message>
    <message>
        <source>The program that serves the previews does not answer.</source>
        <translation>Das Programm, das die Vorschauen ausliefert, antwortet nicht.</translation>
    </message>
    <message>
        <source>Port %1 of this computer is taken by another program.</source>
        <translation>Port %1 dieses Computers ist von einem anderen Programm belegt.</translation>
    </message>
    <message>
        <source>Previews cannot be served on this computer.</source>
        <translation>Auf diesem Computer können keine Vorschauen ausgeliefert werden.</translation>
    </message>
    <message>
        <source>The preview key %1 cannot be read or written. Check its permissions.</source>
        <translation>Der Vorschau-Schlüssel %1 ist nicht les- oder schreibbar. Prüfen Sie seine Zugriffsrechte.</translation>
    </message>
    <message>
        <source>The app cannot be reached.</source>
        <translation>Die App ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The app used more memory than it may.</source>
        <translation>Die App hat mehr Speicher benutzt, als sie darf.</translation>
    </message>
    <message>
        <source>The app used more disk space than it may.</source>
        <translation>Die App hat mehr Platz benutzt, als sie darf.</translation>
    </message>
    <message>
        <source>The app started more processes than it may.</source>
        <translation>Die App hat mehr Prozesse gestartet, als sie darf.</translation>
    </message>
    <message>
        <source>Its sandbox has ended, or its host cannot be reached.</source>
        <translation>Ihre Sandbox ist beendet, oder ihr Host ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The app has no start page yet.</source>
        <translation>Die App hat noch keine Startseite.</translation>
    </message>
    <message>
        <source>The app&apos;s server stopped with exit code %1.</source>
        <translation>Der Server der App endete mit dem Code %1.</translation>
    </message>
    <message>
        <source>Nothing has been made yet.</source>
        <translation>Es wurde noch nichts gebaut.</translation>
    </message>
    <message>
        <source>No service worker runs here: it would show the app as it was before.</source>
        <translation>Hier läuft kein Service Worker: Er würde die App zeigen, wie sie vorher war.</translation>
    </message>
</context>
<context>
    <name>Projects</name>
    <message>
        <source>A file of Flotilla is missing or damaged: %1. Install it again.</source>
        <translation>Eine Datei von Flotilla fehlt oder ist beschädigt: %1. Installieren Sie es neu.</translation>
    </message>
    <message>
        <source>The app&apos;s sandbox ended while it was used. Try again.</source>
        <translation>Die Sandbox der App endete, während sie benutzt wurde. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The lock file of the app cannot be made in %1.</source>
        <translation>Die Sperrdatei der App kann in %1 nicht angelegt werden.</translation>
    </message>
    <message>
        <source>Another program is working on this app. Wait until it is done, or stop it there.</source>
        <translation>Ein anderes Programm arbeitet an dieser App. Warten Sie, bis es fertig ist, oder halten Sie es dort an.</translation>
    </message>
    <message>
        <source>More lines of this second are left out.</source>
        <translation>Weitere Zeilen dieser Sekunde sind ausgelassen.</translation>
    </message>
    <message>
        <source>New app</source>
        <translation>Neue App</translation>
    </message>
    <message>
        <source>%1 copy</source>
        <translation>%1 (Kopie)</translation>
    </message>
    <message>
        <source>Copy of %1</source>
        <translation>Kopie von %1</translation>
    </message>
    <message>
        <source>An app needs a name.</source>
        <translation>Eine App braucht einen Namen.</translation>
    </message>
    <message>
        <source>Restored version %1</source>
        <translation>Version %1 wiederhergestellt</translation>
    </message>
    <message>
        <source>Write what you would like to have.</source>
        <translation>Schreiben Sie, was Sie gern hätten.</translation>
    </message>
    <message>
        <source>The text has %1 characters, and at most %2 can be sent. Shorten it.</source>
        <translation>Der Text hat %1 Zeichen, höchstens %2 können gesendet werden. Kürzen Sie ihn.</translation>
    </message>
    <message>
        <source>At most %1 images can be attached.</source>
        <translation>Höchstens %1 Bilder können angehängt werden.</translation>
    </message>
    <message>
        <source>An image is larger than 5 MB. Attach a smaller one.</source>
        <translation>Ein Bild ist größer als 5 MB. Hängen Sie ein kleineres an.</translation>
    </message>
    <message>
        <source>The app is being worked on. Wait, or stop it first.</source>
        <translation>An der App wird gearbeitet. Warten Sie oder halten Sie sie zuerst an.</translation>
    </message>
    <message>
        <source>There is no wish to try again.</source>
        <translation>Es gibt keinen Wunsch zum Wiederholen.</translation>
    </message>
    <message>
        <source>This message is not there any more.</source>
        <translation>Diese Nachricht gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>The app shows, but something in it does not work. Please fix this:</source>
        <translation>Die App wird gezeigt, aber etwas darin funktioniert nicht. Bitte behebe das:</translation>
    </message>
    <message>
        <source>Imported from %1</source>
        <translation>Importiert aus %1</translation>
    </message>
    <message>
        <source>An import cannot be asked for again. Write what is to change, or import the file once more.</source>
        <translation>Ein Import lässt sich nicht wiederholen. Schreiben Sie, was sich ändern soll, oder importieren Sie die Datei noch einmal.</translation>
    </message>
    <message>
        <source>One file is in the app now.</source>
        <translation>Eine Datei ist jetzt in der App.</translation>
    </message>
    <message>
        <source>%1 files are in the app now.</source>
        <translation>%1 Dateien sind jetzt in der App.</translation>
    </message>
    <message>
        <source>One file of tools was left out (.git, node_modules and the like).</source>
        <translation>Eine Datei von Werkzeugen wurde ausgelassen (.git, node_modules und dergleichen).</translation>
    </message>
    <message>
        <source>%1 files of tools were left out (.git, node_modules and the like).</source>
        <translation>%1 Dateien von Werkzeugen wurden ausgelassen (.git, node_modules und dergleichen).</translation>
    </message>
</context>
<context>
    <name>Recording</name>
    <message>
        <source>Nothing may follow &quot;done&quot;.</source>
        <translation>Nach &quot;done&quot; darf nichts kommen.</translation>
    </message>
    <message>
        <source>&quot;at&quot; is missing, goes back, or is past the limit.</source>
        <translation>&quot;at&quot; fehlt, geht zurück oder ist zu groß.</translation>
    </message>
    <message>
        <source>It is of no known kind.</source>
        <translation>Es ist von keiner bekannten Art.</translation>
    </message>
    <message>
        <source>Its text is no text.</source>
        <translation>Sein Text ist kein Text.</translation>
    </message>
    <message>
        <source>A call needs an index that is not in use.</source>
        <translation>Ein Aufruf braucht einen freien Index.</translation>
    </message>
    <message>
        <source>A call needs an id and a name.</source>
        <translation>Ein Aufruf braucht eine Kennung und einen Namen.</translation>
    </message>
    <message>
        <source>An input needs a text and the index of a call that has begun.</source>
        <translation>Eine Eingabe braucht einen Text und den Index eines begonnenen Aufrufs.</translation>
    </message>
    <message>
        <source>The end of a call does not fit its beginning.</source>
        <translation>Das Ende eines Aufrufs passt nicht zu seinem Anfang.</translation>
    </message>
    <message>
        <source>The usage is not complete.</source>
        <translation>Der Verbrauch ist nicht vollständig.</translation>
    </message>
    <message>
        <source>The reason of its end is not known.</source>
        <translation>Der Grund ihres Endes ist unbekannt.</translation>
    </message>
    <message>
        <source>The answer has more than %1 events.</source>
        <translation>Die Antwort hat mehr als %1 Ereignisse.</translation>
    </message>
    <message>
        <source>Event %1: %2</source>
        <translation>Ereignis %1: %2</translation>
    </message>
    <message>
        <source>The answer does not end with &quot;done&quot;.</source>
        <translation>Die Antwort endet nicht mit &quot;done&quot;.</translation>
    </message>
    <message>
        <source>The line is longer than %1 bytes.</source>
        <translation>Die Zeile ist länger als %1 Bytes.</translation>
    </message>
    <message>
        <source>It is not JSON: %1.</source>
        <translation>Das ist kein JSON: %1.</translation>
    </message>
    <message>
        <source>It does not say &quot;format&quot;: &quot;%1&quot;.</source>
        <translation>Es fehlt &quot;format&quot;: &quot;%1&quot;.</translation>
    </message>
    <message>
        <source>&quot;model&quot;, &quot;prompt&quot; or &quot;tools&quot; is missing or not of the right kind.</source>
        <translation>&quot;model&quot;, &quot;prompt&quot; oder &quot;tools&quot; fehlt oder ist von der falschen Art.</translation>
    </message>
    <message>
        <source>&quot;step&quot; is not a number from 0 to %1.</source>
        <translation>&quot;step&quot; ist keine Zahl von 0 bis %1.</translation>
    </message>
    <message>
        <source>The recording %1 cannot be replayed. %2</source>
        <translation>Die Aufzeichnung %1 kann nicht abgespielt werden. %2</translation>
    </message>
    <message>
        <source>It has more than %1 answers.</source>
        <translation>Sie hat mehr als %1 Antworten.</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>Line %1: answers with and without tools cannot be in one file.</source>
        <translation>Zeile %1: Antworten mit und ohne Werkzeuge können nicht in einer Datei stehen.</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Die Datei kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>It is no file, or larger than %1 MB.</source>
        <translation>Das ist keine Datei, oder sie ist größer als %1 MB.</translation>
    </message>
    <message>
        <source>No answer in it begins a conversation.</source>
        <translation>Keine ihrer Antworten beginnt ein Gespräch.</translation>
    </message>
    <message>
        <source>The recording %1 cannot be made. Choose a name that does not exist yet.</source>
        <translation>Die Aufzeichnung %1 kann nicht angelegt werden. Wähle einen Namen, den es noch nicht gibt.</translation>
    </message>
    <message>
        <source>The recording has no further answer in this conversation.</source>
        <translation>Die Aufzeichnung hat in diesem Gespräch keine weitere Antwort.</translation>
    </message>
    <message>
        <source>Recorded answers of %1 (%2)</source>
        <translation>Aufgezeichnete Antworten von %1 (%2)</translation>
    </message>
    <message>
        <source>The recording %1 is not complete. %2</source>
        <translation>Die Aufnahme %1 ist nicht vollständig. %2</translation>
    </message>
    <message>
        <source>An answer is too large for it.</source>
        <translation>Eine Antwort ist zu groß für sie.</translation>
    </message>
    <message>
        <source>It cannot be written. Free some space there.</source>
        <translation>Sie kann nicht geschrieben werden. Schaffen Sie dort Platz.</translation>
    </message>
</context>
<context>
    <name>Sampler</name>
    <message>
        <source>Built-in sampler, not a language model</source>
        <translation>Eingebauter Sampler, kein Sprachmodell</translation>
    </message>
</context>
<context>
    <name>Sandbox</name>
    <message>
        <source>The sandbox does not run.</source>
        <translation>Die Sandbox läuft nicht.</translation>
    </message>
    <message>
        <source>The name of the sandbox is not acceptable.</source>
        <translation>Der Name der Sandbox ist nicht zulässig.</translation>
    </message>
    <message>
        <source>Only sandboxes without network are offered.</source>
        <translation>Es gibt nur Sandboxes ohne Netz.</translation>
    </message>
    <message>
        <source>Every limit of a sandbox must be more than zero.</source>
        <translation>Jede Grenze einer Sandbox muss größer als null sein.</translation>
    </message>
    <message>
        <source>The program is closing.</source>
        <translation>Das Programm wird beendet.</translation>
    </message>
    <message>
        <source>The sandbox was not started: its description is not acceptable.</source>
        <translation>Die Sandbox wurde nicht gestartet: Ihre Beschreibung ist nicht zulässig.</translation>
    </message>
    <message>
        <source>%1 cannot enforce the rules of a sandbox.</source>
        <translation>%1 kann die Regeln einer Sandbox nicht durchsetzen.</translation>
    </message>
    <message>
        <source>The sandbox on %1 did not answer in time.</source>
        <translation>Die Sandbox auf %1 hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufen</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Hält an</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>Braucht einen Blick</translation>
    </message>
    <message>
        <source>Out of reach</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>it ended by itself</source>
        <translation>sie endete von selbst</translation>
    </message>
    <message>
        <source>it was ended from outside</source>
        <translation>sie wurde von außen beendet</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>es dauerte zu lange</translation>
    </message>
    <message>
        <source>nobody used it for a while</source>
        <translation>niemand hat sie eine Weile benutzt</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>zu wenig Speicher</translation>
    </message>
    <message>
        <source>out of disk space</source>
        <translation>zu wenig Platz</translation>
    </message>
    <message>
        <source>too many processes</source>
        <translation>zu viele Prozesse</translation>
    </message>
    <message>
        <source>it did not start in time</source>
        <translation>sie startete nicht rechtzeitig</translation>
    </message>
    <message>
        <source>its computer cannot be reached</source>
        <translation>ihr Computer ist nicht erreichbar</translation>
    </message>
    <message>
        <source>this computer cannot enforce its rules</source>
        <translation>dieser Computer kann ihre Regeln nicht durchsetzen</translation>
    </message>
    <message>
        <source>it could not be started</source>
        <translation>sie konnte nicht gestartet werden</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>The launcher answered something that makes no sense.</source>
        <translation>Das Startprogramm hat etwas Unverständliches geantwortet.</translation>
    </message>
    <message>
        <source>The container engine answered something that makes no sense.</source>
        <translation>Die Container-Engine hat etwas Unverständliches geantwortet.</translation>
    </message>
    <message>
        <source>The description of a snapshot makes no sense.</source>
        <translation>Die Beschreibung eines Snapshots ist unverständlich.</translation>
    </message>
    <message>
        <source>%1 could not start a sandbox. Settings, Doctor (or flotillactl doctor) names what is missing.</source>
        <translation>%1 konnte keine Sandbox starten. Einstellungen, Doctor (oder flotillactl doctor) nennt, was fehlt.</translation>
    </message>
    <message>
        <source>This container engine has no system call filter.</source>
        <translation>Dieses Container-Programm hat keinen Systemruf-Filter.</translation>
    </message>
    <message>
        <source>The sandbox was ended while it started.</source>
        <translation>Die Sandbox wurde beim Starten beendet.</translation>
    </message>
    <message>
        <source>The sandbox was not created.</source>
        <translation>Die Sandbox wurde nicht angelegt.</translation>
    </message>
    <message>
        <source>The sandbox could not be started.</source>
        <translation>Die Sandbox konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>The sandbox did not start in time.</source>
        <translation>Die Sandbox startete nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>The base image of the sandboxes could not be made.</source>
        <translation>Das Basis-Image der Sandboxen konnte nicht erstellt werden.</translation>
    </message>
    <message>
        <source>The image %1 could not be fetched. Check its name and the network of %2.</source>
        <translation>Das Image %1 konnte nicht geholt werden. Seinen Namen und das Netz von %2 prüfen.</translation>
    </message>
    <message>
        <source>The sandbox could not be ended.</source>
        <translation>Die Sandbox konnte nicht beendet werden.</translation>
    </message>
    <message>
        <source>The sandboxes could not be listed.</source>
        <translation>Die Sandboxen konnten nicht aufgelistet werden.</translation>
    </message>
    <message>
        <source>The sandbox could not be looked at.</source>
        <translation>Die Sandbox konnte nicht untersucht werden.</translation>
    </message>
    <message>
        <source>%1 on %2 has not answered since %3.</source>
        <translation>%1 auf %2 antwortet seit %3 nicht.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no name of a container image. Name one in small letters, like node:20 or registry.example.com/team/app:1.2.</source>
        <translation>„%1“ ist kein Name eines Container-Images. Nennen Sie eines in Kleinbuchstaben, etwa node:20 oder registry.example.com/team/app:1.2.</translation>
    </message>
    <message>
        <source>bubblewrap runs apps on the programs of its machine and takes no container image. Choose Podman or Docker, or name no image.</source>
        <translation>bubblewrap lässt Apps mit den Programmen seiner Maschine laufen und nimmt kein Container-Image. Wählen Sie Podman oder Docker, oder nennen Sie kein Image.</translation>
    </message>
    <message>
        <source>This container engine cannot limit memory, processes and processor time here. Without root that takes cgroup v2 and a systemd of the user.</source>
        <translation>Dieses Container-Programm kann hier weder Speicher noch Prozesse noch Rechenzeit begrenzen. Ohne Root braucht das cgroup v2 und ein systemd des Benutzers.</translation>
    </message>
    <message>
        <source>The image %1 is made for %2 and does not run on %3, which is %4. Name one for %4.</source>
        <translation>Das Image %1 ist für %2 gemacht und läuft nicht auf %3 (%4). Nennen Sie eines für %4.</translation>
    </message>
    <message>
        <source>The image %1 has no /bin/sh that runs. Name one with a shell and its libraries, like debian:12-slim or node:20.</source>
        <translation>Das Image %1 hat keine /bin/sh, die läuft. Nennen Sie eines mit einer Shell und deren Bibliotheken, etwa debian:12-slim oder node:20.</translation>
    </message>
    <message>
        <source>Unpacking %1</source>
        <translation>%1 wird ausgepackt</translation>
    </message>
    <message>
        <source>Pulling %1</source>
        <translation>%1 wird geholt</translation>
    </message>
    <message>
        <source>Pulling %1 - %2 of %3 MB</source>
        <translation>%1 wird geholt – %2 von %3 MB</translation>
    </message>
    <message>
        <source>There is no room for the image %1 on %2. Make some, then try again.</source>
        <translation>Auf %2 ist kein Platz für das Image %1. Schaffen Sie welchen und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The image %1 is not made for the processor of %2. Name one that is.</source>
        <translation>Das Image %1 ist nicht für den Prozessor von %2 gemacht. Nennen Sie eines, das es ist.</translation>
    </message>
    <message>
        <source>The registry of the image %1 cannot be reached from %2. Check its address, and the network of %2.</source>
        <translation>Die Registry des Images %1 ist von %2 aus nicht erreichbar. Prüfen Sie ihre Adresse und das Netz von %2.</translation>
    </message>
    <message>
        <source>There is no image %1. Check its name and its tag.</source>
        <translation>Es gibt kein Image %1. Prüfen Sie seinen Namen und sein Tag.</translation>
    </message>
    <message>
        <source>The image %1 has a folder /app of its own, which apps cannot write with %2. Name an image without one, or use another engine.</source>
        <translation>Das Image %1 hat einen eigenen Ordner /app, den Apps mit %2 nicht beschreiben können. Nennen Sie ein Image ohne ihn, oder nehmen Sie eine andere Engine.</translation>
    </message>
    <message>
        <source>The sandbox or snapshot that was asked for is not on %1 any more.</source>
        <translation>Die Sandbox oder der Snapshot, um den es geht, ist nicht mehr auf %1.</translation>
    </message>
    <message>
        <source>%1 cannot be read. Make it readable, or name it in .dockerignore.</source>
        <translation>%1 kann nicht gelesen werden. Machen Sie es lesbar, oder nennen Sie es in .dockerignore.</translation>
    </message>
    <message>
        <source>%1 changed while it was sent. Try again when it is at rest.</source>
        <translation>%1 hat sich beim Senden verändert. Versuchen Sie es noch einmal, wenn es ruht.</translation>
    </message>
    <message>
        <source>There is no %1 in the folder.</source>
        <translation>Im Ordner gibt es kein %1.</translation>
    </message>
    <message>
        <source>%1 is not a plain text file of the folder.</source>
        <translation>%1 ist keine einfache Textdatei des Ordners.</translation>
    </message>
    <message>
        <source>%1 is not in the folder %2.</source>
        <translation>%1 liegt nicht im Ordner %2.</translation>
    </message>
    <message>
        <source>There is no Containerfile and no Dockerfile in %1.</source>
        <translation>In %1 gibt es weder ein Containerfile noch ein Dockerfile.</translation>
    </message>
    <message>
        <source>The build was cancelled.</source>
        <translation>Der Bau wurde abgebrochen.</translation>
    </message>
    <message>
        <source>%1 holds more than an image is built from here: %2 MB, %3 files, %4 folders deep. Name what the build does not need in .dockerignore.</source>
        <translation>%1 enthält mehr, als woraus hier ein Image gebaut wird: %2 MB, %3 Dateien, %4 Ordner tief. Nennen Sie in .dockerignore, was der Bau nicht braucht.</translation>
    </message>
    <message>
        <source>The engine takes no more files.</source>
        <translation>Die Engine nimmt keine Dateien mehr an.</translation>
    </message>
    <message>
        <source>There is no folder %1 that can be read.</source>
        <translation>Es gibt keinen lesbaren Ordner %1.</translation>
    </message>
    <message>
        <source>This program has too many files open to build an image now.</source>
        <translation>Dieses Programm hat zu viele Dateien offen, um jetzt ein Image zu bauen.</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>Liest %1</translation>
    </message>
    <message>
        <source>Sending the folder - %1 of %2 MB</source>
        <translation>Sendet den Ordner - %1 von %2 MB</translation>
    </message>
    <message>
        <source>the base image</source>
        <translation>das Basis-Image</translation>
    </message>
    <message>
        <source>Step %1: %2</source>
        <translation>Schritt %1: %2</translation>
    </message>
    <message>
        <source>(%1 lines are not shown)</source>
        <translation>(%1 Zeilen werden nicht gezeigt)</translation>
    </message>
    <message>
        <source>%1 was not built: step %2, %3, ended with exit code %4.</source>
        <translation>%1 wurde nicht gebaut: Schritt %2, %3, endete mit dem Code %4.</translation>
    </message>
    <message>
        <source>%1 was not built: step %2, %3, failed: %4</source>
        <translation>%1 wurde nicht gebaut: Schritt %2, %3, schlug fehl: %4</translation>
    </message>
    <message>
        <source>%1 was not built: there is no room left on %2.</source>
        <translation>%1 wurde nicht gebaut: Auf %2 ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>%1 was not built: %2</source>
        <translation>%1 wurde nicht gebaut: %2</translation>
    </message>
    <message>
        <source>%1 was built, and is not there.</source>
        <translation>%1 wurde gebaut und ist nicht da.</translation>
    </message>
    <message>
        <source>The images could not be listed.</source>
        <translation>Die Images konnten nicht aufgezählt werden.</translation>
    </message>
    <message>
        <source>Line %1 of %2 is no pattern that can be read: %3</source>
        <translation>Zeile %1 von %2 ist kein lesbares Muster: %3</translation>
    </message>
    <message>
        <source>Say what the image is to be called.</source>
        <translation>Sagen Sie, wie das Image heißen soll.</translation>
    </message>
    <message>
        <source>An image is built under a name and a tag, like localhost/tools:1, without a digest.</source>
        <translation>Ein Image wird unter einem Namen und einem Tag gebaut, etwa localhost/tools:1, ohne Digest.</translation>
    </message>
    <message>
        <source>The registry of the image %1 asks who you are. Your login is kept by %2, which Flotilla does not ask: fetch the image on %3 with &quot;docker pull&quot; or &quot;podman pull&quot;, then try again.</source>
        <translation>Die Registry des Images %1 fragt, wer Sie sind. Ihre Anmeldung verwahrt %2, das Flotilla nicht fragt: Holen Sie das Image auf %3 mit „docker pull“ oder „podman pull“, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>There is no image %1, or its registry asks who you are. Check the name, or sign in on this computer with &quot;podman login&quot; or &quot;docker login&quot;, then try again.</source>
        <translation>Es gibt kein Image %1, oder seine Registry fragt, wer Sie sind. Prüfen Sie den Namen, oder melden Sie sich auf diesem Computer mit „podman login“ oder „docker login“ an, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>A disk of %1 is full. Free some space, then try again.</source>
        <translation>Ein Datenträger von %1 ist voll. Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
</context>
<context>
    <name>Secrets</name>
    <message>
        <source>The keychain is locked. Unlock it and try again.</source>
        <translation>Der Schlüsselbund ist gesperrt. Entsperren Sie ihn und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The key could not be removed from the keychain.</source>
        <translation>Der Schlüssel konnte nicht aus dem Schlüsselbund entfernt werden.</translation>
    </message>
    <message>
        <source>This computer has no keychain that Flotilla can use. Install and unlock gnome-keyring or KWallet, or set ANTHROPIC_API_KEY or OPENAI_API_KEY.</source>
        <translation>Dieser Computer hat keinen Schlüsselbund, den Flotilla nutzen kann. Installieren und entsperren Sie gnome-keyring oder KWallet, oder setzen Sie ANTHROPIC_API_KEY oder OPENAI_API_KEY.</translation>
    </message>
    <message>
        <source>The program is closing.</source>
        <translation>Das Programm wird beendet.</translation>
    </message>
    <message>
        <source>The keychain does not answer. Unlock it and try again.</source>
        <translation>Der Schlüsselbund antwortet nicht. Entsperren Sie ihn und versuchen Sie es noch einmal.</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Flotilla cannot start</source>
        <translation>Flotilla kann nicht starten</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>Storage</name>
    <message>
        <source>There is no app &quot;%1&quot;.</source>
        <translation>Es gibt keine App „%1“.</translation>
    </message>
    <message>
        <source>This message is gone.</source>
        <translation>Diese Nachricht gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The file flotilla.db in %1 belongs to another program. Choose another folder.</source>
        <translation>Die Datei flotilla.db in %1 gehört zu einem anderen Programm. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>The store in %1 was written by a newer Flotilla. Update Flotilla to open it.</source>
        <translation>Der Speicher in %1 stammt von einem neueren Flotilla. Aktualisieren Sie Flotilla, um ihn zu öffnen.</translation>
    </message>
    <message>
        <source>Flotilla cannot write to %1. Check the folder&apos;s permissions.</source>
        <translation>Flotilla kann nicht in %1 schreiben. Prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>Another program is opening the store. Try again in a moment.</source>
        <translation>Ein anderes Programm öffnet gerade den Speicher. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The disk that holds %1 is full. Free some space, then try again.</source>
        <translation>Der Datenträger mit %1 ist voll. Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This app has no version yet.</source>
        <translation>Diese App hat noch keine Version.</translation>
    </message>
    <message>
        <source>This app has no version %1.</source>
        <translation>Diese App hat keine Version %1.</translation>
    </message>
    <message>
        <source>The message of this version is gone.</source>
        <translation>Die Nachricht dieser Version ist nicht mehr da.</translation>
    </message>
    <message>
        <source>The app was stopped while it was moved.</source>
        <translation>Die App wurde angehalten, während sie umzog.</translation>
    </message>
    <message>
        <source>The store in %1 is damaged. Restart Flotilla: it keeps a copy and starts a new one.</source>
        <translation>Der Speicher in %1 ist beschädigt. Flotilla neu starten: Es behält eine Kopie und legt einen neuen an.</translation>
    </message>
    <message>
        <source>This app is no longer in the store.</source>
        <translation>Diese App ist nicht mehr im Speicher.</translation>
    </message>
    <message>
        <source>This is already in the store.</source>
        <translation>Das ist schon im Speicher.</translation>
    </message>
    <message>
        <source>Another program is writing to the store. Try again.</source>
        <translation>Ein anderes Programm schreibt gerade in den Speicher. Noch einmal versuchen.</translation>
    </message>
    <message>
        <source>This is too large or not valid for the store.</source>
        <translation>Das ist zu groß oder für den Speicher nicht gültig.</translation>
    </message>
    <message>
        <source>The store in %1 cannot be read or written. Check the disk and its permissions.</source>
        <translation>Der Speicher in %1 kann nicht gelesen oder geschrieben werden. Platte und Rechte prüfen.</translation>
    </message>
    <message>
        <source>The store failed. Please report this.</source>
        <translation>Der Speicher hat versagt. Bitte melden.</translation>
    </message>
    <message>
        <source>A file of this version is damaged in the store in %1. Restore another version.</source>
        <translation>Eine Datei dieser Version ist im Speicher in %1 beschädigt. Eine andere Version wiederherstellen.</translation>
    </message>
    <message>
        <source>The disk that holds %1 can only be read. Make it writable, or start Flotilla with --data and another folder.</source>
        <translation>Der Datenträger mit %1 ist schreibgeschützt. Beschreibbar machen, oder Flotilla mit --data und einem anderen Ordner starten.</translation>
    </message>
</context>
<context>
    <name>Turn</name>
    <message>
        <source>Not finished.</source>
        <translation>Nicht fertig.</translation>
    </message>
    <message>
        <source>This model cannot see images; it was sent the text only.</source>
        <translation>Dieses Modell kann keine Bilder sehen; es bekam nur den Text.</translation>
    </message>
    <message>
        <source>The program ended during this turn. What was made until then is kept.</source>
        <translation>Das Programm endete mitten in diesem Wunsch. Was bis dahin fertig war, bleibt.</translation>
    </message>
    <message>
        <source>Waiting for the model. %1</source>
        <translation>Warten auf das Modell. %1</translation>
    </message>
    <message>
        <source>The app has no start page yet.</source>
        <translation>Die App hat noch keine Startseite.</translation>
    </message>
    <message>
        <source>The app&apos;s server does not start: %1.</source>
        <translation>Der Server der App startet nicht: %1.</translation>
    </message>
    <message>
        <source>The app does not build: %1.</source>
        <translation>Die App lässt sich nicht bauen: %1.</translation>
    </message>
    <message>
        <source>The app does not build: %1 in %2.</source>
        <translation>Die App lässt sich nicht bauen: %1 in %2.</translation>
    </message>
    <message>
        <source>The build found an error: %1</source>
        <translation>Beim Bauen fand sich ein Fehler: %1</translation>
    </message>
    <message>
        <source>The app does not answer: %1</source>
        <translation>Die App antwortet nicht: %1</translation>
    </message>
    <message>
        <source>The page reports an error: %1</source>
        <translation>Die Seite meldet einen Fehler: %1</translation>
    </message>
    <message>
        <source>The page did not load.</source>
        <translation>Die Seite wurde nicht geladen.</translation>
    </message>
    <message>
        <source>The page is empty.</source>
        <translation>Die Seite ist leer.</translation>
    </message>
    <message>
        <source>No file was changed, so there is no new version. If you asked for a change, say what should look or work differently, or choose another model.</source>
        <translation>Keine Datei wurde geändert, also gibt es keine neue Version. Wer eine Änderung wollte, sagt, was anders aussehen oder sich anders verhalten soll, oder wählt ein anderes Modell.</translation>
    </message>
    <message>
        <source>The model declined this wish. Put it in other words, or choose another model.</source>
        <translation>Das Modell hat diesen Wunsch abgelehnt. Ihn anders ausdrücken oder ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>The conversation is too long for this model. Choose a model with a larger context, or duplicate the app to go on with a fresh conversation.</source>
        <translation>Das Gespräch ist für dieses Modell zu lang. Ein Modell mit größerem Kontext wählen oder die App duplizieren und mit einem neuen Gespräch weitermachen.</translation>
    </message>
    <message>
        <source>The turn reached its budget and was stopped. What was made is kept. Raise the budget in Settings to go on.</source>
        <translation>Die Runde hat ihr Budget erreicht und wurde angehalten. Fertiges bleibt erhalten. Zum Weitermachen das Budget in den Einstellungen erhöhen.</translation>
    </message>
    <message>
        <source>The model repeated the same step, so the turn was ended here.</source>
        <translation>Das Modell wiederholte denselben Schritt, darum endet die Runde hier.</translation>
    </message>
    <message>
        <source>The model took very many steps, so the turn was ended here.</source>
        <translation>Das Modell brauchte sehr viele Schritte, darum endet die Runde hier.</translation>
    </message>
    <message>
        <source>The answers of this model were cut off at their length limit. Ask for something smaller, or choose a model that can write longer answers.</source>
        <translation>Die Antworten dieses Modells wurden an ihrer Längengrenze abgeschnitten. Etwas Kleineres wünschen oder ein Modell wählen, das längere Antworten schreibt.</translation>
    </message>
    <message>
        <source>The answer was cut off; the model goes on.</source>
        <translation>Die Antwort wurde abgeschnitten; das Modell macht weiter.</translation>
    </message>
    <message>
        <source>The model answered but wrote no file. Try again, or choose a larger model.</source>
        <translation>Das Modell hat geantwortet, aber keine Datei geschrieben. Noch einmal versuchen oder ein größeres Modell wählen.</translation>
    </message>
    <message>
        <source>The connection to the model broke; trying again.</source>
        <translation>Die Verbindung zum Modell brach ab; neuer Versuch.</translation>
    </message>
    <message>
        <source>%1 The model tried to repair it and did not succeed.</source>
        <translation>%1 Das Modell hat versucht, es zu beheben, ohne Erfolg.</translation>
    </message>
    <message>
        <source>Version %1 is damaged in the store and cannot be read. What was made is kept on top of version %2.</source>
        <translation>Version %1 ist im Speicher beschädigt und nicht lesbar. Was entstanden ist, setzt auf Version %2 auf.</translation>
    </message>
    <message>
        <source>The last change of %1 failed and was not made another way, so something that the model says may be missing.</source>
        <translation>Die letzte Änderung von %1 schlug fehl und wurde nicht anders nachgeholt. Etwas von dem, was das Modell sagt, kann also fehlen.</translation>
    </message>
    <message>
        <source>The model deleted every file of the app, so nothing of this was kept. The app is as it was before.</source>
        <translation>Das Modell löschte alle Dateien der App, deshalb wurde nichts davon behalten. Die App ist wie zuvor.</translation>
    </message>
</context>
</TS>
