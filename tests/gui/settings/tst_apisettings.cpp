// SPDX-License-Identifier: GPL-3.0-or-later
// The switch of the control API and the row of idle apps in Settings, over real settings and a real server.
#include "app/flotilla/apiswitch.h"
#include "backends/storage/settingsservice.h"
#include "backends/storage/store.h"
#include "tests/support/apiclient.h"
#include "tests/support/toykeychain.h"
#include "widgets/common/theme.h"
#include "widgets/settings/apisection.h"
#include "widgets/settings/sandboxsection.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTcpServer>
#include <QTemporaryDir>

using namespace Flotilla;
using Test::ApiClient;
using Test::ToyKeychain;

namespace {

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

class TestApiSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        auto store = Store::open(m_dir->path());
        QVERIFY(store.ok());
        m_store = std::move(*store);
        m_settings = std::make_unique<SettingsService>(m_store.get());
        m_keychain = std::make_unique<ToyKeychain>();
        m_settings->set(Setting::ApiPort, freePort());
        start();
    }
    void cleanup()
    {
        m_section.reset();
        m_switch.reset();
        m_settings.reset();
        m_store.reset();
        m_dir.reset();
    }

    void offUntilSomebodySwitchesItOn()
    {
        QVERIFY(!m_switch->state().on);
        QCOMPARE(m_keychain->reads, 0);
        QVERIFY(!find<QCheckBox>("apiQCheckBox")->isChecked());
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), port());
        QVERIFY(!socket.waitForConnected(2000));
    }

    void theBoxSwitchesItOnAndOff()
    {
        find<QCheckBox>("apiQCheckBox")->click();
        QTRY_VERIFY(m_switch->state().on);
        QCOMPARE(m_switch->state().port, port());
        QCOMPARE(ask(token()), 200);
        QCOMPARE(ask("guess"), 401);
        find<QCheckBox>("apiQCheckBox")->click();
        QTRY_VERIFY(!m_switch->state().on);
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), port());
        QVERIFY(!socket.waitForConnected(2000));
    }

    void itIsOnAgainAtTheNextStart()
    {
        m_settings->set(Setting::ApiEnabled, true);
        QTRY_VERIFY(m_switch->state().on);
        const QByteArray before = token();
        start();
        QTRY_VERIFY(m_switch->state().on);
        QCOMPARE(ask(before), 200);
    }

    void anotherPortMovesIt()
    {
        m_settings->set(Setting::ApiEnabled, true);
        QTRY_VERIFY(m_switch->state().on);
        const quint16 next = freePort();
        find<QSpinBox>("apiPortQSpinBox")->setValue(next);
        QTRY_COMPARE(m_switch->state().port, next);
        QCOMPARE(ask(token()), 200);
        QVERIFY(find<QLabel>("apiExampleQLabel")->text().contains(QString::number(next)));
    }

    void aTakenPortIsSaid()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        m_settings->set(Setting::ApiPort, other.serverPort());
        m_settings->set(Setting::ApiEnabled, true);
        auto *problem = find<QLabel>("apiProblemQLabel");
        QTRY_VERIFY(problem->isVisible());
        QVERIFY(problem->text().contains(QString::number(other.serverPort())));
        QVERIFY(!m_switch->state().on);
        find<QSpinBox>("apiPortQSpinBox")->setValue(freePort());
        QTRY_VERIFY(m_switch->state().on);
        QVERIFY(!problem->isVisible());
    }

    void withoutAKeychainItStaysOff()
    {
        m_keychain->locked = true;
        m_settings->set(Setting::ApiEnabled, true);
        QTRY_COMPARE(find<QLabel>("apiProblemQLabel")->text(), QStringLiteral("The keychain is locked."));
        QVERIFY(!m_switch->state().on);
    }

    void theTokenIsCopiedAndReplaced()
    {
        m_settings->set(Setting::ApiEnabled, true);
        QTRY_VERIFY(m_switch->state().on);
        const QByteArray first = token();
        QGuiApplication::clipboard()->clear();
        find<QPushButton>("copyTokenQPushButton")->click();
        QTRY_COMPARE(QGuiApplication::clipboard()->text().toLatin1(), first);
        find<QPushButton>("newTokenQPushButton")->click();
        QTRY_VERIFY(token() != first);
        QTRY_COMPARE(ask(token()), 200);
        QCOMPARE(ask(first), 401);
    }

    void theTokenIsNotInTheStore()
    {
        m_settings->set(Setting::ApiEnabled, true);
        QTRY_VERIFY(m_switch->state().on);
        QVERIFY(token().size() >= 48);
        const auto files = QDir(m_dir->path()).entryInfoList(QDir::Files | QDir::Hidden);
        QVERIFY(!files.isEmpty());
        for (const QFileInfo &info : files) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains(token()), qPrintable(info.fileName()));
        }
        for (const QLabel *label : m_section->findChildren<QLabel *>())
            QVERIFY(!label->text().contains(QString::fromLatin1(token())));
    }

    void idleMinutesAreStored()
    {
        AppServices services;
        services.settings = m_settings.get();
        SandboxSection section(services);
        auto *minutes = section.findChild<QSpinBox *>(QStringLiteral("idleQSpinBox"));
        QCOMPARE(minutes->text(), QStringLiteral("Never"));
        minutes->setValue(15);
        QCOMPARE(m_settings->value(Setting::SandboxIdleMinutes).toInt(), 15);
        section.findChild<QPushButton *>(QStringLiteral("resetLimitsQPushButton"))->click();
        QCOMPARE(m_settings->value(Setting::SandboxIdleMinutes).toInt(), 0);
        QCOMPARE(minutes->value(), 0);
    }

private:
    void start()
    {
        m_section.reset();
        m_switch.reset();
        m_switch = std::make_unique<ApiSwitch>(nullptr, m_settings.get(), m_keychain.get());
        AppServices services;
        services.settings = m_settings.get();
        services.api = m_switch.get();
        m_section = std::make_unique<ApiSection>(services);
        m_section->resize(800, 600);
        m_section->show();
    }
    int ask(const QByteArray &token) const { return ApiClient(port(), token).ask("GET", "/openapi.json").status; }
    quint16 port() const { return quint16(m_settings->value(Setting::ApiPort).toInt()); }
    QByteArray token() const { return m_keychain->values.value(QStringLiteral("control-api")).toLatin1(); }
    template <typename T>
    T *find(const char *name) const
    {
        return m_section->findChild<T *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<SettingsService> m_settings;
    std::unique_ptr<ToyKeychain> m_keychain;
    std::unique_ptr<ApiSwitch> m_switch;
    std::unique_ptr<ApiSection> m_section;
};

QTEST_MAIN(TestApiSettings)
#include "tst_apisettings.moc"
