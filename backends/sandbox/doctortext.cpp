// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/doctortext.h"

namespace Flotilla {

QString DoctorText::appArmorProfile(const QString &name, const QString &program)
{
    return QStringLiteral("sudo tee /etc/apparmor.d/%1 >/dev/null <<'END'\n"
                          "abi <abi/4.0>,\n"
                          "include <tunables/global>\n"
                          "profile %1 \"%2\" flags=(unconfined) {\n"
                          "  userns,\n"
                          "  include if exists <local/%1>\n"
                          "}\n"
                          "END\n"
                          "sudo apparmor_parser -r /etc/apparmor.d/%1")
        .arg(name, program);
}

} // namespace Flotilla
