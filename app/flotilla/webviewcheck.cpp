// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flotilla/webviewcheck.h"

#include "backends/sandbox/doctortext.h"

#include <QFile>

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Flotilla {

bool mayMakeNamespaces()
{
    const pid_t child = fork();
    if (child == 0) // two steps: AppArmor grants the first and then refuses what it is for
        _exit(unshare(CLONE_NEWUSER) == 0 && unshare(CLONE_NEWPID | CLONE_NEWNET) == 0 ? 0 : 1);
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

PreflightCheck webViewCheck(bool confined)
{
    PreflightCheck check{QStringLiteral("webview"), DoctorText::tr("Web view"), confined, false, {}, {}};
    check.text = confined ? DoctorText::tr("Pages are drawn in a sandbox of their own.")
                          : DoctorText::tr("Pages are drawn behind a system call filter only: this system refuses "
                                           "Flotilla namespaces.");
    if (!confined)
        check.remedy =
            QFile::exists(QStringLiteral("/etc/apparmor.d"))
                ? DoctorText::appArmorProfile(QStringLiteral("flotilla"), QCoreApplication::applicationFilePath())
                : DoctorText::tr("Allow user namespaces, as above, and start Flotilla again.");
    return check;
}

} // namespace Flotilla
