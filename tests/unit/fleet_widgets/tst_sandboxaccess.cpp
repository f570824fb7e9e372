// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/sandboxaccess.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace Flotilla;

namespace {

class FakeShell : public ExecProcess
{
public:
    FakeShell(QByteArray *input, bool *alive)
        : ExecProcess(nullptr)
        , m_input(input)
        , m_alive(alive)
    {
        *m_alive = true;
    }
    ~FakeShell() override { *m_alive = false; }
    void writeStdin(const QByteArray &bytes) override { *m_input += bytes; }
    qint64 stdinWaiting() const override { return unread; }
    void closeStdin() override {}
    void resize(int columns, int rows) override { size = {columns, rows}; }
    void kill() override {}
    QPair<int, int> size;
    qint64 unread = 0;

private:
    QByteArray *m_input;
    bool *m_alive;
};

} // namespace

class TestSandboxAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_terminal.reset();
        m_input.clear();
        auto shell = std::make_unique<FakeShell>(&m_input, &m_alive);
        m_shell = shell.get();
        m_terminal = std::make_unique<SandboxTerminal>(std::move(shell));
        m_terminal->start();
    }

    void nothingIsMissedBeforeTheStart()
    {
        auto shell = std::make_unique<FakeShell>(&m_input, &m_alive);
        FakeShell *early = shell.get();
        SandboxTerminal terminal(std::move(shell));
        Q_EMIT early->standardOutput("prompt");
        Q_EMIT early->finished(ExecResult{7, QStringLiteral("exited")});
        QStringList told;
        connect(&terminal, &SandboxTerminal::output, this, [&told](const QByteArray &bytes) { told << bytes; });
        connect(&terminal, &SandboxTerminal::ended, this, [&told](const QString &why) { told << why; });
        terminal.start();
        QTRY_COMPARE(told.size(), 2);
        QCOMPARE(told[0], QStringLiteral("prompt"));
        QVERIFY(told[1].contains(QLatin1Char('7')));
    }

    void whatAShellDoesNotReadIsBounded()
    {
        m_shell->unread = 2 * 1024 * 1024;
        m_terminal->write("lost");
        m_shell->unread = 0;
        m_terminal->write("kept");
        QTRY_COMPARE(m_input, QByteArray("kept"));
    }

    void keysAndOutputPass()
    {
        QSignalSpy output(m_terminal.get(), &SandboxTerminal::output);
        m_terminal->write("ls\r");
        QTRY_COMPARE(m_input, QByteArray("ls\r"));
        Q_EMIT m_shell->standardOutput("files");
        QCOMPARE(output.size(), 1);
        QCOMPARE(output[0][0].toByteArray(), QByteArray("files"));
    }

    void sizesAreBounded()
    {
        m_terminal->resize(1000000, -4);
        QTRY_COMPARE(m_shell->size, qMakePair(500, 2));
    }

    void aReaderThatIsBehindIsNotFlooded()
    {
        qint64 passed = 0;
        connect(m_terminal.get(), &SandboxTerminal::output, this,
                [&passed](const QByteArray &bytes) { passed += bytes.size(); });
        const QByteArray chunk(64 * 1024, 'y');
        for (int i = 0; i < 1000; ++i) // 64 MB
            Q_EMIT m_shell->standardOutput(chunk);
        QVERIFY(passed < 1024 * 1024);
        QByteArray rest;
        connect(m_terminal.get(), &SandboxTerminal::output, this, [&rest](const QByteArray &bytes) { rest += bytes; });
        Q_EMIT m_shell->standardOutput("the end");
        m_terminal->acknowledge(passed);
        QTRY_VERIFY(rest.endsWith("the end"));
        QVERIFY(rest.contains("[...]")); // what was left out is said
        QVERIFY(rest.size() < 2 * 1024 * 1024);
    }

    void theEndIsToldAfterTheLastOutput()
    {
        QStringList order;
        connect(m_terminal.get(), &SandboxTerminal::output, this, [&order] { order << QStringLiteral("output"); });
        connect(m_terminal.get(), &SandboxTerminal::ended, this, [&order](const QString &why) {
            order << QStringLiteral("ended");
            QVERIFY(why.contains(QLatin1String("3")));
        });
        Q_EMIT m_shell->standardOutput(QByteArray(300 * 1024, 'a'));
        Q_EMIT m_shell->standardOutput("last");
        Q_EMIT m_shell->finished(ExecResult{3, QStringLiteral("exited")});
        QCOMPARE(order.last(), QStringLiteral("ended"));
        QCOMPARE(order.count(QStringLiteral("output")), 2);
    }

    void releasingItEndsTheShell()
    {
        QVERIFY(m_alive);
        m_terminal.reset();
        QVERIFY(!m_alive);
    }

private:
    QByteArray m_input;
    bool m_alive = false;
    FakeShell *m_shell = nullptr;
    std::unique_ptr<SandboxTerminal> m_terminal;
};

QTEST_GUILESS_MAIN(TestSandboxAccess)
#include "tst_sandboxaccess.moc"
