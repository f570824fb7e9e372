// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/stylesheet.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace Flotilla;

// WCAG 2: relative luminance and contrast.
static double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

static double contrast(const QColor &a, const QColor &b)
{
    const double high = qMax(luminance(a), luminance(b));
    const double low = qMin(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

class TestTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadable_data()
    {
        QTest::addColumn<QColor>("text");
        QTest::addColumn<QColor>("background");
        for (const Palette *p : {&Palette::lightPalette(), &Palette::darkPalette()}) {
            const char *name = p->dark ? "dark" : "light";
            for (const QColor &back : {p->window, p->surface, p->raised}) {
                QTest::addRow("%s text on %s", name, qPrintable(back.name())) << p->text << back;
                QTest::addRow("%s muted on %s", name, qPrintable(back.name())) << p->muted << back;
                QTest::addRow("%s accent on %s", name, qPrintable(back.name())) << p->accentFill << back;
                for (const auto kind : {StatusKind::Live, StatusKind::Working, StatusKind::Building, StatusKind::Failed,
                                        StatusKind::Partial})
                    QTest::addRow("%s status %d on %s", name, int(kind), qPrintable(back.name()))
                        << p->status(kind) << back;
            }
            QTest::addRow("%s button", name) << p->onAccent << p->accentFill;
            QTest::addRow("%s text on soft accent", name) << p->text << p->accentSoft;
        }
    }
    void textIsReadable()
    {
        QFETCH(QColor, text);
        QFETCH(QColor, background);
        const double ratio = contrast(text, background);
        QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
    }

    void styleSheetHasEveryToken_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void styleSheetHasEveryToken()
    {
        QFETCH(bool, dark);
        const auto &palette = dark ? Palette::darkPalette() : Palette::lightPalette();
        const QString sheet = buildStyleSheet(palette);
        QVERIFY(!sheet.contains(QLatin1Char('@')));
        QVERIFY(sheet.contains(palette.accentFill.name()));
    }

    void themeSwitchesWhileRunning()
    {
        Theme &theme = Theme::instance();
        theme.install(*qApp);
        theme.setMode(ThemeMode::Light);
        QSignalSpy changed(&theme, &Theme::changed);
        theme.setMode(ThemeMode::Dark);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(theme.colors().window, Palette::darkPalette().window);
        QCOMPARE(qApp->palette().color(QPalette::Window), Palette::darkPalette().window);
        theme.setMode(ThemeMode::Dark);
        QCOMPARE(changed.count(), 1);
    }

    void motionCanBeReduced()
    {
        Theme &theme = Theme::instance();
        QCOMPARE(theme.duration(100), 100);
        theme.setReducedMotion(true);
        QCOMPARE(theme.duration(100), 0);
        theme.setReducedMotion(false);
    }

    void tabularFiguresHaveOneWidth()
    {
        const QFontMetricsF metrics(Theme::instance().tabular(TextSize::Base));
        const double width = metrics.horizontalAdvance(QLatin1Char('0'));
        for (char digit = '1'; digit <= '9'; ++digit)
            QCOMPARE(metrics.horizontalAdvance(QLatin1Char(digit)), width);
    }

    void modeNamesSurviveTheSettings()
    {
        for (const auto mode : {ThemeMode::System, ThemeMode::Light, ThemeMode::Dark})
            QCOMPARE(Theme::modeFromString(Theme::toString(mode)), mode);
        QCOMPARE(Theme::modeFromString(QStringLiteral("nonsense")), ThemeMode::System);
    }
};

QTEST_MAIN(TestTokens)
#include "tst_tokens.moc"
