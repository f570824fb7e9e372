// SPDX-License-Identifier: GPL-3.0-or-later
// The control API of flotillactl serve with real sandboxes, as a script uses it, and what another program sees of it.
#include "app/application/application.h"
#include "backends/projects/projectservice.h"
#include "tests/support/apiclient.h"
#include "tests/support/cliprocess.h"
#include "tests/support/openapi.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <optional>

using namespace Flotilla;
using Test::ApiAnswer;
using Test::ApiClient;

#define VERIFY_STATUS(answer, expected)                                                                                \
    do {                                                                                                               \
        const ApiAnswer got = (answer);                                                                                \
        QVERIFY2(got.status == (expected), QByteArray::number(got.status) + ' ' + got.body);                           \
    } while (false)

namespace {

constexpr int turnMs = 60'000;

/// Name to value of a text in the Prometheus format 0.0.4; nothing when a line is not of that format or a sample comes
/// without its HELP and TYPE.
std::optional<QHash<QByteArray, double>> parsePrometheus(const QByteArray &text)
{
    static const QRegularExpression meta(QStringLiteral(R"(^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$)"));
    static const QRegularExpression sample(QStringLiteral(R"(^([a-zA-Z_:][a-zA-Z0-9_:]*) ([-+0-9.eE]+)$)"));
    if (!text.endsWith('\n'))
        return std::nullopt;
    QHash<QByteArray, double> values;
    QSet<QString> described;
    const QStringList lines = QString::fromUtf8(text).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        if (const auto match = meta.match(line); match.hasMatch()) {
            if (match.captured(1) == QLatin1String("TYPE") && match.captured(3) != QLatin1String("gauge"))
                return std::nullopt;
            described.insert(match.captured(1) + match.captured(2));
            continue;
        }
        const auto match = sample.match(line);
        bool number = false;
        const QString name = match.captured(1);
        const double value = match.captured(2).toDouble(&number);
        if (!number || !described.contains(QStringLiteral("HELP") + name) ||
            !described.contains(QStringLiteral("TYPE") + name) || values.contains(name.toUtf8()))
            return std::nullopt;
        values.insert(name.toUtf8(), value);
    }
    return values;
}

QByteArray wish(const char *prompt)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("prompt"), QString::fromUtf8(prompt)},
                                     {QStringLiteral("model"), QStringLiteral("sampler")}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

class TestApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_cli = std::make_unique<Test::Cli>();
        m_serve = m_cli->start({QStringLiteral("serve"), QStringLiteral("--api"), QStringLiteral("0")});
        QByteArray said;
        const QRegularExpression address(QStringLiteral("http://127\\.0\\.0\\.1:(\\d+)/"));
        QRegularExpressionMatch match;
        QTRY_VERIFY_WITH_TIMEOUT(
            (match = address.match(QString::fromUtf8(said += m_serve->readAllStandardError()))).hasMatch(), 30'000);
        m_port = quint16(match.captured(1).toUInt());
        QFile file(m_cli->data() + QLatin1String("/api.token"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_token = file.readAll().trimmed();
        QVERIFY(!said.contains(m_token));
        m_described.emplace(ApiClient(m_port, m_token).ask("GET", "/openapi.json").body);
        VERIFY_STATUS(api().ask("GET", "/openapi.json"), 200);
    }

    void cleanupTestCase()
    {
        m_serve->terminate();
        QVERIFY(m_serve->waitForFinished(20'000));
        QCOMPARE(m_serve->exitCode(), 0);
        m_serve.reset();
        m_cli.reset();
        QCOMPARE(m_differs.join(QLatin1Char('\n')), QString());
        QCOMPARE(m_described->unseen().join(QLatin1Char('\n')), QString());
    }

    void theDescriptionIsCheckedStrictly()
    {
        Test::OpenApi &api = *m_described;
        const auto refuses = [&api](const char *name, const char *json) {
            const QJsonObject schema{{"$ref", QStringLiteral("#/components/schemas/%1").arg(QLatin1String(name))}};
            return !api.schemaProblem(schema, QJsonDocument::fromJson(json).object()).isEmpty();
        };
        QVERIFY(!refuses("Answer", R"({"status": 200, "ms": 1.5})"));
        QVERIFY(refuses("Answer", R"({"status": 200.5, "ms": 1.5})"));
        QVERIFY(refuses("Answer", R"({"status": 200})"));
        QVERIFY(refuses("Answer", R"({"status": 200, "ms": 1, "more": 1})"));
        QVERIFY(refuses("Error", R"({"error": {"kind": "404", "text": ""}})"));
        QVERIFY(!api.problem("GET", "/v1/apps", {200, {{"content-type", "application/json"}}, "{}"}).isEmpty());
        QVERIFY(!api.problem("GET", "/v1/apps", {201, {{"content-type", "application/json"}}, "[]"}).isEmpty());
        QVERIFY(!api.problem("POST", "/v1/none", {200, {}, {}}).isEmpty());
    }

    void theTokenIsNeeded()
    {
        VERIFY_STATUS(ApiClient(m_port, "guess").ask("GET", "/v1/apps"), 401);
        VERIFY_STATUS(ApiClient(m_port, m_token).ask("GET", "/v1/apps"), 200);
    }

    void anAppIsMadeAndShown()
    {
        const ApiAnswer made = api().ask("POST", "/v1/apps", wish("a quiz about moss"));
        VERIFY_STATUS(made, 201);
        m_app = made.json()[QLatin1String("id")].toString().toUtf8();
        QVERIFY(made.json()[QLatin1String("url")].toString().startsWith(QLatin1String("http://")));
        QVERIFY(finishesTurn(1));
        const QJsonDocument app = show();
        QCOMPARE(app[QLatin1String("prompt")].toString(), QStringLiteral("a quiz about moss"));
        QVERIFY(app[QLatin1String("green")].toBool());
        QCOMPARE(app[QLatin1String("problem")].toString(), QString());
        QVERIFY(QDateTime::fromString(app[QLatin1String("created")].toString(), Qt::ISODateWithMs).isValid());
    }

    void pingAsksTheApp()
    {
        const ApiAnswer pinged = api().ask("POST", "/v1/apps/" + m_app + "/ping");
        VERIFY_STATUS(pinged, 200);
        QCOMPARE(pinged.json()[QLatin1String("status")].toInt(), 200);
        QVERIFY(pinged.json()[QLatin1String("ms")].toDouble() > 0);
    }

    void aWishChangesTheApp()
    {
        const QByteArray path = "/v1/apps/" + m_app + "/messages";
        VERIFY_STATUS(api().ask("POST", path, wish("call it “Mossy”")), 202);
        QVERIFY(finishesTurn(2));
        const ApiAnswer history = api().ask("GET", path);
        VERIFY_STATUS(history, 200);
        const QJsonArray messages = history.json().array();
        QVERIFY2(messages.size() == 4, history.body.constData());
        QCOMPARE(messages[0].toObject()[QLatin1String("role")].toString(), QStringLiteral("user"));
        QCOMPARE(messages[2].toObject()[QLatin1String("text")].toString(), QStringLiteral("call it “Mossy”"));
        QVERIFY(!messages[3].toObject()[QLatin1String("tools")].toArray().isEmpty());
        QCOMPARE(messages[3].toObject()[QLatin1String("version")].toInt(), 2);
    }

    void starAndUnstar()
    {
        const QByteArray path = "/v1/apps/" + m_app + "/star";
        VERIFY_STATUS(api().ask("PUT", path), 204);
        QVERIFY(show()[QLatin1String("starred")].toBool());
        VERIFY_STATUS(api().ask("DELETE", path), 204);
        QVERIFY(!show()[QLatin1String("starred")].toBool());
    }

    void snapshotsAreKept()
    {
        const QByteArray path = "/v1/apps/" + m_app + "/snapshots";
        const ApiAnswer made = api().ask("POST", path, R"({"label": "before the talk"})");
        VERIFY_STATUS(made, 201);
        QCOMPARE(made.json()[QLatin1String("label")].toString(), QStringLiteral("before the talk"));
        QVERIFY(made.json()[QLatin1String("bytes")].toDouble() > 0);
        QVERIFY(!made.json()[QLatin1String("id")].toString().isEmpty());
        VERIFY_STATUS(api().ask("POST", path, R"({"label": 7})"), 400);
    }

    void whatIsNotKnownIsNotPassedOver()
    {
        const ApiAnswer answer = api().ask("POST", "/v1/apps", R"({"prompt": "a timer", "modle": "sampler"})");
        VERIFY_STATUS(answer, 400);
        QVERIFY2(answer.body.contains("modle"), answer.body.constData());
    }

    void metricsCountWhatThereIs()
    {
        const ApiAnswer answer = api().ask("GET", "/metrics");
        VERIFY_STATUS(answer, 200);
        QCOMPARE(answer.headers.value("content-type"), QByteArray("text/plain; version=0.0.4"));
        const auto values = parsePrometheus(answer.body);
        QVERIFY2(values.has_value(), answer.body.constData());
        QCOMPARE(values->value("flotilla_apps", -1), 1.0);
        QCOMPARE(values->value("flotilla_apps_green", -1), 1.0);
        QCOMPARE(values->value("flotilla_turns_running", -1), 0.0);
        QCOMPARE(values->value("flotilla_sandboxes_running", -1), 1.0);
        QVERIFY(values->contains("flotilla_sandboxes_memory_bytes"));
        QVERIFY(values->contains("flotilla_sandboxes_cpu_cores"));
    }

    void thePrometheusParserIsStrict()
    {
        QVERIFY(parsePrometheus("# HELP a b\n# TYPE a gauge\na 1\n"));
        QVERIFY(!parsePrometheus("# HELP a b\n# TYPE a gauge\na 1"));
        QVERIFY(!parsePrometheus("a 1\n"));
        QVERIFY(!parsePrometheus("# HELP a b\n# TYPE a gauge\na one\n"));
    }

    void terminateEndsTheSandbox()
    {
        QCOMPARE(sandboxes(), 1);
        VERIFY_STATUS(api().ask("POST", "/v1/apps/" + m_app + "/terminate"), 204);
        QCOMPARE(sandboxes(), 0);
        QVERIFY(!show()[QLatin1String("running")].toBool());
        VERIFY_STATUS(api().ask("POST", "/v1/apps/" + m_app + "/ping"), 200); // wakes it
        QCOMPARE(sandboxes(), 1);
    }

    void whatIsNotThereIsSaid()
    {
        for (const char *path : {"/v1/apps/nothere", "/v1/apps/nothere/messages"})
            VERIFY_STATUS(api().ask("GET", path), 404);
        VERIFY_STATUS(api().ask("POST", "/v1/apps/nothere/messages", wish("a")), 404);
        VERIFY_STATUS(api().ask("PUT", "/v1/apps/nothere/star"), 404);
        for (const char *path : {"/v1/apps/nothere/ping", "/v1/apps/nothere/snapshots", "/v1/apps/nothere/terminate"})
            VERIFY_STATUS(api().ask("POST", path), 404);
        VERIFY_STATUS(api().ask("POST", "/v1/apps", wish("   ")), 400);
        VERIFY_STATUS(api().ask("POST", "/v1/apps", R"({"prompt": "a", "model": "no-such-model"})"), 400);
    }

    void hostileRequestsChangeNothing()
    {
        const ApiClient client = api();
        VERIFY_STATUS(client.ask("POST", "/v1/apps", QByteArray(4 * 1024 * 1024, 'x')), 413);
        VERIFY_STATUS(client.ask("POST", "/v1/apps", QByteArray("[").repeated(500'000)), 400);
        VERIFY_STATUS(client.ask("GET", "/v1/apps/..%2f..%2fflotilla.db"), 400);
        VERIFY_STATUS(client.ask("GET", "/v1/apps/%27%20OR%201=1"), 404);
        VERIFY_STATUS(client.ask("DELETE", "/v1/apps"), 405);
        VERIFY_STATUS(client.ask("GET", "/v1/terminate"), 405);
        QCOMPARE(api().ask("GET", "/v1/apps").json().array().size(), 1);
        QCOMPARE(sandboxes(), 1);
    }

    void anAppWhoseFirstTurnCannotBeginIsNotKept()
    {
        const QString locks = m_cli->data() + QLatin1String("/locks");
        QVERIFY(QFile::rename(locks, locks + QLatin1String(".away")));
        QFile inTheWay(locks);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const ApiAnswer refused = api().ask("POST", "/v1/apps", wish("a timer for eggs"));
        QVERIFY(inTheWay.remove());
        QVERIFY(QFile::rename(locks + QLatin1String(".away"), locks));
        VERIFY_STATUS(refused, 500);
        QVERIFY2(refused.body.contains("lock file"), refused.body.constData());
        QCOMPARE(api().ask("GET", "/v1/apps").json().array().size(), 1);
        QCOMPARE(sandboxes(), 1);
    }

    /// The window is such a program: it shows what ProjectService tells it.
    void anotherProgramSeesTheAppAtOnce()
    {
        Application::Options options;
        options.paths = ApplicationPaths::resolve(m_cli->data());
        const auto other = Application::start(options);
        QVERIFY2(other.ok(), other.ok() ? "" : qPrintable(other.error().text));
        QObject here;
        QSet<QString> seen;
        connect(&(*other)->projects(), &ProjectService::appChanged, &here,
                [&seen](const AppSummary &app) { seen.insert(app.id.value); });
        const ApiAnswer made = api().ask("POST", "/v1/apps", wish("a timer for tea"));
        VERIFY_STATUS(made, 201);
        const QString id = made.json()[QLatin1String("id")].toString();
        const auto apps = (*other)->projects().apps();
        QTRY_VERIFY_WITH_TIMEOUT(apps.isFinished(), 20'000);
        QCOMPARE(apps.result()->size(), 2);
        QTRY_VERIFY_WITH_TIMEOUT(seen.contains(id), 20'000);
        m_app = id.toUtf8();
        QVERIFY(finishesTurn(1));
    }

    void terminateAllEndsEverySandbox()
    {
        QCOMPARE(sandboxes(), 2);
        const ApiAnswer all = api().ask("POST", "/v1/terminate");
        VERIFY_STATUS(all, 200);
        QCOMPARE(all.json()[QLatin1String("stopped")].toInt(), 2);
        QCOMPARE(sandboxes(), 0);
    }

    /// No turn that was under way brings its sandbox back.
    void terminateAllStopsWhatIsBeingMade()
    {
        QList<QByteArray> made;
        for (int i = 0; i < 6; ++i)
            made.append(api()
                            .ask("POST", "/v1/apps", wish("a poll about clouds"))
                            .json()[QLatin1String("id")]
                            .toString()
                            .toUtf8());
        const ApiAnswer ended = api().ask("POST", "/v1/terminate");
        VERIFY_STATUS(ended, 200);
        QVERIFY(ended.json()[QLatin1String("stopped")].toInt() <= 6); // each counts once
        QCOMPARE(sandboxes(), 0);
        for (const QByteArray &id : std::as_const(made)) {
            QVERIFY(!id.isEmpty());
            const auto app = api().ask("GET", "/v1/apps/" + id).json();
            QCOMPARE(app[QLatin1String("turn")].toString(), QStringLiteral("idle"));
        }
        QCOMPARE(sandboxes(), 0);
        for (const QByteArray &id : std::as_const(made))
            VERIFY_STATUS(api().ask("DELETE", "/v1/apps/" + id), 204);
    }

    void deletedAppsAreGone()
    {
        VERIFY_STATUS(api().ask("DELETE", "/v1/apps/" + m_app), 204);
        VERIFY_STATUS(api().ask("GET", "/v1/apps/" + m_app), 404);
        QCOMPARE(api().ask("GET", "/v1/apps").json().array().size(), 1);
    }

    void aTakenPortIsSaid()
    {
        const auto second =
            m_cli->run({QStringLiteral("serve"), QStringLiteral("--api"), QString::number(m_port)}, {}, 30'000);
        QVERIFY(second.exitCode > 0);
        QVERIFY2(second.err.contains("cannot listen on port"), second.err.constData());
        QVERIFY(m_cli->run({QStringLiteral("serve"), QStringLiteral("--api"), QStringLiteral("http")}).exitCode > 0);
    }

private:
    ApiClient api()
    {
        ApiClient client(m_port, m_token);
        client.observe = [this](const QByteArray &method, const QByteArray &path, const ApiAnswer &answer) {
            if (const QString wrong = m_described->problem(method, path, answer); !wrong.isEmpty())
                m_differs.append(QStringLiteral("%1 %2 %3: %4")
                                     .arg(QString::fromUtf8(method), QString::fromUtf8(path.left(80)))
                                     .arg(answer.status)
                                     .arg(wrong));
        };
        return client;
    }
    QJsonDocument show() { return api().ask("GET", "/v1/apps/" + m_app).json(); }
    bool finishesTurn(int version)
    {
        QJsonDocument app;
        return QTest::qWaitFor(
            [&] {
                app = show();
                const QString turn = app[QLatin1String("turn")].toString();
                return app[QLatin1String("version")].toInt() == version && turn == QLatin1String("idle");
            },
            turnMs);
    }
    int sandboxes() const
    {
        return int(m_cli->run({QStringLiteral("--json"), QStringLiteral("ps")}).json().array().size());
    }

    std::unique_ptr<Test::Cli> m_cli;
    std::unique_ptr<QProcess> m_serve;
    quint16 m_port = 0;
    QByteArray m_token;
    QByteArray m_app;
    std::optional<Test::OpenApi> m_described;
    QStringList m_differs; ///< answers that are not as described
};

QTEST_GUILESS_MAIN(TestApi)
#include "tst_api.moc"
