<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>Chat</name>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::AppTabBar</name>
    <message numerus="yes">
        <source>%n blocked</source>
        <translation>
            <numerusform>%n blocked</numerusform>
            <numerusform>%n blocked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::CodePane</name>
    <message numerus="yes">
        <source>%n unchanged line(s)</source>
        <translation>
            <numerusform>%n unchanged line</numerusform>
            <numerusform>%n unchanged lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::FindBar</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::FleetActions</name>
    <message numerus="yes">
        <source>%n more host(s)</source>
        <translation>
            <numerusform>%n more host</numerusform>
            <numerusform>%n more hosts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop %n app(s)?</source>
        <translation>
            <numerusform>Stop %n app?</numerusform>
            <numerusform>Stop %n apps?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop %n</source>
        <translation>
            <numerusform>Stop %n</numerusform>
            <numerusform>Stop %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart %n app(s)?</source>
        <translation>
            <numerusform>Restart %n app?</numerusform>
            <numerusform>Restart %n apps?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restart %n</source>
        <translation>
            <numerusform>Restart %n</numerusform>
            <numerusform>Restart %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n app(s)?</source>
        <translation>
            <numerusform>Delete %n app?</numerusform>
            <numerusform>Delete %n apps?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n</source>
        <translation>
            <numerusform>Delete %n</numerusform>
            <numerusform>Delete %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopping %n app(s)</source>
        <translation>
            <numerusform>Stopping %n app</numerusform>
            <numerusform>Stopping %n apps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restarting %n app(s)</source>
        <translation>
            <numerusform>Restarting %n app</numerusform>
            <numerusform>Restarting %n apps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleting %n app(s)</source>
        <translation>
            <numerusform>Deleting %n app</numerusform>
            <numerusform>Deleting %n apps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moving %n app(s)</source>
        <translation>
            <numerusform>Moving %n app</numerusform>
            <numerusform>Moving %n apps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waking %n app(s)</source>
        <translation>
            <numerusform>Waking %n app</numerusform>
            <numerusform>Waking %n apps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Labelling %n app(s)</source>
        <translation>
            <numerusform>Labelling %n app</numerusform>
            <numerusform>Labelling %n apps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) are asleep.</source>
        <translation>
            <numerusform>%n app is asleep.</numerusform>
            <numerusform>%n apps are asleep.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) were restarted.</source>
        <translation>
            <numerusform>%n app was restarted.</numerusform>
            <numerusform>%n apps were restarted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) were deleted.</source>
        <translation>
            <numerusform>%n app was deleted.</numerusform>
            <numerusform>%n apps were deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) were moved.</source>
        <translation>
            <numerusform>%n app was moved.</numerusform>
            <numerusform>%n apps were moved.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) are awake.</source>
        <translation>
            <numerusform>%n app is awake.</numerusform>
            <numerusform>%n apps are awake.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) have the label “%1”.</source>
        <translation>
            <numerusform>%n app has the label “%1”.</numerusform>
            <numerusform>%n apps have the label “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The label “%1” was taken off %n app(s).</source>
        <translation>
            <numerusform>The label “%1” was taken off %n app.</numerusform>
            <numerusform>The label “%1” was taken off %n apps.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n app(s) could not be stopped</source>
        <translation>
            <numerusform>%1 of %n app could not be stopped</numerusform>
            <numerusform>%1 of %n apps could not be stopped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n app(s) could not be restarted</source>
        <translation>
            <numerusform>%1 of %n app could not be restarted</numerusform>
            <numerusform>%1 of %n apps could not be restarted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n app(s) could not be deleted</source>
        <translation>
            <numerusform>%1 of %n app could not be deleted</numerusform>
            <numerusform>%1 of %n apps could not be deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n app(s) could not be moved</source>
        <translation>
            <numerusform>%1 of %n app could not be moved</numerusform>
            <numerusform>%1 of %n apps could not be moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n app(s) could not be woken</source>
        <translation>
            <numerusform>%1 of %n app could not be woken</numerusform>
            <numerusform>%1 of %n apps could not be woken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n app(s) could not be labelled</source>
        <translation>
            <numerusform>%1 of %n app could not be labelled</numerusform>
            <numerusform>%1 of %n apps could not be labelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) have no container image of their own any more.</source>
        <translation>
            <numerusform>%n app has no container image of its own any more.</numerusform>
            <numerusform>%n apps have no container image of their own any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) run in the container image %1.</source>
        <translation>
            <numerusform>%n app runs in the container image %1.</numerusform>
            <numerusform>%n apps run in the container image %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::FleetPage</name>
    <message numerus="yes">
        <source> · %n of them not shown by the filter</source>
        <translation>
            <numerusform> · %n of them not shown by the filter</numerusform>
            <numerusform> · %n of them not shown by the filter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None of %n app(s) fits the tab and the filter.</source>
        <translation>
            <numerusform>The only app does not fit the tab and the filter.</numerusform>
            <numerusform>None of %n apps fits the tab and the filter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sandbox(es) go on there as far as is known. Nothing is lost; they show up again when the host answers.</source>
        <translation>
            <numerusform>%n sandbox goes on there as far as is known. Nothing is lost; it shows up again when the host answers.</numerusform>
            <numerusform>%n sandboxes go on there as far as is known. Nothing is lost; they show up again when the host answers.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::HonestyStrip</name>
    <message numerus="yes">
        <source>%n core(s), %1</source>
        <translation>
            <numerusform>%n core, %1</numerusform>
            <numerusform>%n cores, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::HostCardWidget</name>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n core</numerusform>
            <numerusform>%n cores</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %n app(s)</source>
        <translation>
            <numerusform>Show %n app</numerusform>
            <numerusform>Show %n apps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::HostPicker</name>
    <message numerus="yes">
        <source>%n hosts</source>
        <translation>
            <numerusform>%n host</numerusform>
            <numerusform>%n hosts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::HostStrip</name>
    <message numerus="yes">
        <source>%n sandbox(es)</source>
        <translation>
            <numerusform>%n sandbox</numerusform>
            <numerusform>%n sandboxes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Load %1 on %n core(s)</source>
        <translation>
            <numerusform>Load %1 on %n core</numerusform>
            <numerusform>Load %1 on %n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::HostsPage</name>
    <message numerus="yes">
        <source>Stop %n and remove</source>
        <translation>
            <numerusform>Stop %n and remove</numerusform>
            <numerusform>Stop %n and remove</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n app(s) run there. They are stopped and fall asleep; their files stay in the store, and they start elsewhere when you open them. What they stored on %1 is brought to this computer first.</source>
        <translation>
            <numerusform>%n app runs there. It is stopped and falls asleep; its files stay in the store, and it starts elsewhere when you open it. What it stored on %1 is brought to this computer first.</numerusform>
            <numerusform>%n apps run there. They are stopped and fall asleep; their files stay in the store, and they start elsewhere when you open them. What they stored on %1 is brought to this computer first.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::HoverCard</name>
    <message numerus="yes">
        <source>%n retry(s)</source>
        <translation>
            <numerusform>%n retry</numerusform>
            <numerusform>%n retries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::ImageSheet</name>
    <message numerus="yes">
        <source>Container image of %n app(s)</source>
        <translation>
            <numerusform>Container image of %n app</numerusform>
            <numerusform>Container image of %n apps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::LabelSheet</name>
    <message numerus="yes">
        <source>Label %n app(s)</source>
        <translation>
            <numerusform>Label %n app</numerusform>
            <numerusform>Label %n apps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::LogTab</name>
    <message numerus="yes">
        <source>Paused. %n line(s) came since.</source>
        <translation>
            <numerusform>Paused. %n line came since.</numerusform>
            <numerusform>Paused. %n lines came since.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::PromptBox</name>
    <message numerus="yes">
        <source>%n variant(s)</source>
        <translation>
            <numerusform>%n variant</numerusform>
            <numerusform>%n variants</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::PromptsPicker</name>
    <message numerus="yes">
        <source>%n of your own</source>
        <translation>
            <numerusform>%n of your own</numerusform>
            <numerusform>%n of your own</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::QuitDialog</name>
    <message numerus="yes">
        <source>%n app(s) are running</source>
        <translation>
            <numerusform>%n app is running</numerusform>
            <numerusform>%n apps are running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop %n app(s)</source>
        <translation>
            <numerusform>Stop %n app</numerusform>
            <numerusform>Stop %n apps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::SetupPanel</name>
    <message numerus="yes">
        <source>in %n stage(s)</source>
        <translation>
            <numerusform>in %n stage</numerusform>
            <numerusform>in %n stages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Flotilla::SnapshotsTab</name>
    <message numerus="yes">
        <source>%n snapshot(s). They stay on the host where they were taken.</source>
        <translation>
            <numerusform>%n snapshot. It stays on the host where it was taken.</numerusform>
            <numerusform>%n snapshots. They stay on the host where they were taken.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
</TS>
