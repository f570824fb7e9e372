// SPDX-License-Identifier: GPL-3.0-or-later
// Endpoints that a person adds in Settings, over real settings.
#include "backends/storage/settingsservice.h"
#include "backends/storage/store.h"
#include "tests/support/toykeychain.h"
#include "widgets/common/theme.h"
#include "widgets/settings/endpointcard.h"
#include "widgets/settings/modelssection.h"

#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

class TestModelSettings : public QObject
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
        m_keychain = std::make_unique<Test::ToyKeychain>();
        AppServices services;
        services.settings = m_settings.get();
        services.secrets = m_keychain.get();
        m_section = std::make_unique<ModelsSection>(services);
        add(QStringLiteral("Box"), QStringLiteral("http://box:8080/v1"));
    }
    void cleanup()
    {
        m_section.reset();
        m_settings.reset();
        m_store.reset();
    }

    void anAddressIsCheckedBeforeItIsAdded()
    {
        add(QStringLiteral("Nonsense"), QStringLiteral("box/v1"));
        QCOMPARE(endpoints().size(), 1);
        QCOMPARE(endpoints()[0][QLatin1String("baseUrl")].toString(), QStringLiteral("http://box:8080/v1"));
    }

    /// The card stays, so that a click on Test right after typing is not lost.
    void theAddressOfAnAddedEndpointCanBeChanged()
    {
        const QString id = endpoints()[0][QLatin1String("id")].toString();
        const QPointer<EndpointCard> box = card(id);
        auto *address = box->findChild<QLineEdit *>(QStringLiteral("addressQLineEdit"));
        QVERIFY(!address->isReadOnly());
        address->clear();
        QTest::keyClicks(address, QStringLiteral("http://box:9090/v1"));
        QTest::keyClick(address, Qt::Key_Return);
        QCOMPARE(endpoints().size(), 1);
        QCOMPARE(endpoints()[0][QLatin1String("baseUrl")].toString(), QStringLiteral("http://box:9090/v1"));
        QCOMPARE(endpoints()[0][QLatin1String("id")].toString(), id); // and with it the key
        QVERIFY(box && card(id) == box);
    }

    void aKeyThatCannotBeStoredIsWhatIsWrong()
    {
        m_keychain->locked = true;
        EndpointCard *box = card(endpoints()[0][QLatin1String("id")].toString());
        auto *key = box->findChild<QLineEdit *>(QStringLiteral("keyQLineEdit"));
        QTest::keyClicks(key, QStringLiteral("sk-1"));
        box->findChild<QPushButton *>(QStringLiteral("testQPushButton"))->click(); // there are no models to ask
        const auto *result = box->findChild<QLabel *>(QStringLiteral("testResultQLabel"));
        QTRY_COMPARE(result->text(), QStringLiteral("The keychain is locked."));
        QCOMPARE(key->text(), QStringLiteral("sk-1"));
    }

    void theKeyGoesWithTheEndpoint()
    {
        const QString id = endpoints()[0][QLatin1String("id")].toString();
        m_keychain->values = {{id, QStringLiteral("sk-1")}, {QStringLiteral("openai"), QStringLiteral("sk-2")}};
        card(id)->findChild<QPushButton *>(QStringLiteral("removeEndpointQPushButton"))->click();
        QVERIFY(endpoints().isEmpty());
        QCOMPARE(m_keychain->values.keys(), QStringList{QStringLiteral("openai")});
    }

private:
    void add(const QString &name, const QString &address)
    {
        m_section->findChild<QLineEdit *>(QStringLiteral("newEndpointNameQLineEdit"))->setText(name);
        m_section->findChild<QLineEdit *>(QStringLiteral("newEndpointAddressQLineEdit"))->setText(address);
        m_section->findChild<QPushButton *>(QStringLiteral("addEndpointQPushButton"))->click();
    }
    QJsonArray endpoints() const
    {
        return QJsonDocument::fromJson(m_settings->string(Setting::CustomEndpoints).toUtf8()).array();
    }
    EndpointCard *card(const QString &id) const
    {
        return m_section->findChild<EndpointCard *>(QStringLiteral("endpoint-") + id);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<SettingsService> m_settings;
    std::unique_ptr<Test::ToyKeychain> m_keychain;
    std::unique_ptr<ModelsSection> m_section;
};

QTEST_MAIN(TestModelSettings)
#include "tst_modelsettings.moc"
