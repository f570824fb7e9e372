// SPDX-License-Identifier: GPL-3.0-or-later
// The real window over the real services, with a store of its own for every test.
#include "app/application/application.h"
#include "app/flotilla/shell.h"
#include "app/mainwindow/quitdialog.h"
#include "app/screenshots/samplestore.h"
#include "backends/fleet/hostservice.h"
#include "backends/projects/exporter.h"
#include "backends/projects/projectservice.h"
#include "backends/storage/repositories.h"
#include "backends/storage/settingsservice.h"
#include "backends/storage/store.h"
#include "tests/support/cliprocess.h"
#include "widgets/chat/apptabbar.h"
#include "widgets/chat/appview.h"
#include "widgets/chat/chatpane.h"
#include "widgets/chat/composer.h"
#include "widgets/common/appstatus.h"
#include "widgets/common/commandpalette.h"
#include "widgets/common/growingtextedit.h"
#include "widgets/common/stallwatchdog.h"
#include "widgets/common/theme.h"
#include "widgets/common/toast.h"
#include "widgets/fleet/fleetpage.h"
#include "widgets/home/applistmodel.h"
#include "widgets/home/galleryview.h"
#include "widgets/home/homepage.h"
#include "widgets/home/promptbox.h"
#include "widgets/loadtest/scalepage.h"
#include "widgets/terminal/terminalpane.h"

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWebEngineView>

using namespace Flotilla;

class TestShell : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void init()
    {
        m_data = std::make_unique<QTemporaryDir>();
        QVERIFY(m_data->isValid());
    }
    void cleanup()
    {
        m_shell.reset();
        Test::stopSandboxes(m_data->path());
        m_data.reset();
    }

    void theFirstRunSaysThatTheSamplerIsUsed()
    {
        open();
        auto *card = find<QWidget>("firstRunCard");
        QTRY_VERIFY(card->isVisible());
        QTest::mouseClick(find<QWidget>("firstRunCloseQToolButton"), Qt::LeftButton);
        QTRY_VERIFY(!card->isVisible());
        QTRY_VERIFY(settings().value(Setting::FirstRunDone).toBool());
        m_shell.reset();
        open();
        QTRY_VERIFY(!window().homePage()->prompt()->modelPicker()->current().isEmpty());
        QVERIFY(!find<QWidget>("firstRunCard")->isVisible());
    }

    void theAppScreenIsMadeBeforeItIsAskedFor()
    {
        open();
        QVERIFY(!find<QWidget>("webHost"));
        m_shell->warmUp();
        QTRY_VERIFY(find<QWidget>("webHost"));
        QCOMPARE(window().page(), MainWindow::Home);
        m_shell->warmUp(); // does nothing more
        QTest::qWait(0);
        QCOMPARE(window().findChildren<QWidget *>(QStringLiteral("webHost")).size(), 1);
    }

    void aTypedWishBecomesAnApp()
    {
        open();
        auto *field = find<GrowingTextEdit>("promptQPlainTextEdit");
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, QStringLiteral("a quiz about moss"));
        QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(window().page(), MainWindow::App);
        QTRY_COMPARE(window().apps()->rowCount(), 1);
        QVERIFY(field->toPlainText().isEmpty());
        QCOMPARE(window().apps()->apps()[0].prompt, QStringLiteral("a quiz about moss"));
        QTRY_VERIFY(QApplication::focusWidget());
        int meant = 0;
        int unclear = 0;
        const QList<QShortcut *> shortcuts = window().findChildren<QShortcut *>();
        for (const QShortcut *shortcut : shortcuts) {
            connect(shortcut, &QShortcut::activated, this, [&meant] { ++meant; });
            connect(shortcut, &QShortcut::activatedAmbiguously, this, [&unclear] { ++unclear; });
        }
        for (const auto &[key, modifier] :
             {std::pair(Qt::Key_Left, Qt::AltModifier), std::pair(Qt::Key_1, Qt::ControlModifier)})
            QTest::keyClick(QApplication::focusWidget(), key, modifier);
        QCOMPARE(meant, 2); // the keys are those of the App screen there
        QCOMPARE(unclear, 0);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        for (const QShortcut *shortcut : shortcuts)
            shortcut->disconnect(this);
        QTRY_COMPARE(window().page(), MainWindow::Home);
    }

    void aThousandAppsOpenInASecond()
    {
        QVERIFY(fillSampleStore(m_data->path(), 1000).ok());
        QElapsedTimer timer;
        timer.start();
        open();
        const qint64 shown = timer.elapsed();
        QTRY_COMPARE(window().apps()->rowCount(), 1000);
        qInfo("window shown after %lld ms, apps listed after %lld ms", shown, timer.elapsed());
        QVERIFY2(shown < 1000 * slack(), qPrintable(QString::number(shown)));
        qint64 stall = scrollThrough(find<GalleryView>("galleryView")->verticalScrollBar());
        for (int again = 0; again < 4 && stall > 50 * slack(); ++again) // other programs stall it too
            stall = std::min(stall, scrollThrough(find<GalleryView>("galleryView")->verticalScrollBar()));
        qInfo("longest stall while scrolling: %lld ms", static_cast<long long>(stall));
        QVERIFY2(stall <= 50 * slack(), qPrintable(QString::number(stall)));
    }

    void thePaletteGoesToSettingsAndEscComesBack()
    {
        open();
        QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
        auto *palette = find<CommandPalette>("commandPalette");
        QTRY_VERIFY(palette->isVisible());
        auto *field = find<QLineEdit>("paletteQLineEdit");
        QTest::keyClicks(field, QStringLiteral("privacy"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(window().page(), MainWindow::Settings);
        QVERIFY(!palette->isVisible());
        QTest::keyClick(&window(), Qt::Key_Escape);
        QCOMPARE(window().page(), MainWindow::Home);
    }

    void thePaletteLeadsToEveryPage()
    {
        open();
        auto *palette = find<CommandPalette>("commandPalette");
        for (const auto &[word, page] : {std::pair("scale", MainWindow::Scale),
                                         {"fleet", MainWindow::Fleet},
                                         {"hosts", MainWindow::Hosts},
                                         {"settings", MainWindow::Settings},
                                         {"home", MainWindow::Home}}) {
            window().openPalette();
            QTest::keyClicks(find<QLineEdit>("paletteQLineEdit"), QLatin1String(word));
            QTest::keyClick(find<QLineEdit>("paletteQLineEdit"), Qt::Key_Return);
            QVERIFY(!palette->isVisible());
            QCOMPARE(window().page(), page);
        }
    }

    void everySettingsSectionOpens_data()
    {
        QTest::addColumn<int>("section");
        for (int section = SettingsPage::Models; section <= SettingsPage::About; ++section)
            QTest::addRow("%d", section) << section;
    }
    void everySettingsSectionOpens()
    {
        QFETCH(int, section);
        open();
        window().openSettings(static_cast<SettingsPage::Section>(section));
        QCOMPARE(window().page(), MainWindow::Settings);
        QTest::qWait(50);
        QVERIFY(!window().grab().isNull());
    }

    void tabGoesDownTheHomePage()
    {
        QVERIFY(fillSampleStore(m_data->path(), 3).ok());
        open();
        QTRY_COMPARE(window().apps()->rowCount(), 3);
        QTRY_VERIFY(find<QWidget>("promptQPlainTextEdit")->hasFocus());
        QStringList names;
        for (int i = 0; i < 30 && !names.contains(QStringLiteral("galleryView")); ++i) {
            names.append(QApplication::focusWidget()->objectName());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        names.removeAll(QString());
        const QStringList expected{QStringLiteral("promptQPlainTextEdit"), QStringLiteral("variantsChip"),
                                   QStringLiteral("importChip"),           QStringLiteral("galleryTabs"),
                                   QStringLiteral("searchQLineEdit"),      QStringLiteral("galleryView")};
        names.removeIf([&](const QString &name) { return !expected.contains(name); });
        QCOMPARE(names, expected);
    }

    void deletedAppsComeBackByKey()
    {
        QVERIFY(fillSampleStore(m_data->path(), 3).ok());
        open();
        QTRY_COMPARE(window().apps()->rowCount(), 3);
        auto *gallery = find<GalleryView>("galleryView");
        gallery->setFocus(Qt::TabFocusReason);
        QVERIFY(gallery->currentIndex().isValid()); // seen, and meant by Delete
        QTest::keyClick(gallery, Qt::Key_Delete);
        QTRY_COMPARE(window().apps()->rowCount(), 2);
        gallery->setCurrentIndex(gallery->model()->index(0, 0));
        QTest::keyClick(gallery, Qt::Key_Delete);
        QTRY_COMPARE(window().apps()->rowCount(), 1);
        QTest::keyClick(gallery, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(window().apps()->rowCount(), 2);
        QTest::keyClick(gallery, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(window().apps()->rowCount(), 3);
        QTest::keyClick(gallery, Qt::Key_Z, Qt::ControlModifier); // nothing more to take back
        QCOMPARE(window().apps()->rowCount(), 3);
    }

    void ctrlFSearchesWhereverTheFocusIs()
    {
        open();
        auto *rail = find<QWidget>("rail");
        auto *button = rail->findChildren<QAbstractButton *>().last();
        button->setFocus();
        QTRY_VERIFY(button->hasFocus());
        QTest::keyClick(button, Qt::Key_F, Qt::ControlModifier);
        QVERIFY(find<QLineEdit>("searchQLineEdit")->hasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_L, Qt::ControlModifier);
        QVERIFY(find<QWidget>("promptQPlainTextEdit")->hasFocus());
    }

    void theThemeFollowsItsSetting()
    {
        open();
        settings().set(Setting::Theme, QStringLiteral("dark"));
        QTRY_VERIFY(Theme::instance().isDark());
        settings().set(Setting::Theme, QStringLiteral("light"));
        QTRY_VERIFY(!Theme::instance().isDark());
        const QColor corner = window().grab().toImage().pixelColor(window().width() - 4, window().height() - 4);
        QCOMPARE(corner.rgb(), Palette::lightPalette().window.rgb());
    }

    void anErrorWhileUsedIsKeptAndCanBeFixed()
    {
        const AppId id = addApp("<h1>Tides</h1><button onclick='undefined.map()'>Go</button>");
        open();
        QTRY_COMPARE(window().apps()->rowCount(), 1);
        window().openApp(id);
        auto *chip = find<QAbstractButton>("appStateChip");
        QTRY_COMPARE_WITH_TIMEOUT(chip->text(), QStringLiteral("Green · v1"), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(find<QWebEngineView>("previewWebView"), 20000);
        auto *page = find<QWebEngineView>("previewWebView")->page();
        const auto click = [page] {
            page->runJavaScript(QStringLiteral("document.querySelector('button')?.click()"));
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(click() || chip->text() == QStringLiteral("Green, error while used · v1"), 20000);
        QCOMPARE(statusOf(window().apps()->apps()[0]).word, QStringLiteral("Error while used"));
        auto *fix = find<QPushButton>("appFixButton");
        QVERIFY(fix->isVisible());
        QTest::mouseClick(fix, Qt::LeftButton);
        QTRY_VERIFY(!fix->isVisible()); // the model is at it
        const auto messages = m_shell->services().projects->conversation(id);
        QTRY_VERIFY(messages.isFinished());
        const auto *wish = std::get_if<TextBlock>(&messages.result()->first().blocks.first());
        QVERIFY(wish && wish->markdown.contains(QStringLiteral("TypeError")));
    }

    void aDroppedArchiveBecomesAnApp()
    {
        const QString file = m_data->filePath(QStringLiteral("Tides.zip"));
        QVERIFY(Exporter::toZip({{QStringLiteral("index.html"), "<h1>Tides</h1>"}}, file).result().ok());
        open();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        drop(&window(), data);
        QTRY_COMPARE_WITH_TIMEOUT(window().page(), MainWindow::App, 10000);
        QTRY_COMPARE_WITH_TIMEOUT(find<QAbstractButton>("appStateChip")->text(), QStringLiteral("Green · v1"), 30000);
        QCOMPARE(window().apps()->apps()[0].title, QStringLiteral("Tides"));
    }

    void anArchiveThatIsNoneIsSaid()
    {
        const QString file = m_data->filePath(QStringLiteral("photo.zip"));
        QFile bytes(file);
        QVERIFY(bytes.open(QIODevice::WriteOnly) && bytes.write("GIF89a") == 6);
        bytes.close();
        open();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        drop(&window(), data);
        QTRY_VERIFY(find<QLabel>("toastTextQLabel"));
        QTRY_VERIFY(find<QLabel>("toastTextQLabel")->text().contains(QStringLiteral("“photo.zip” was not imported")));
        QCOMPARE(window().apps()->rowCount(), 0);
    }

    void deleteCanBeUndone()
    {
        QVERIFY(fillSampleStore(m_data->path(), 3).ok());
        open();
        QTRY_COMPARE(window().apps()->rowCount(), 3);
        auto *gallery = find<GalleryView>("galleryView");
        gallery->setFocus();
        gallery->setCurrentIndex(gallery->model()->index(0, 0));
        QTest::keyClick(gallery, Qt::Key_Delete);
        QTRY_COMPARE(window().apps()->rowCount(), 2);
        auto *undo = find<QPushButton>("toastActionQPushButton");
        QTRY_VERIFY(undo && undo->isVisible());
        QTest::mouseClick(undo, Qt::LeftButton);
        QTRY_COMPARE(window().apps()->rowCount(), 3);
    }

    void starringIsStored()
    {
        QVERIFY(fillSampleStore(m_data->path(), 3).ok());
        open();
        QTRY_COMPARE(window().apps()->rowCount(), 3);
        const AppSummary before = window().apps()->apps()[0];
        Q_EMIT window().homePage()->starRequested(before.id, !before.starred);
        QTRY_COMPARE(window().apps()->find(before.id)->starred, !before.starred);
    }

    void quittingAsksOnceAboutRunningApps()
    {
        QVERIFY(fillSampleStore(m_data->path(), 2).ok());
        open();
        QTRY_COMPARE(window().apps()->rowCount(), 2);
        AppSummary app = window().apps()->apps()[0];
        app.running = true;
        window().apps()->upsert(app);
        QVERIFY(!window().close());
        auto *dialog = window().findChild<QuitDialog *>();
        QVERIFY(dialog);
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("quitCancelQPushButton")), Qt::LeftButton);
        QVERIFY(window().isVisible());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!window().close());
        dialog = window().findChild<QuitDialog *>();
        QVERIFY(dialog);
        dialog->findChild<QAbstractButton *>(QStringLiteral("quitRememberQCheckBox"))->click();
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("quitKeepQPushButton")), Qt::LeftButton);
        QTRY_VERIFY(!window().isVisible());
        QCOMPARE(settings().string(Setting::QuitPolicy), QStringLiteral("keep"));
    }

    void theWindowComesBackWhereItWas()
    {
        open();
        window().resize(1111, 777);
        QVERIFY(window().close());
        QTRY_VERIFY(!settings().string(Setting::WindowGeometry).isEmpty());
        m_shell.reset();
        open();
        QCOMPARE(window().size(), QSize(1111, 777));
    }

    void theServicesSpeakTheChosenLanguageToo()
    {
        {
            const auto store = Store::open(m_data->path());
            SettingsService(store->get()).set(Setting::Language, QStringLiteral("de"));
        }
        open();
        QCOMPARE(m_shell->application().hostService().card({QStringLiteral("local")}).config.label,
                 QStringLiteral("Dieser Computer"));
        m_shell.reset();
        m_data = std::make_unique<QTemporaryDir>();
        open(); // and in place of it the next one
        QCOMPARE(m_shell->application().hostService().card({QStringLiteral("local")}).config.label,
                 QStringLiteral("This computer"));
    }

    void aLanguageTakesEffectAtOnce()
    {
        addApp("<h1>Tides</h1>");
        open();
        QTRY_COMPARE(window().apps()->rowCount(), 1);
        find<GrowingTextEdit>("promptQPlainTextEdit")->setPlainText(QStringLiteral("half a wish"));
        find<QLineEdit>("searchQLineEdit")->setText(QStringLiteral("tid"));
        chooseLanguage(QStringLiteral("Deutsch"));
        QTRY_COMPARE(find<QWidget>("settingsQListWidget")->accessibleName(), QStringLiteral("Einstellungen"));
        QCOMPARE(window().page(), MainWindow::Settings);
        auto *box = find<QComboBox>("languageQComboBox");
        QTRY_VERIFY(box->isVisible());
        QCOMPARE(box->currentText(), QStringLiteral("Deutsch"));
        QTRY_VERIFY(box->hasFocus());
        QTest::keyClick(&window(), Qt::Key_Escape);
        QCOMPARE(window().page(), MainWindow::Home);
        QCOMPARE(find<GrowingTextEdit>("promptQPlainTextEdit")->toPlainText(), QStringLiteral("half a wish"));
        QCOMPARE(find<QLineEdit>("searchQLineEdit")->text(), QStringLiteral("tid"));
        QCOMPARE(window().apps()->rowCount(), 1);
        QTRY_COMPARE(m_shell->application().hostService().card({QStringLiteral("local")}).config.label,
                     QStringLiteral("Dieser Computer"));
        chooseLanguage(QStringLiteral("English"));
        QTRY_COMPARE(find<QWidget>("settingsQListWidget")->accessibleName(), QStringLiteral("Settings"));
    }

    void aLanguageLeavesTheOpenAppAsItIs()
    {
        const AppId id = addApp("<h1>Tides</h1>");
        open();
        QTRY_COMPARE(window().apps()->rowCount(), 1);
        window().openApp(id);
        QTRY_COMPARE_WITH_TIMEOUT(find<QAbstractButton>("appStateChip")->text(), QStringLiteral("Green · v1"), 20000);
        auto *view = find<AppView>("appView");
        view->showTab(AppTabBar::Terminal);
        QTRY_COMPARE_WITH_TIMEOUT(view->terminal()->state(), TerminalPane::State::Open, 20000);
        const QPointer<TerminalPane> terminal = view->terminal();
        const Wish wish{QStringLiteral("call it Moss"), {}, {}};
        QVERIFY(m_shell->services().projects->submit(id, wish).isValid()); // builds meanwhile
        view->chat()->composer()->setDraft(QStringLiteral("and then"));
        chooseLanguage(QStringLiteral("Deutsch"));
        QTRY_COMPARE(find<QWidget>("settingsQListWidget")->accessibleName(), QStringLiteral("Einstellungen"));
        view = find<AppView>("appView");
        QCOMPARE(view->app(), id);
        QCOMPARE(view->tabs()->current(), AppTabBar::Terminal);
        QCOMPARE(view->chat()->composer()->draft(), QStringLiteral("and then"));
        QCOMPARE(view->terminal(), terminal.data());
        window().showPage(MainWindow::App);
        QCOMPARE(view->terminal()->state(), TerminalPane::State::Open);
        QCOMPARE(terminal->findChild<QPushButton *>(QStringLiteral("terminalAgainQPushButton"))->text(),
                 QStringLiteral("Neu öffnen"));
        view->showTab(AppTabBar::Preview);
        QTRY_VERIFY_WITH_TIMEOUT(find<QWebEngineView>("previewWebView"), 20000);
    }

    /// What a screen reader says of everything that the keyboard reaches.
    void everyFocusableWidgetHasAName()
    {
        const AppId id = addApp("<h1>Tides</h1>");
        open();
        QTRY_COMPARE(window().apps()->rowCount(), 1);
        QStringList nameless = namelessOn(QStringLiteral("home"));
        for (const MainWindow::Page page : {MainWindow::Fleet, MainWindow::Hosts, MainWindow::Scale}) {
            window().showPage(page);
            QTest::qWait(50);
            nameless += namelessOn(QStringLiteral("page %1").arg(page));
        }
        for (int view = 0; view < 3; ++view) {
            window().scalePage()->showView(view);
            nameless += namelessOn(QStringLiteral("scale view %1").arg(view));
        }
        window().showPage(MainWindow::Fleet);
        for (int tab = 0; tab < 6; ++tab) {
            window().fleetPage()->showDetail(tab);
            QTest::qWait(20);
            nameless += namelessOn(QStringLiteral("detail %1").arg(tab));
        }
        for (int section = SettingsPage::Models; section <= SettingsPage::About; ++section) {
            window().openSettings(static_cast<SettingsPage::Section>(section));
            QTest::qWait(20);
            nameless += namelessOn(QStringLiteral("settings %1").arg(section));
        }
        window().openApp(id);
        for (int tab = AppTabBar::Preview; tab <= AppTabBar::Terminal; ++tab) {
            find<AppView>("appView")->showTab(tab);
            QTest::qWait(20);
            nameless += namelessOn(QStringLiteral("app tab %1").arg(tab));
        }
        nameless.removeDuplicates();
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char('\n'))));
    }

    void aDamagedStoreIsSaid()
    {
        QFile file(m_data->path() + QStringLiteral("/flotilla.db"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        open();
        auto *text = find<QLabel>("bannerTextQLabel");
        QVERIFY(text && text->isVisible());
        QVERIFY(text->text().contains(QStringLiteral("set aside")));
    }

private:
    QStringList namelessOn(const QString &where)
    {
        QStringList list;
        for (QWidget *widget : window().findChildren<QWidget *>()) {
            const bool reached = widget->isVisible() && widget->isEnabled() && widget->focusPolicy() & Qt::TabFocus;
            const bool inside = widget->inherits("QtWebEngineCore::RenderWidgetHostViewQtDelegateWidget") ||
                                widget->inherits("QQuickWidget") || widget->inherits("QWebEngineView") ||
                                widget->objectName().startsWith(QLatin1String("qt_"));
            if (!reached || inside || widget->focusProxy())
                continue;
            const auto *said = QAccessible::queryAccessibleInterface(widget);
            if (!said || said->text(QAccessible::Name).trimmed().isEmpty())
                list.append(QStringLiteral("%1: %2 %3")
                                .arg(where, QLatin1String(widget->metaObject()->className()), widget->objectName()));
        }
        return list;
    }
    void chooseLanguage(const QString &name)
    {
        window().openSettings(SettingsPage::Appearance);
        auto *box = find<QComboBox>("languageQComboBox");
        box->setFocus();
        box->setCurrentText(name);
    }
    static void drop(QWidget *target, const QMimeData &data)
    {
        const QPoint middle = target->rect().center();
        QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent dropped(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(target, &dropped);
    }
    AppId addApp(const QByteArray &body)
    {
        const auto store = Store::open(m_data->path());
        AppRecord app;
        app.id = {newId()};
        app.title = app.prompt = QStringLiteral("Tides");
        app.model = QStringLiteral("sampler");
        app.host = QStringLiteral("local");
        app.created = app.updated = QDateTime::currentDateTimeUtc();
        VersionRecord version;
        version.app = app.id;
        version.state = QStringLiteral("green");
        version.created = app.created;
        if (!(*store)->apps().insert(app) ||
            !(*store)->versions().commit(version, {{QStringLiteral("index.html"), body}}, {}))
            qFatal("the app cannot be stored");
        return app.id;
    }
    void open()
    {
        auto shell = Shell::start(m_data->path());
        QVERIFY2(shell.ok(), shell.ok() ? "" : qPrintable(shell.error().text + shell.error().detail));
        m_shell = std::move(*shell);
        window().show();
        QApplication::setActiveWindow(&window());
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
        window().load();
    }
    qint64 scrollThrough(QScrollBar *bar)
    {
        m_shell->watchdog().reset();
        for (int i = 0; i < 60; ++i) {
            bar->setValue(i * 150);
            QTest::qWait(10);
        }
        return m_shell->watchdog().longestStall().count();
    }
    MainWindow &window() { return m_shell->window(); }
    SettingsService &settings() { return *m_shell->services().settings; }
    template <typename T>
    T *find(const char *name)
    {
        return window().findChild<T *>(QString::fromLatin1(name));
    }
    // Numbers are promised for a Release build on a free machine; sanitizers and busy machines get more time.
    static int slack() { return qEnvironmentVariableIsSet("FLOTILLA_STRICT_TIMES") ? 1 : 4; }

    std::unique_ptr<QTemporaryDir> m_data;
    std::unique_ptr<Shell> m_shell;
};

int main(int argc, char **argv)
{
    prepareGraphics();
    QApplication app(argc, argv);
    TestShell test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_shell.moc"
