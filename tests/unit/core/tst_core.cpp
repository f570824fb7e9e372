// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/clock.h"
#include "backends/core/foreigntext.h"
#include "backends/core/future.h"
#include "backends/core/id.h"
#include "backends/core/log.h"

#include <QCoroFuture>
#include <QSet>
#include <QTest>
#include <QThread>

using namespace Flotilla;

namespace {

QCoro::Task<Result<int>> doubled(Future<int> input)
{
    const Result<int> value = co_await input;
    if (!value)
        co_return value.error();
    co_return *value * 2;
}

} // namespace

class TestCore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resultHoldsValueOrError()
    {
        const Result<int> good = 7;
        const Result<int> bad = Error{ErrorKind::NotFound, QStringLiteral("No such app."), {}};
        QVERIFY(good.ok());
        QCOMPARE(*good, 7);
        QVERIFY(!bad.ok());
        QCOMPARE(bad.error().kind, ErrorKind::NotFound);
        QVERIFY(Status().ok());
    }

    void foreignTextIsLetters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *name, const QString &text, const QString &shown) {
            QTest::newRow(name) << text << shown;
        };
        row("plain", QStringLiteral("GET / 200\t3 ms"), QStringLiteral("GET / 200\t3 ms"));
        row("colours", QStringLiteral("\x1b[1;31merror\x1b[0m \x1b[38;5;12mblue"), QStringLiteral("error blue"));
        row("title", QStringLiteral("\x1b]0;stolen\x07rest"), QStringLiteral("rest"));
        row("link", QStringLiteral("\x1b]8;;file:///\x1b\\here"), QStringLiteral("here"));
        row("carriage return", QStringLiteral("10 %\r20 %\r"), QStringLiteral("10 %\u240d20 %"));
        row("controls", QStringLiteral("a\nb\bc\x7f") + QChar(0x9b), QStringLiteral("a\u240ab\u2408c\u2421\ufffd"));
        row("turned round", QStringLiteral("evil\u202etxt.exe\u2028"), QStringLiteral("evil\ufffdtxt.exe\ufffd"));
        row("broken off", QStringLiteral("a\x1b["), QStringLiteral("a\u241b["));
    }
    void foreignTextIsLetters()
    {
        QFETCH(QString, text);
        QFETCH(QString, shown);
        QCOMPARE(formatForeign(text), shown);
    }
    void foreignLinesKeepTheirBreaks()
    {
        QCOMPARE(formatForeignLines(QStringLiteral("a\x1b[2J\r\nb\x07\n")), QStringLiteral("a\nb\u2407\n"));
    }

    void idsAreUniqueAndPlain()
    {
        QSet<QString> ids;
        static const QRegularExpression plain(QStringLiteral("^[a-z][a-z0-9]{11}$"));
        for (int i = 0; i < 1000; ++i) {
            const QString id = newId();
            QVERIFY2(plain.match(id).hasMatch(), qPrintable(id));
            ids.insert(id);
        }
        QCOMPARE(ids.size(), 1000);
        QCOMPARE(randomHex(16).size(), 32);
    }

    void manualClockMovesOnlyWhenTold()
    {
        ManualClock clock;
        const auto before = clock.now();
        clock.advance(std::chrono::seconds(90));
        QCOMPARE(before.secsTo(clock.now()), 90);
    }

    void redactHidesSecrets_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("openai") << "key sk-abcdefgh1234 used"
                                << "key [hidden] used";
        QTest::newRow("bearer") << "Authorization: Bearer abcdef123"
                                << "Authorization: Bearer [hidden]";
        QTest::newRow("header") << "x-api-key: zzz999zzz"
                                << "x-api-key: [hidden]";
        QTest::newRow("registered") << "a my-own-secret b"
                                    << "a [hidden] b";
        QTest::newRow("plain") << "a task-list for skates"
                               << "a task-list for skates";
    }
    void redactHidesSecrets()
    {
        QFETCH(QString, text);
        addSecretToRedact(QStringLiteral("my-own-secret"));
        QTEST(redact(text), "expected");
    }

    void coroutineBecomesFuture()
    {
        auto future = toFuture(doubled(readyFuture<int>(21)));
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(*future.result(), 42);
        auto failed = toFuture(doubled(readyFuture<int>(Error{ErrorKind::Timeout, {}, {}})));
        QTRY_VERIFY(failed.isFinished());
        QCOMPARE(failed.result().error().kind, ErrorKind::Timeout);
    }

    void onThreadRunsThere()
    {
        QThread thread;
        QObject context;
        context.moveToThread(&thread);
        thread.start();
        auto plain = onThread(&context, [&]() -> Result<bool> { return QThread::currentThread() == &thread; });
        auto nested = onThread(&context, [&] { return doubled(readyFuture<int>(4)); });
        auto future = onThread(&context, [&] { return readyFuture<int>(5); });
        QTRY_VERIFY(plain.isFinished() && nested.isFinished() && future.isFinished());
        QVERIFY(*plain.result());
        QCOMPARE(*nested.result(), 8);
        QCOMPARE(*future.result(), 5);
        thread.quit();
        thread.wait();
    }
};

QTEST_GUILESS_MAIN(TestCore)
#include "tst_core.moc"
