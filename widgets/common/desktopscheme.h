// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace Flotilla {

/// Whether the desktop is dark: the portal's org.freedesktop.appearance/color-scheme, followed while running; without a
/// portal, the palette that the platform gave at start. (Qt 6.4 has no QStyleHints::colorScheme.) GUI thread.
class DesktopScheme : public QObject
{
    Q_OBJECT

public:
    explicit DesktopScheme(QObject *parent = nullptr);
    bool isDark() const { return m_dark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void watchPortal();
    void setScheme(uint scheme);
    bool m_dark = false;
    bool m_paletteDark = false;
};

} // namespace Flotilla
