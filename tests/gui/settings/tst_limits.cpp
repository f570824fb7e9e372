// SPDX-License-Identifier: GPL-3.0-or-later
// Odd numbers in the fields of Settings, over real settings.
#include "backends/storage/settingsservice.h"
#include "backends/storage/store.h"
#include "widgets/common/theme.h"
#include "widgets/settings/formcard.h"
#include "widgets/settings/plainsections.h"
#include "widgets/settings/sandboxsection.h"
#include "widgets/settings/settingspage.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QListWidget>
#include <QScrollArea>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

class TestLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void cleanup() { QLocale::setDefault(QLocale::c()); }
    void moneyIsReadAsItWasMeant_data();
    void moneyIsReadAsItWasMeant();
    void processorsAreReadAsTheyWereMeant_data();
    void processorsAreReadAsTheyWereMeant();
    void memoryStaysInItsRange_data();
    void memoryStaysInItsRange();
    void checkBoxesEndWhereFieldsEnd();
    void aClickBesideTheEntriesKeepsTheHighlight();
    void theFocusOfASectionIsSeen();

private:
    struct Home
    {
        QTemporaryDir dir;
        std::unique_ptr<Store> store = std::move(*Store::open(dir.path()));
        SettingsService settings{store.get()};
    };
    /// Types over all that the field holds, and leaves it.
    static void type(QAbstractSpinBox *box, const QString &text)
    {
        box->selectAll();
        QTest::keyClicks(box, text);
        QTest::keyClick(box, Qt::Key_Return);
    }
};

void TestLimits::moneyIsReadAsItWasMeant_data()
{
    QTest::addColumn<QString>("locale");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<double>("dollars");
    for (const char *locale : {"de_DE", "en_US"}) {
        const auto row = [locale](const char *typed, double dollars) {
            QTest::addRow("%s %s", locale, typed)
                << QString::fromLatin1(locale) << QString::fromLatin1(typed) << dollars;
        };
        row("0,5", 0.5);
        row("0.5", 0.5);
        row("12,25", 12.25);
        row("12.25", 12.25);
        row("0", 0);
        row("-3", 0); // there is nothing below none
        row("1000", 1000);
        row("999999", 999);
        row("1e9", 19);
    }
}

void TestLimits::moneyIsReadAsItWasMeant()
{
    QFETCH(QString, locale);
    QFETCH(QString, typed);
    QLocale::setDefault(QLocale(locale));
    Home home;
    BudgetSection section(&home.settings);
    type(section.findChild<QDoubleSpinBox *>(QStringLiteral("budgetQDoubleSpinBox")), typed);
    QTEST(home.settings.value(Setting::BudgetPerTurn).toDouble(), "dollars");
}

void TestLimits::processorsAreReadAsTheyWereMeant_data()
{
    QTest::addColumn<QString>("locale");
    QTest::addColumn<QString>("typed");
    for (const char *locale : {"de_DE", "en_US"})
        for (const char *typed : {"1,5", "1.5"})
            QTest::addRow("%s %s", locale, typed) << QString::fromLatin1(locale) << QString::fromLatin1(typed);
}

void TestLimits::processorsAreReadAsTheyWereMeant()
{
    QFETCH(QString, locale);
    QFETCH(QString, typed);
    QLocale::setDefault(QLocale(locale));
    Home home;
    AppServices services;
    services.settings = &home.settings;
    SandboxSection section(services);
    type(section.findChild<QDoubleSpinBox *>(QStringLiteral("cpusQDoubleSpinBox")), typed);
    QCOMPARE(home.settings.value(Setting::SandboxCpus).toDouble(), 1.5);
}

void TestLimits::memoryStaysInItsRange_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("mib");
    QTest::newRow("usual") << QStringLiteral("1024") << 1024;
    QTest::newRow("too little") << QStringLiteral("1") << 512;
    QTest::newRow("nothing") << QStringLiteral("0") << 512;
    QTest::newRow("negative") << QStringLiteral("-512") << 512;
    QTest::newRow("too much") << QStringLiteral("99999999") << 9999;
}

void TestLimits::memoryStaysInItsRange()
{
    QFETCH(QString, typed);
    Home home;
    AppServices services;
    services.settings = &home.settings;
    SandboxSection section(services);
    auto *box = section.findChild<QSpinBox *>(QStringLiteral("memoryQSpinBox"));
    type(box, typed);
    QTEST(home.settings.value(Setting::SandboxMemoryMiB).toInt(), "mib");
    QCOMPARE(box->value(), home.settings.value(Setting::SandboxMemoryMiB).toInt()); // what is shown is what holds
}

void TestLimits::checkBoxesEndWhereFieldsEnd()
{
    FormCard card;
    auto *field = new QComboBox;
    auto *box = new QCheckBox;
    card.addRow(QStringLiteral("Theme"), {}, field);
    card.addRow(QStringLiteral("Motion"), {}, box);
    card.resize(500, 120);
    card.show();
    QVERIFY(QTest::qWaitForWindowExposed(&card));
    const QImage drawn = box->grab().toImage();
    int last = 0;
    for (int x = 0; x < drawn.width(); ++x)
        last = drawn.pixel(x, drawn.height() / 2) != drawn.pixel(0, 0) ? x : last;
    QCOMPARE(box->mapTo(&card, QPoint(last, 0)).x(), field->mapTo(&card, QPoint(field->width() - 1, 0)).x());
}

void TestLimits::aClickBesideTheEntriesKeepsTheHighlight()
{
    Home home;
    AppServices services;
    services.settings = &home.settings;
    SettingsPage page(services);
    page.open(SettingsPage::Appearance);
    page.resize(900, 600);
    page.show();
    const auto *list = page.findChild<QListWidget *>();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, QPoint(40, list->viewport()->height() - 4));
    QCOMPARE(page.section(), int(SettingsPage::Appearance));
    QVERIFY(list->currentItem()->isSelected());
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(2)).center());
    QCOMPARE(list->selectedItems(), QList<QListWidgetItem *>{list->item(2)});
}

void TestLimits::theFocusOfASectionIsSeen()
{
    Home home;
    AppearanceSection section(&home.settings);
    section.resize(700, 500);
    section.show();
    QApplication::setActiveWindow(&section);
    auto *scroll = section.findChild<QScrollArea *>();
    section.findChild<QComboBox *>()->setFocus();
    const QImage before = section.grab(QRect(0, 0, 700, 20)).toImage();
    scroll->setFocus(Qt::TabFocusReason);
    QVERIFY(scroll->hasFocus());
    QVERIFY(section.grab(QRect(0, 0, 700, 20)).toImage() != before);
}

QTEST_MAIN(TestLimits)
#include "tst_limits.moc"
