// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/theme.h"

#include "widgets/common/desktopscheme.h"
#include "widgets/common/flotillastyle.h"
#include "widgets/common/stylesheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPalette>
#include <QToolTip>

namespace Flotilla {

namespace {
bool figuresAreTabular(const QFont &font)
{
    const QFontMetricsF metrics(font);
    const double width = metrics.horizontalAdvance(QLatin1Char('0'));
    for (char digit = '1'; digit <= '9'; ++digit) {
        if (qAbs(metrics.horizontalAdvance(QLatin1Char(digit)) - width) > 0.01)
            return false;
    }
    return true;
}

// Qt 6.4 cannot switch on the "tnum" feature, so a face whose figures are tabular anyway stands in.
QString tabularFamily(const QString &family)
{
    const QStringList candidates{family, QStringLiteral("DejaVu Sans"), QStringLiteral("Noto Sans"),
                                 QStringLiteral("Liberation Sans")};
    for (const QString &candidate : candidates) {
        QFont font(candidate);
        font.setPixelSize(13);
        if (QFontDatabase::hasFamily(candidate) && figuresAreTabular(font))
            return candidate;
    }
    return family;
}

QPalette widgetPalette(const Palette &c)
{
    QPalette palette(c.text, c.raised, c.surface, c.border, c.border, c.text, c.text, c.surface, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::AlternateBase, c.window);
    palette.setColor(QPalette::Highlight, c.accentFill);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::Link, c.accentFill);
    palette.setColor(QPalette::LinkVisited, c.accentFill);
    palette.setColor(QPalette::ToolTipBase, c.raised);
    palette.setColor(QPalette::ToolTipText, c.text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.faint);
    return palette;
}
} // namespace

Theme &Theme::instance()
{
    static Theme theme;
    return theme;
}

Theme::Theme() = default;
Theme::~Theme() = default;

void Theme::install(QApplication &application)
{
    m_application = &application;
    m_family = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    m_tabularFamily = tabularFamily(m_family);
    m_desktop = std::make_unique<DesktopScheme>();
    connect(m_desktop.get(), &DesktopScheme::changed, this, &Theme::update);
    connect(&application, &QObject::destroyed, this, [this] { m_desktop.reset(); });
    QApplication::setStyle(new FlotillaStyle);
    QApplication::setFont(font());
    m_dark = m_mode == ThemeMode::Dark || (m_mode == ThemeMode::System && m_desktop->isDark());
    apply();
}

void Theme::setMode(ThemeMode mode)
{
    m_mode = mode;
    update();
}

const Palette &Theme::colors() const
{
    return m_dark ? Palette::darkPalette() : Palette::lightPalette();
}

void Theme::update()
{
    const bool dark = m_mode == ThemeMode::Dark || (m_mode == ThemeMode::System && m_desktop && m_desktop->isDark());
    if (std::exchange(m_dark, dark) != dark && m_application)
        apply();
}

void Theme::apply()
{
    const QPalette palette = widgetPalette(colors());
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    m_application->setStyleSheet(buildStyleSheet(colors()));
    Q_EMIT changed();
}

QFont Theme::font(TextSize size, QFont::Weight weight) const
{
    QFont font(m_family.isEmpty() ? QFontDatabase::systemFont(QFontDatabase::GeneralFont).family() : m_family);
    font.setPixelSize(static_cast<int>(size));
    font.setWeight(weight);
    return font;
}

QFont Theme::monospace(int pixelSize) const
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(pixelSize);
    return font;
}

QFont Theme::tabular(TextSize size, QFont::Weight weight) const
{
    QFont font = Theme::font(size, weight);
    if (!m_tabularFamily.isEmpty())
        font.setFamily(m_tabularFamily);
    return font;
}

ThemeMode Theme::modeFromString(const QString &text)
{
    if (text == QLatin1String("light"))
        return ThemeMode::Light;
    return text == QLatin1String("dark") ? ThemeMode::Dark : ThemeMode::System;
}

QString Theme::toString(ThemeMode mode)
{
    switch (mode) {
    case ThemeMode::Light:
        return QStringLiteral("light");
    case ThemeMode::Dark:
        return QStringLiteral("dark");
    case ThemeMode::System:
        break;
    }
    return QStringLiteral("system");
}

} // namespace Flotilla
