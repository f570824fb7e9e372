// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/agentkeys.h"
#include "backends/hosts/ssh/bytepipe.h"
#include "backends/hosts/ssh/helperframes.h"
#include "backends/hosts/ssh/remotecommand.h"
#include "backends/hosts/ssh/sshconfig.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>
#include <QtEndian>

#include <thread>

namespace Flotilla {

namespace {

const SshTokens tokens{QStringLiteral("/home/ada"), QStringLiteral("ada"), QStringLiteral("/run/agent")};

QByteArray answerOf(const QByteArray &more)
{
    return "host box\nuser ada\nhostname 10.0.0.5\nport 2222\n" + more;
}

QByteArray wire(const QByteArray &bytes)
{
    QByteArray size(4, 0);
    qToBigEndian(quint32(bytes.size()), size.data());
    return size + bytes;
}

} // namespace

class TestSshParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAConfiguration()
    {
        const auto target = SshConfig::parse(
            answerOf("identityfile ~/.ssh/id_%h_%r\nidentityfile /keys/%%x\nidentitiesonly yes\n"
                     "userknownhostsfile ~/.ssh/a /b\nglobalknownhostsfile /c none\nstricthostkeychecking accept-new\n"
                     "hostkeyalias farm\nconnecttimeout 7\nproxyjump ada@door:2200,gate\nhashknownhosts yes\n"),
            QStringLiteral("box"), tokens);
        QVERIFY(target);
        QCOMPARE(target->hostName, QStringLiteral("10.0.0.5"));
        QCOMPARE(target->port, quint16(2222));
        QCOMPARE(target->user, QStringLiteral("ada"));
        QCOMPARE(target->identityFiles,
                 (QStringList{QStringLiteral("/home/ada/.ssh/id_10.0.0.5_ada"), QStringLiteral("/keys/%x")}));
        QVERIFY(target->identitiesOnly);
        QCOMPARE(target->userKnownHosts, (QStringList{QStringLiteral("/home/ada/.ssh/a"), QStringLiteral("/b")}));
        QCOMPARE(target->globalKnownHosts, QStringList{QStringLiteral("/c")});
        QVERIFY(target->policy == HostKeyPolicy::AcceptNew);
        QCOMPARE(target->hostKeyAlias, QStringLiteral("farm"));
        QCOMPARE(target->connectTimeout, std::chrono::seconds(7));
        QCOMPARE(target->jumps, (QStringList{QStringLiteral("ada@door:2200"), QStringLiteral("gate")}));
        QCOMPARE(target->identityAgent, tokens.agentSocket);
        QVERIFY(target->hashKnownHosts);
    }

    void refusesAConfiguration_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("host with a shell in it") << QByteArray("user ada\nhostname $(reboot)\nport 22\n");
        QTest::newRow("host as an option") << QByteArray("user ada\nhostname -oProxyCommand=x\nport 22\n");
        QTest::newRow("user with a quote") << QByteArray("user a'b\nhostname h\nport 22\n");
        QTest::newRow("port") << QByteArray("user ada\nhostname h\nport 99999\n");
        QTest::newRow("jump as an option") << answerOf("proxyjump -oProxyCommand=x\n");
        QTest::newRow("jumps without end") << answerOf("proxyjump " + QByteArray("a,").repeated(50) + "b\n");
        QTest::newRow("alias") << answerOf("hostkeyalias a b\n");
        QTest::newRow("too long") << answerOf(QByteArray(300'000, 'x'));
    }
    void refusesAConfiguration()
    {
        QFETCH(QByteArray, output);
        const auto target = SshConfig::parse(output, QStringLiteral("box"), tokens);
        QVERIFY(!target);
        QVERIFY(target.error().detail.startsWith(QLatin1String("resolve: ")));
    }

    void survivesAnyConfiguration()
    {
        QRandomGenerator random(7);
        const QByteArray seed = answerOf("identityfile ~/%h\nproxyjump a,b\nconnecttimeout 3\n");
        for (int i = 0; i < 3000; ++i) {
            QByteArray output = seed;
            for (int k = 0; k < 8; ++k)
                output[random.bounded(int(output.size()))] = char(random.bounded(256));
            if (const auto target = SshConfig::parse(output, QStringLiteral("box"), tokens)) {
                QVERIFY(!target->hostName.contains(QLatin1Char('$')) && !target->hostName.startsWith(QLatin1Char('-')));
                QVERIFY(target->port > 0);
            }
        }
    }

    void knowsSafeTargets()
    {
        for (const char *good : {"box", "ada@box", "ssh://ada@box:22", "10.0.0.1", "[::1]:22", "a.b-c_d"})
            QVERIFY2(SshConfig::isSafeTarget(QLatin1String(good)), good);
        for (const char *bad : {"", "-oProxyCommand=x", "a b", "a;b", "a\nb", "a\n", "$(x)", "`x`", "a'b", "a\"b"})
            QVERIFY2(!SshConfig::isSafeTarget(QLatin1String(bad)), bad);
    }

    void runsInAnyLoginShell_data()
    {
        QTest::addColumn<QString>("shell");
        for (const char *shell : {"sh", "bash", "dash", "zsh", "ksh", "mksh", "fish", "tcsh", "csh", "busybox"})
            QTest::newRow(shell) << QString::fromLatin1(shell);
    }
    void runsInAnyLoginShell()
    {
        QFETCH(QString, shell);
        const QString program = QStandardPaths::findExecutable(shell);
        if (program.isEmpty() && shell != QLatin1String("bash") && shell != QLatin1String("sh"))
            QSKIP("not installed");
        CommandSpec spec;
        spec.program = QStringLiteral("printf");
        const QString hostile = QString::fromUtf8("$HOME `id` ; * \"'\\ \n! \t#{a,b} %s %b \\0101 ü€ -x");
        spec.args = {QStringLiteral("%s|%s"), hostile, QStringLiteral("it's")};
        spec.env = {{QStringLiteral("ONE"), hostile}};
        spec.cwd = QStringLiteral("/usr/bin");
        const auto remote = RemoteCommand::of(spec);
        QVERIFY(remote);
        QProcess process;
        QStringList arguments{QStringLiteral("-c"), QString::fromUtf8(remote->line)};
        if (shell == QLatin1String("busybox"))
            arguments.prepend(QStringLiteral("sh"));
        process.start(program, arguments);
        QVERIFY(process.waitForFinished());
        RemoteOutput output(remote->mark);
        const QByteArray out = process.readAllStandardOutput();
        const QByteArray err = process.readAllStandardError();
        output.add(err.constData(), err.size(), true);
        QCOMPARE(output.add(out.constData(), out.size(), false), hostile.toUtf8() + "|it's");
        QVERIFY(output.started());
    }

    void ignoresWhatALoginScriptPrints()
    {
        RemoteOutput output("mark");
        QCOMPARE(output.add("Welcome\nto ma", 13, false), QByteArray());
        QCOMPARE(output.add("rk\nmark\nda", 10, false), QByteArray("mark\nda"));
        QCOMPARE(output.add("ta\n", 3, false), QByteArray("ta\n"));
        QCOMPARE(output.add("warning: locale\nmark 4711\noops", 30, true), QByteArray("oops"));
        QCOMPARE(output.process(), 4711);
    }

    void tellsWhatIsMissing()
    {
        RemoteOutput output("mark");
        output.add("mark 0 program\n", 15, true);
        QCOMPARE(output.missing(), QByteArray("program"));
        QVERIFY(!output.started());
    }

    void refusesCommands()
    {
        CommandSpec spec;
        QVERIFY(!RemoteCommand::of(spec));
        spec.program = QStringLiteral("true");
        spec.env = {{QStringLiteral("A;reboot"), QStringLiteral("1")}};
        QVERIFY(!RemoteCommand::of(spec));
        spec.env.clear();
        spec.args = {QString(1, QChar::Null)};
        QVERIFY(!RemoteCommand::of(spec));
        spec.args = {QString(200'000, QLatin1Char('x'))};
        QVERIFY(!RemoteCommand::of(spec));
    }

    void readsIdentities()
    {
        const QByteArray answer = QByteArray(1, 12) + QByteArray("\0\0\0\2", 4) + wire("key one") + wire("ada@laptop") +
                                  wire("key two") + wire("");
        const auto keys = parseIdentities(answer);
        QCOMPARE(keys.size(), 2);
        QCOMPARE(keys.at(0).blob, QByteArray("key one"));
        QCOMPARE(keys.at(0).comment, QStringLiteral("ada@laptop"));
        QCOMPARE(parseIdentities(answer.chopped(3)).size(), 1);
        QVERIFY(parseIdentities("").isEmpty());
        QVERIFY(parseIdentities(QByteArray(1, 5)).isEmpty());
        QVERIFY(parseIdentities(QByteArray(1, 12) + QByteArray(4, char(0xff)) + QByteArray(100, char(0xff))).isEmpty());
    }

    void pipeHoldsBytesBack()
    {
        BytePipe pipe;
        int woken = 0;
        pipe.setWakeChannel([&] { ++woken; });
        const QByteArray much(BytePipe::incomingLimit + 100, 'x');
        QCOMPARE(pipe.deliver(much.constData(), much.size()), BytePipe::incomingLimit);
        QCOMPARE(pipe.deliver("y", 1), qsizetype(0));
        QByteArray read(BytePipe::incomingLimit, 0);
        pipe.read(read.data(), 100);
        QCOMPARE(woken, 0); // not before there is real room
        pipe.read(read.data(), read.size());
        QCOMPARE(woken, 1);
    }

    void framesOfTheHelper()
    {
        const QByteArray bytes = HelperFrames::frame({{QStringLiteral("op"), QStringLiteral("hold")}}) +
                                 HelperFrames::frame('O', QByteArray(200'000, 'x')) + HelperFrames::frame('E', {});
        HelperFrames::Decoder decoder;
        QList<HelperFrames::Frame> frames;
        for (const char byte : bytes) {
            decoder.feed(&byte, 1);
            while (const auto frame = decoder.next())
                frames.append(*frame);
        }
        QCOMPARE(frames.size(), 3);
        const auto object = HelperFrames::object(frames.at(0).payload);
        QVERIFY(object && object->value(QLatin1String("op")) == QLatin1String("hold"));
        QCOMPARE(frames.at(1).type, 'O');
        QCOMPARE(frames.at(1).payload, QByteArray(200'000, 'x'));
        QVERIFY(frames.at(2).type == 'E' && frames.at(2).payload.isEmpty());
        QVERIFY(!HelperFrames::object("[1]") && !HelperFrames::object(QByteArray(100'000, ' ') + "{}"));
    }

    void framesOfAHostileHelper_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("too long") << QByteArray("\x01\x00\x04\x00O", 5);
        QTest::newRow("much too long") << QByteArray("\xff\xff\xff\xffJ", 5);
        QTest::newRow("unknown type") << QByteArray("\x01\x00\x00\x00X", 5);
        QTest::newRow("our own type") << HelperFrames::frame('I', "x");
        QTest::newRow("no type") << QByteArray(5, '\0');
    }
    void framesOfAHostileHelper()
    {
        QFETCH(QByteArray, bytes);
        HelperFrames::Decoder decoder;
        decoder.feed(bytes.constData(), bytes.size());
        QVERIFY(!decoder.next());
        QVERIFY(decoder.broken());
        const QByteArray good = HelperFrames::frame('O', "more");
        decoder.feed(good.constData(), good.size());
        QVERIFY(!decoder.next()); // for good
    }

    void pipeWakesAChannelThatFoundNoRoom()
    {
        BytePipe pipe;
        int woken = 0;
        pipe.setWakeChannel([&woken] { ++woken; });
        QCOMPARE(pipe.room(), BytePipe::incomingLimit);
        QByteArray bytes(BytePipe::incomingLimit, 'x');
        QCOMPARE(pipe.deliver(bytes.constData(), bytes.size()), bytes.size()); // exactly full, nothing refused
        QCOMPARE(pipe.room(), qsizetype(0));
        pipe.read(bytes.data(), bytes.size());
        QCOMPARE(woken, 1);
    }

    void pipeBlocksAndEnds()
    {
        BytePipe pipe;
        std::thread other([&] {
            const QByteArray much(3 * BytePipe::outgoingLimit, 'x');
            for (int i = 0; i < 3; ++i)
                pipe.waitAndWrite(much.constData() + i * BytePipe::outgoingLimit, BytePipe::outgoingLimit);
            pipe.closeWriting();
        });
        qsizetype got = 0;
        while (!pipe.outgoingDone())
            got += pipe.takeOutgoing(10'000).size();
        other.join();
        QCOMPARE(got, 3 * BytePipe::outgoingLimit);
        pipe.finish(Error{ErrorKind::Network, QStringLiteral("gone"), {}});
        char byte = 0;
        QCOMPARE(pipe.waitAndRead(&byte, 1), qsizetype(-1));
        QVERIFY(!pipe.waitAndWrite(&byte, 1));
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestSshParts)
#include "tst_sshparts.moc"
