// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cliprocess.h"
#include "tests/support/serverthread.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Flotilla;
using namespace Flotilla::Test;

namespace {

const char goodApp[] = "export default function App() { return <h1>Tide table</h1> }\\n";
const char brokenApp[] = "export default function App() { return <h1>Tide table</h2> }\\n";

QByteArray writes(const QByteArray &text, const QByteArray &after = "Done.")
{
    return R"({"events":[{"text":"On it."},{"tool":"write_file","input":{"path":"src/App.tsx","content":")" + text +
           R"("}}]},{"text":")" + after + R"("})";
}

QByteArray script(const QList<QByteArray> &turns)
{
    return "{\"turns\":[" + turns.join(',') + "]}";
}

} // namespace

/// Turns with language models over both wire formats: the real program, real sandboxes, a fake server.
class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothFormats_data()
    {
        QTest::addColumn<bool>("anthropic");
        QTest::newRow("anthropic") << true;
        QTest::newRow("openai") << false;
    }

    void toolCallsMakeAGreenApp_data() { bothFormats_data(); }
    void toolCallsMakeAGreenApp()
    {
        QVERIFY(m_server.play(script({writes(goodApp)})));
        const CliResult made = run({"new", "a tide table"});
        QVERIFY2(made.exitCode == 0, made.err + made.out);
        const QJsonObject json = made.json().object();
        QCOMPARE(json["state"].toString(), QStringLiteral("green"));
        QVERIFY(json["usage"].toObject()["output"].toInt() > 0);
        QVERIFY(m_cli.run({"cat", json["app"].toString(), "src/App.tsx"}).out.contains("Tide table"));
        QVERIFY(m_server.requests().size() >= 2); // the result went back
    }

    void imageReachesTheModel_data() { bothFormats_data(); }
    void imageReachesTheModel()
    {
        QVERIFY(m_server.play(script({writes(goodApp)})));
        const QByteArray png = QByteArray::fromBase64(
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        QTemporaryDir dir;
        QFile file(dir.filePath("a.png"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(png);
        file.close();
        QVERIFY(run({"new", "like this", "--image", file.fileName()}).exitCode == 0);
        bool seen = false;
        for (const auto &request : m_server.requests())
            seen = seen || request.body.contains(png.toBase64());
        QVERIFY(seen);
    }

    void buildErrorGoesBackAndIsRepaired_data() { bothFormats_data(); }
    void buildErrorGoesBackAndIsRepaired()
    {
        QVERIFY(m_server.play(script({writes(brokenApp), writes(goodApp, "Fixed.")})));
        const CliResult made = run({"new", "a tide table"});
        QVERIFY2(made.exitCode == 0, made.err + made.out);
        bool told = false;
        for (const auto &request : m_server.requests())
            told = told || (request.body.contains("App.tsx") && request.body.contains("h2"));
        QVERIFY(told);
    }

    void errorThatStaysEndsRed_data() { bothFormats_data(); }
    void errorThatStaysEndsRed()
    {
        QVERIFY(m_server.play(R"({"select":"request","turns":[)" + QList<QByteArray>(8, writes(brokenApp)).join(',') +
                              "]}"));
        const CliResult made = run({"new", "a tide table"});
        QCOMPARE(made.exitCode, 1);
        const QJsonObject json = made.json().object();
        QVERIFY2(json["state"].toString() == QLatin1String("red"), made.out + made.err);
        QVERIFY(json["error"].toString().contains(QLatin1String("App.tsx")));
        QVERIFY2(m_server.requests().size() <= 8, QByteArray::number(m_server.requests().size()));
    }

    void failuresAreExplained_data()
    {
        QTest::addColumn<bool>("anthropic");
        QTest::addColumn<QByteArray>("turn");
        QTest::addColumn<QByteArray>("word");
        for (const bool anthropic : {true, false}) {
            const char *name = anthropic ? "anthropic" : "openai";
            QTest::addRow("%s 401", name) << anthropic << QByteArray(R"({"status":401})") << QByteArray("key");
            QTest::addRow("%s 404", name) << anthropic << QByteArray(R"({"status":404})") << QByteArray("model");
        }
    }
    void failuresAreExplained()
    {
        QFETCH(QByteArray, turn);
        QFETCH(QByteArray, word);
        QVERIFY(m_server.play(script({turn})));
        const CliResult made = run({"new", "a tide table"});
        QCOMPARE(made.exitCode, 1);
        const QByteArray text = made.json().object()["error"].toObject()["text"].toString().toLower().toUtf8();
        QVERIFY2(text.contains(word), made.out + made.err);
    }

    void hostileFileNamesStayOutside_data() { bothFormats_data(); }
    void hostileFileNamesStayOutside()
    {
        QVERIFY(m_server.play(script({R"({"events":[
            {"tool":"write_file","input":{"path":"../../escape.txt","content":"x"}},
            {"tool":"write_file","input":{"path":"/etc/escape.txt","content":"x"}},
            {"tool":"write_file","input":{"path":"src/../../../escape.txt","content":"x"}}]})",
                                      writes(goodApp)})));
        const CliResult made = run({"new", "a tide table"});
        QVERIFY2(made.exitCode == 0, made.err + made.out);
        const CliResult files = m_cli.run({"files", made.json().object()["app"].toString()});
        QVERIFY(!files.out.contains("escape"));
        QVERIFY(!QFile::exists("/etc/escape.txt"));
    }

private:
    CliResult run(QStringList arguments)
    {
        QFETCH(bool, anthropic);
        m_cli.setEnvironment("ANTHROPIC_BASE_URL", m_server.anthropicBase());
        arguments << "--json"
                  << "--model"
                  << (anthropic ? QStringLiteral("anthropic:fake-model")
                                : "openai:fake-model@" + m_server.openAiBase());
        return m_cli.run(arguments);
    }

    ServerThread m_server;
    Cli m_cli;
};

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
