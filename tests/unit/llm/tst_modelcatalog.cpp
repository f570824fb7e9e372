// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/clock.h"
#include "backends/llm/endpoints.h"
#include "backends/llm/modelcatalog.h"
#include "tests/unit/llm/llmtesting.h"

#include <QSignalSpy>
#include <QTcpServer>

using namespace Flotilla;

namespace {

class StandInSampler : public LanguageModel
{
public:
    ModelInfo info() const override
    {
        ModelInfo info;
        info.id = info.ref = info.provider = QStringLiteral("sampler");
        info.isLanguageModel = false;
        return info;
    }
    std::unique_ptr<ModelStream> stream(const ModelRequest &) override { return {}; }
};

QStringList refsOf(const QList<ModelInfo> &models)
{
    QStringList refs;
    for (const ModelInfo &model : models)
        refs.append(model.ref);
    return refs;
}

Endpoint custom(const QUrl &base, ModelRef::Kind kind = ModelRef::Kind::OpenAi)
{
    return {QStringLiteral("mine"), QStringLiteral("My server"), kind, base};
}

} // namespace

class TestModelCatalog : public QObject
{
    Q_OBJECT

private:
    HttpClient m_http;
    FakeLlmServer m_server;
    std::unique_ptr<MemorySecrets> m_secrets;
    std::unique_ptr<ModelCatalog> m_catalog;

    template <typename T>
    Result<T> wait(Future<T> future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 15'000))
            return Error{ErrorKind::Timeout, QStringLiteral("the test waited too long"), {}};
        return future.result();
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"ANTHROPIC_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_BASE_URL", "OPENAI_BASE_URL"})
            qunsetenv(name);
        QVERIFY(m_server.listen());
    }
    void init()
    {
        m_secrets = std::make_unique<MemorySecrets>();
        m_catalog = std::make_unique<ModelCatalog>(&m_http, m_secrets.get(), &Clock::system());
        m_catalog->setSamplerFactory([](SamplerPace) { return std::make_shared<StandInSampler>(); });
        m_server.setScript(FakeScript::saying(QStringLiteral("Hello.")));
    }
    void cleanup()
    {
        m_catalog.reset();
        m_secrets.reset();
        qunsetenv("ANTHROPIC_BASE_URL");
        qunsetenv("OPENAI_BASE_URL");
    }

    void addressesOfTheEnvironment_data()
    {
        QTest::addColumn<QByteArray>("set");
        QTest::addColumn<QUrl>("used");
        const auto row = [](const char *set, const char *used) {
            QTest::newRow(set) << QByteArray(set) << QUrl(QString::fromLatin1(used));
        };
        row("", "https://api.openai.com/v1");
        row("http://10.0.0.7:8000/v1", "http://10.0.0.7:8000/v1");
        row("localhost:11434/v1", "http://localhost:11434/v1");
        row("192.168.1.4:8080", "http://192.168.1.4:8080");
        row("models.example.com/v1", "https://models.example.com/v1");
        row("://", "");
    }
    void addressesOfTheEnvironment()
    {
        QFETCH(QByteArray, set);
        QFETCH(QUrl, used);
        qputenv("OPENAI_BASE_URL", set);
        QCOMPARE(defaultBaseUrl(ModelRef::Kind::OpenAi).toString(), used.toString());
    }

    void withoutKeysThereIsTheSampler()
    {
        QCOMPARE(m_catalog->defaultModel(), ModelRef{});
        const auto models = wait(m_catalog->models());
        QVERIFY(models.ok());
        QVERIFY(!models->isEmpty());
        QCOMPARE(models->first().ref, QStringLiteral("sampler"));
        QVERIFY(!models->first().isLanguageModel);
    }

    void theFirstDefaultKnowsTheKeychain()
    {
        m_secrets->values = {{QStringLiteral("anthropic"), QStringLiteral("sk-ant-000000")}};
        const auto found = wait(m_catalog->findDefaultModel());
        QVERIFY(found.ok());
        QCOMPARE(found->toString(), QStringLiteral("anthropic:claude-sonnet-5-5"));
        QCOMPARE(m_catalog->defaultModel(), *found);
    }

    void theNewestModelOfOpenAiStaysTheDefault()
    {
        m_secrets->values = {{QStringLiteral("openai"), QStringLiteral("sk-000000")}};
        qputenv("OPENAI_BASE_URL", m_server.openAiBase().toString().toUtf8());
        FakeScript script = FakeScript::saying(QStringLiteral("Hello."));
        script.models = {QStringLiteral("gpt-9"), QStringLiteral("whisper-9")};
        m_server.setScript(script);
        const auto found = wait(m_catalog->findDefaultModel());
        QVERIFY(found.ok());
        QCOMPARE(found->toString(), QStringLiteral("openai:gpt-9"));
        QVERIFY(wait(m_catalog->endpoints()).ok());
        QCOMPARE(m_catalog->defaultModel(), *found);
    }

    void everyReferenceStreams_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("variable");
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("openai base") << "openai:any-name@%1/v1" << QByteArray() << QByteArray("/v1/chat/completions");
        QTest::newRow("anthropic base") << "anthropic:any-name@%1" << QByteArray() << QByteArray("/v1/messages");
        QTest::newRow("openai variable") << "openai:any-name" << QByteArray("OPENAI_BASE_URL")
                                         << QByteArray("/v1/chat/completions");
        QTest::newRow("anthropic variable")
            << "anthropic:any-name" << QByteArray("ANTHROPIC_BASE_URL") << QByteArray("/v1/messages");
    }
    void everyReferenceStreams()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, variable);
        const QString base = m_server.anthropicBase().toString();
        if (!variable.isEmpty())
            qputenv(variable.constData(), base.toUtf8());
        const auto ref = ModelRef::parse(text.contains(QLatin1Char('%')) ? text.arg(base) : text);
        QVERIFY(ref.ok());
        const auto model = m_catalog->open(*ref);
        QVERIFY(model.ok());
        ModelRequest request = askFor(QStringLiteral("Hi"));
        request.model = ref->name;
        Heard heard((*model)->stream(request));
        QTRY_VERIFY(heard.over());
        QVERIFY2(heard.done, heard.failed ? qPrintable(heard.failed->error.text) : "");
        QCOMPARE(heard.text, QStringLiteral("Hello."));
        QTEST(m_server.requests().last().path, "path");
        QCOMPARE((*model)->info().ref, ref->toString());
        QCOMPARE(*costOf(heard.usage, (*model)->info().price), 0.0);
    }

    void aStoredKeyStaysWithItsEndpoint()
    {
        m_secrets->values = {{QStringLiteral("openai"), QStringLiteral("sk-stored-1111")},
                             {QStringLiteral("mine"), QStringLiteral("sk-mine-2222")}};
        const auto sentTo = [&](const QString &text) {
            Heard heard((*m_catalog->open(*ModelRef::parse(text)))->stream(askFor(QStringLiteral("Hi"))));
            const bool over = QTest::qWaitFor([&] { return heard.over(); });
            return !over ? QByteArray("nothing") : m_server.requests().last().headers.value("authorization");
        };
        const QString text = QStringLiteral("openai:x@") + m_server.openAiBase().toString();
        QCOMPARE(sentTo(text), "Bearer local"); // an address that nobody configured
        m_secrets->source = SecretStore::Source::Environment;
        QCOMPARE(sentTo(text), "Bearer sk-stored-1111"); // set beside it in the environment
        m_secrets->source = SecretStore::Source::Keychain;
        m_catalog->setEndpoints({custom(m_server.openAiBase())});
        QCOMPARE(sentTo(text), "Bearer sk-mine-2222");
    }

    void theVendorNeedsAKey()
    {
        const auto model = m_catalog->open(*ModelRef::parse(QStringLiteral("anthropic:claude-sonnet-5-5")));
        Heard heard((*model)->stream(askFor(QStringLiteral("Hi"))));
        QTRY_VERIFY(heard.failed);
        QCOMPARE(heard.failed->error.kind, ErrorKind::Unauthorized);
        QVERIFY(heard.failed->error.text.contains(QStringLiteral("ANTHROPIC_API_KEY")));
        QCOMPARE((*model)->info().price->output, 10.0);
    }

    void aBrokenKeychainDoesNotStopLocalModels()
    {
        m_secrets->fails = true;
        Heard heard((*m_catalog->open(*ModelRef::parse(QStringLiteral("openai:x@") + m_server.openAiBase().toString())))
                        ->stream(askFor({})));
        QTRY_VERIFY(heard.done);
    }

    void modelsComeFromTheServers()
    {
        FakeScript script = FakeScript::saying({});
        script.models = {QStringLiteral("alpha"), QStringLiteral("nomic-embed-text")};
        m_server.setScript(script);
        m_catalog->setEndpoints({custom(m_server.openAiBase())});
        const auto models = wait(m_catalog->models());
        QVERIFY(models.ok());
        const QString ref = QStringLiteral("openai:alpha@") + m_server.openAiBase().toString();
        QVERIFY(refsOf(*models).contains(ref));
        QVERIFY(!refsOf(*models).join(QLatin1Char(' ')).contains(QStringLiteral("embed")));
        for (const ModelInfo &model : *models) {
            if (model.ref == ref)
                QCOMPARE(model.provider, QStringLiteral("My server"));
        }
    }

    void aDeadServerDoesNotHoldTheList()
    {
        QTcpServer silent; // accepts and never answers
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        m_catalog->setEndpoints({custom(QUrl(QStringLiteral("http://127.0.0.1:%1/v1").arg(silent.serverPort())))});
        QElapsedTimer timer;
        timer.start();
        QVERIFY(wait(m_catalog->models()).ok());
        QVERIFY2(timer.elapsed() < 6000, qPrintable(QString::number(timer.elapsed())));
    }

    void gatewaysWithoutAListStillOfferNames()
    {
        m_secrets->values = {{QStringLiteral("anthropic"), QStringLiteral("sk-ant-000000")}};
        qputenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:1");
        const auto models = wait(m_catalog->models());
        QVERIFY(refsOf(*models).contains(QStringLiteral("anthropic:claude-sonnet-5-5")));
        QCOMPARE(models->last().ref, QStringLiteral("sampler")); // last when there is a key
        QCOMPARE(m_catalog->defaultModel().toString(), QStringLiteral("anthropic:claude-sonnet-5-5"));
    }

    void theTestNamesTheFailingStep_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<int>("kind"); // -1: works
        QTest::addColumn<QString>("words");
        const QByteArray plain = R"({"turns":[{"text":"x"}]})";
        QTest::newRow("works") << "" << plain << -1 << "works: 1 model";
        QTest::newRow("no models") << "" << QByteArray(R"({"models":[]})") << int(ErrorKind::NotFound) << "no models";
        QTest::newRow("key missing") << "" << QByteArray(R"({"key":"sk-needed"})") << int(ErrorKind::Unauthorized)
                                     << "wants an API key";
        QTest::newRow("name") << "http://nowhere.invalid/v1" << plain << int(ErrorKind::Unavailable)
                              << "cannot be found";
        QTest::newRow("refused") << "http://127.0.0.1:1/v1" << plain << int(ErrorKind::Unavailable)
                                 << "Nothing answers";
        QTest::newRow("path") << "/wrong" << plain << int(ErrorKind::NotFound) << "no model API";
        QTest::newRow("no address") << "not an address" << plain << int(ErrorKind::Invalid)
                                    << "“not an address” is not a web address";
        QTest::newRow("not TLS") << "https://127.0.0.1" << plain << int(ErrorKind::Protocol) << "https";
    }
    void theTestNamesTheFailingStep()
    {
        QFETCH(QString, base);
        QFETCH(QByteArray, script);
        QFETCH(int, kind);
        QFETCH(QString, words);
        m_server.setScript(scriptOf(script));
        QUrl url = m_server.openAiBase();
        if (base.startsWith(QLatin1Char('/')))
            url.setPath(QStringLiteral("/wrong/../x"));
        else if (base == QLatin1String("https://127.0.0.1"))
            url.setScheme(QStringLiteral("https"));
        else if (!base.isEmpty())
            url = QUrl(base);
        m_catalog->setEndpoints({custom(url)});
        const auto tested = wait(m_catalog->test(QStringLiteral("mine")));
        QCOMPARE(tested.ok() ? -1 : int(tested.error().kind), kind);
        const QString said = tested.ok() ? *tested : tested.error().text;
        QVERIFY2(said.contains(words), qPrintable(said));
    }

    void aWebPageIsNoApi()
    {
        QTcpServer page;
        QVERIFY(page.listen(QHostAddress::LocalHost));
        connect(&page, &QTcpServer::newConnection, &page, [&] {
            QTcpSocket *socket = page.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket,
                    [socket] { socket->write("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<html></html>"); });
        });
        m_catalog->setEndpoints({custom(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(page.serverPort())))});
        const auto tested = wait(m_catalog->test(QStringLiteral("mine")));
        QCOMPARE(tested.error().kind, ErrorKind::Protocol);
        QVERIFY(tested.error().text.contains(QStringLiteral("not like a language model server")));
    }

    void aWrongKeyIsNamed()
    {
        m_server.setScript(scriptOf(R"({"key":"sk-right"})"));
        m_secrets->values = {{QStringLiteral("mine"), QStringLiteral("sk-wrong-0000")}};
        m_catalog->setEndpoints({custom(m_server.anthropicBase(), ModelRef::Kind::Anthropic)});
        const auto tested = wait(m_catalog->test(QStringLiteral("mine")));
        QCOMPARE(tested.error().kind, ErrorKind::Unauthorized);
        QVERIFY(tested.error().text.contains(QStringLiteral("did not accept")));
    }

    void unknownEndpointsAndMissingKeys()
    {
        QCOMPARE(wait(m_catalog->test(QStringLiteral("nobody"))).error().kind, ErrorKind::NotFound);
        QCOMPARE(wait(m_catalog->test(QStringLiteral("anthropic"))).error().kind, ErrorKind::Unauthorized);
    }

    void endpointsSayWhichHaveKeys()
    {
        m_secrets->values = {{QStringLiteral("openai"), QStringLiteral("sk-x-000000")}};
        QSignalSpy changed(m_catalog.get(), &ModelCatalog::changed);
        m_catalog->setEndpoints(
            {custom(QUrl(QStringLiteral("http://10.0.0.1/v1"))),
             {QStringLiteral("openai"), {}, ModelRef::Kind::OpenAi, QUrl(QStringLiteral("http://10.0.0.2/v1"))}});
        QCOMPARE(changed.count(), 1);
        const auto endpoints = wait(m_catalog->endpoints());
        QCOMPARE(endpoints->size(), 3);
        QCOMPARE(endpoints->at(0).id, QStringLiteral("anthropic"));
        QVERIFY(!endpoints->at(0).hasKey);
        QVERIFY(endpoints->at(1).hasKey);
        QCOMPARE(endpoints->at(1).baseUrl.host(), QStringLiteral("10.0.0.2"));
        QCOMPARE(endpoints->at(2).label, QStringLiteral("My server"));
    }

    void aCatalogMayDieWhileItAsks()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        m_catalog->setEndpoints({custom(QUrl(QStringLiteral("http://127.0.0.1:%1/v1").arg(silent.serverPort())))});
        auto models = m_catalog->models();
        QTest::qWait(20);
        m_catalog.reset();
        QTRY_VERIFY_WITH_TIMEOUT(models.isFinished(), 15'000);
        QVERIFY(!models.result().ok());
    }

    void theHttpClientMayDieWhileItAsks()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        auto http = std::make_unique<HttpClient>();
        ModelCatalog catalog(http.get(), m_secrets.get(), &Clock::system());
        catalog.setEndpoints({custom(QUrl(QStringLiteral("http://127.0.0.1:%1/v1").arg(silent.serverPort())))});
        auto tested = catalog.test(QStringLiteral("mine"));
        QTRY_VERIFY(silent.hasPendingConnections());
        http.reset();
        QTRY_VERIFY(tested.isFinished());
        QCOMPARE(tested.result().error().kind, ErrorKind::Cancelled);
    }

    void richListsAreRead()
    {
        const Endpoint endpoint = custom(QUrl(QStringLiteral("https://openrouter.ai/api/v1")));
        const auto models = readModelList(
            endpoint,
            R"({"data":[{"id":"a/b","name":"B","context_length":128000,"created":7,)"
            R"("architecture":{"input_modalities":["text"]},"supported_parameters":["max_tokens"],)"
            R"("pricing":{"prompt":"0.000002","completion":"0.00001","input_cache_read":"0.0000002"}},)"
            R"({"id":"c","max_input_tokens":1000,"max_tokens":500,"capabilities":{"image_input":{"supported":false},)"
            R"("thinking":{"types":{"adaptive":{"supported":false}}}}},{"no":"id"},7]})");
        QVERIFY(models.ok());
        QCOMPARE(models->size(), 2);
        const ListedModel &first = models->at(0);
        QCOMPARE(first.info.displayName, QStringLiteral("B"));
        QVERIFY(!first.info.capabilities.tools && !first.info.capabilities.images);
        QCOMPARE(first.info.capabilities.contextTokens, 128000);
        QCOMPARE(first.info.price->input, 2.0);
        QCOMPARE(first.info.price->cacheRead, 0.2);
        QCOMPARE(models->at(1).info.capabilities.maxOutputTokens, 500);
        QVERIFY(!models->at(1).info.capabilities.images && !models->at(1).adaptiveThinking);
        const auto local =
            readModelList(custom(QUrl(QStringLiteral("http://127.0.0.1:4000/v1"))),
                          R"({"data":[{"id":"a","pricing":{"prompt":"0.000002","completion":"0.00001"}},)"
                          R"({"id":"free"}]})");
        QCOMPARE(local->at(0).info.price->output, 10.0); // it passes wishes on
        QCOMPARE(local->at(1).info.price->output, 0.0);
        QVERIFY(readModelList(endpoint, R"({"object":"list","data":null})").ok()); // Ollama without models
        QVERIFY(!readModelList(endpoint, "[]").ok());
    }
};

QTEST_GUILESS_MAIN(TestModelCatalog)
#include "tst_modelcatalog.moc"
