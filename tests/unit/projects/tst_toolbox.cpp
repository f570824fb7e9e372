// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/toolbox.h"

#include <QJsonDocument>
#include <QTest>

using namespace Flotilla;

namespace {

ToolCallPart call(const char *tool, const char *json)
{
    QJsonParseError error;
    const auto input = QJsonDocument::fromJson(json, &error).object();
    Q_ASSERT(error.error == QJsonParseError::NoError);
    return {QStringLiteral("c1"), QString::fromLatin1(tool), input};
}

FileMap someFiles()
{
    return {{QStringLiteral("src/App.tsx"), "export default function App() {\n  return <p>Hello</p>;\n}\n"},
            {QStringLiteral("src/long.ts"), QByteArray("f();\n").repeated(60)},
            {QStringLiteral("logo.bin"), QByteArray("\0\xff\xfe", 3)}};
}

} // namespace

class TestToolbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void calls_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<bool>("works");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *tool, const char *input, bool works, const char *says) {
            QTest::newRow(name) << QString::fromLatin1(tool) << QByteArray(input) << works << QString::fromLatin1(says);
        };
        row("write", "write_file", "{\"path\":\"a.ts\",\"content\":\"x\\ny\\n\"}", true, "Wrote a.ts (+2 -0 lines)");
        row("write again", "write_file", "{\"path\":\"src/App.tsx\",\"content\":\"x\"}", true,
            "Replaced src/App.tsx (+1 -3");
        row("write without content", "write_file", "{\"path\":\"a.ts\"}", false, "needs \"content\"");
        row("write with a number", "write_file", "{\"path\":\"a.ts\",\"content\":7}", false, "needs \"content\"");
        row("write without path", "write_file", "{\"content\":\"x\"}", false, "needs \"path\"");
        row("write outside", "write_file", "{\"path\":\"../../.ssh/authorized_keys\",\"content\":\"x\"}", false,
            "not allowed");
        row("write absolute", "write_file", "{\"path\":\"/etc/cron.d/x\",\"content\":\"x\"}", false, "relative path");
        row("write shrinks", "write_file", "{\"path\":\"src/long.ts\",\"content\":\"x\"}", false, "allow_shrink");
        row("write shrinks on purpose", "write_file",
            "{\"path\":\"src/long.ts\",\"content\":\"x\",\"allow_shrink\":true}", true, "Replaced");
        row("edit", "edit_file", "{\"path\":\"src/App.tsx\",\"old_text\":\"Hello\",\"new_text\":\"Bye\"}", true,
            "at line 2 (+1 -1");
        row("edit, other names", "edit_file",
            "{\"file_path\":\"src/App.tsx\",\"old_string\":\"Hello\",\"new_string\":\"Bye\"}", true, "Edited");
        row("edit missing file", "edit_file", "{\"path\":\"b.ts\",\"old_text\":\"a\",\"new_text\":\"b\"}", false,
            "no file \"b.ts\"");
        row("edit breaks", "edit_file", "{\"path\":\"src/App.tsx\",\"old_text\":\"return\",\"new_text\":\"return (\"}",
            false, "would break");
        row("edit binary", "edit_file", "{\"path\":\"logo.bin\",\"old_text\":\"a\",\"new_text\":\"b\"}", false,
            "not a text file");
        row("read", "read_file", "{\"path\":\"src/App.tsx\"}", true, "<p>Hello</p>");
        row("read lines", "read_file", "{\"path\":\"src/App.tsx\",\"start_line\":2,\"end_line\":2}", true,
            "  return <p>Hello</p>;");
        row("read beyond the end", "read_file", "{\"path\":\"src/App.tsx\",\"start_line\":900}", true, "");
        row("read binary", "read_file", "{\"path\":\"logo.bin\"}", false, "not a text file");
        row("read outside", "read_file", "{\"path\":\"../x\"}", false, "not allowed");
        row("list", "list_files", "{}", true, "src/App.tsx (57 bytes)");
        row("list a folder", "list_files", "{\"path\":\"src/\"}", true, "src/long.ts (300 bytes)");
        row("list nothing", "list_files", "{\"path\":\"none\"}", true, "no files here");
        row("delete", "delete_file", "{\"path\":\"src/long.ts\"}", true, "Deleted");
        row("delete missing", "delete_file", "{\"path\":\"x\"}", false, "no file");
        row("rename", "rename_file", "{\"from\":\"src/long.ts\",\"to\":\"src/short.ts\"}", true, "Renamed");
        row("rename outside", "rename_file", "{\"from\":\"src/long.ts\",\"to\":\"../short.ts\"}", false, "not allowed");
        row("rename on itself", "rename_file", "{\"from\":\"src/long.ts\",\"to\":\"src/App.tsx\"}", false,
            "exists already");
        row("unknown", "launch_missiles", "{}", false, "no tool \"launch_missiles\"");
    }
    void calls()
    {
        QFETCH(QString, tool);
        QFETCH(QByteArray, input);
        QFETCH(QString, says);
        QFETCH(bool, works);
        Workspace workspace(someFiles());
        Toolbox box(&workspace);
        const ToolOutcome outcome = box.run(call(tool.toLatin1(), input));
        QVERIFY2(outcome.text.contains(says), qPrintable(outcome.text));
        QCOMPARE(!outcome.failed, works);
        QCOMPARE(workspace.files() != someFiles(), !outcome.changed.isEmpty());
        for (const QString &path : workspace.paths())
            QVERIFY(!pathProblem(path));
    }

    void secondFailedEditAsksForTheWholeFile()
    {
        Workspace workspace(someFiles());
        Toolbox box(&workspace);
        const auto bad = call("edit_file", "{\"path\":\"src/App.tsx\",\"old_text\":\"nope\",\"new_text\":\"b\"}");
        QVERIFY(!box.run(bad).text.contains(QStringLiteral("whole file")));
        QVERIFY(box.run(bad).text.contains(QStringLiteral("whole file")));
        QVERIFY(!box.run(call("write_file", "{\"path\":\"src/App.tsx\",\"content\":\"x\"}")).failed);
        QVERIFY(!box.run(bad).text.contains(QStringLiteral("whole file")));
    }

    void shrinkIsSentBackOnce()
    {
        Workspace workspace(someFiles());
        Toolbox box(&workspace);
        const auto shrink = call("write_file", "{\"path\":\"src/long.ts\",\"content\":\"x\"}");
        QVERIFY(box.run(shrink).failed);
        QVERIFY(!box.run(shrink).failed);
    }

    void commands()
    {
        QVERIFY(Toolbox::needsSandbox(QStringLiteral("run_command")));
        QVERIFY(!Toolbox::needsSandbox(QStringLiteral("write_file")));
        const auto command = Toolbox::commandOf(
            {{QStringLiteral("command"), QStringLiteral("ls")}, {QStringLiteral("timeout_seconds"), 100000}});
        QCOMPARE(command->command, QStringLiteral("ls"));
        QCOMPARE(command->timeoutSeconds, 300);
        QVERIFY(!Toolbox::commandOf({}).ok());
        QVERIFY(!Toolbox::commandOf({{QStringLiteral("command"), QString(9000, QLatin1Char('a'))}}).ok());
        const auto withNul = Toolbox::commandOf({{QStringLiteral("command"), QString(QChar(0))}});
        QVERIFY2(!withNul && withNul.error().text.contains(QLatin1String("NUL")), "a short command is not too long");
    }
};

QTEST_GUILESS_MAIN(TestToolbox)
#include "tst_toolbox.moc"
