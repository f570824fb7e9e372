// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace Flotilla {

/// DoctorText::tr(): the words of every backend's preflight, in one translation context.
class DoctorText
{
    Q_DECLARE_TR_FUNCTIONS(Doctor)

public:
    /// Where AppArmor keeps user namespaces from programs without a profile: the commands that give this one a profile.
    static QString appArmorProfile(const QString &name, const QString &program);
};

} // namespace Flotilla
