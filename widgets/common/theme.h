// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tokens.h"

#include <QFont>
#include <QObject>

#include <memory>

class QApplication;

namespace Flotilla {

class DesktopScheme;

enum class ThemeMode { System, Light, Dark };

/// Colours, fonts and motion of the window, switchable while it runs. GUI thread only; one per process.
/// Widgets that paint read `colors()` in paintEvent, so a switch needs no more than a repaint.
class Theme : public QObject
{
    Q_OBJECT

public:
    static Theme &instance();
    ~Theme() override;

    /// Installs style, palette, fonts and style sheet. Call once, before the first widget.
    void install(QApplication &application);

    ThemeMode mode() const { return m_mode; }
    void setMode(ThemeMode mode);
    bool isDark() const { return m_dark; }
    const Palette &colors() const;

    bool reducedMotion() const { return m_reducedMotion; }
    void setReducedMotion(bool reduced) { m_reducedMotion = reduced; }
    /// `milliseconds`, or 0 with reduced motion.
    int duration(int milliseconds = Motion::normal) const { return m_reducedMotion ? 0 : milliseconds; }

    QFont font(TextSize size = TextSize::Base, QFont::Weight weight = QFont::Normal) const;
    QFont monospace(int pixelSize = 12) const;
    /// Figures of equal width, for numbers that change.
    QFont tabular(TextSize size = TextSize::Base, QFont::Weight weight = QFont::Normal) const;

    static ThemeMode modeFromString(const QString &text); ///< "light", "dark", anything else: System
    static QString toString(ThemeMode mode);

Q_SIGNALS:
    void changed(); ///< after the new colours are in force

private:
    Theme();
    void update();
    void apply();

    QApplication *m_application = nullptr;
    std::unique_ptr<DesktopScheme> m_desktop;
    ThemeMode m_mode = ThemeMode::System;
    bool m_dark = false;
    bool m_reducedMotion = false;
    QString m_family;
    QString m_tabularFamily;
};

/// Shorthand for painting code.
inline const Palette &colors()
{
    return Theme::instance().colors();
}

} // namespace Flotilla
