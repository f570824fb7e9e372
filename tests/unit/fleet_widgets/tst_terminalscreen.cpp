// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/terminalscreen.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace Flotilla;

class TestTerminalScreen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sent.clear();
        m_screen = std::make_unique<TerminalScreen>(20, 4, [this](const QByteArray &bytes) { m_sent += bytes; });
    }

    void showsText()
    {
        m_screen->write("hello\r\nw\xC3\xB6rld");
        QCOMPARE(m_screen->lineText(0), QStringLiteral("hello"));
        QCOMPARE(m_screen->lineText(1), QString::fromUtf8("wörld"));
        QCOMPARE(m_screen->cursor(), qMakePair(1, 5));
    }

    void joinsCharactersThatArriveInPieces()
    {
        for (const char byte : QByteArray("\xE2\x82\xAC\xF0\x9F\x90\xB3"))
            m_screen->write(QByteArray(1, byte));
        QVERIFY(m_screen->lineText(0).startsWith(QString::fromUtf8("€🐳")));
        QCOMPARE(m_screen->cell(0, 1).width, 2);
    }

    void keepsWhatScrollsOut()
    {
        for (int i = 0; i < 10; ++i)
            m_screen->write("line " + QByteArray::number(i) + "\r\n");
        QCOMPARE(m_screen->history(), 7);
        QCOMPARE(m_screen->lineText(-7), QStringLiteral("line 0"));
        QCOMPARE(m_screen->lineText(-1), QStringLiteral("line 6"));
    }

    void keepsOnlySoMuch()
    {
        m_screen->write(QByteArray("x\r\n").repeated(TerminalScreen::mostLines + 500));
        QCOMPARE(m_screen->history(), TerminalScreen::mostLines);
    }

    void coloursAndStyles()
    {
        m_screen->write("\033[1;31mR\033[0;38;2;1;2;3mT\033[0m.");
        QVERIFY(m_screen->cell(0, 0).bold);
        QVERIFY(m_screen->cell(0, 0).foreground);
        QCOMPARE(*m_screen->cell(0, 1).foreground, qRgb(1, 2, 3));
        QVERIFY(!m_screen->cell(0, 2).foreground);
    }

    void fullScreenProgramsLeaveTheirPage()
    {
        m_screen->write("before\033[?1049h\033[2J\033[Hinside");
        QVERIFY(m_screen->isAlternate());
        QCOMPARE(m_screen->lineText(0), QStringLiteral("inside"));
        m_screen->write("\033[?1049l");
        QVERIFY(!m_screen->isAlternate());
        QCOMPARE(m_screen->lineText(0), QStringLiteral("before"));
    }

    void keys_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("enter") << int(Qt::Key_Return) << QByteArray("\r");
        QTest::newRow("tab") << int(Qt::Key_Tab) << QByteArray("\t");
        QTest::newRow("escape") << int(Qt::Key_Escape) << QByteArray("\033");
        QTest::newRow("up") << int(Qt::Key_Up) << QByteArray("\033[A");
        QTest::newRow("delete") << int(Qt::Key_Delete) << QByteArray("\033[3~");
        QTest::newRow("backspace") << int(Qt::Key_Backspace) << QByteArray("\x7F");
    }
    void keys()
    {
        QFETCH(int, key);
        QFETCH(QByteArray, bytes);
        QVERIFY(m_screen->sendKey(key, Qt::NoModifier));
        QCOMPARE(m_sent, bytes);
        QVERIFY(!m_screen->sendKey(Qt::Key_A, Qt::NoModifier));
    }

    void controlAndAlt()
    {
        m_screen->sendText(QStringLiteral("c"), Qt::ControlModifier);
        QCOMPARE(m_sent, QByteArray("\x03"));
        m_sent.clear();
        m_screen->sendText(QStringLiteral("b"), Qt::AltModifier);
        QCOMPARE(m_sent, QByteArray("\033b"));
    }

    void aPasteCannotPressKeys()
    {
        m_screen->write("\033[?2004h"); // bracketed paste
        m_screen->paste(QString::fromUtf8("a\033[201~b\nc\x03"));
        QVERIFY(m_sent.startsWith("\033[200~"));
        QVERIFY(m_sent.endsWith("\033[201~"));
        QCOMPARE(m_sent.count("\033"), 2); // only the brackets
        QVERIFY(!m_sent.contains('\x03'));
    }

    void questionsGetShortAnswersOnly()
    {
        // Titles, clipboards, reports of titles: nothing may come back that a shell would run.
        m_screen->write("\033]0;rm -rf /\007\033[21t\033]52;c;?\007\033P+q544e\033\\\033[>c\033[6n\005");
        QVERIFY2(m_sent.size() < 100, m_sent.toHex().constData());
        QVERIFY(!m_sent.contains("rm"));
        QVERIFY(!m_sent.contains('\r') && !m_sent.contains('\n'));
    }

    void hostileNumbersDoNotHurt_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("cursor") << QByteArray("\033[99999999999;99999999999Hx");
        QTest::newRow("repeat") << QByteArray("x\033[999999999b");
        QTest::newRow("insert") << QByteArray("\033[2147483647@\033[2147483647L\033[2147483647P\033[2147483647M");
        QTest::newRow("scroll") << QByteArray("\033[2147483647S\033[2147483647T");
        QTest::newRow("region") << QByteArray("\033[9999;1r\033[0;0r\n\n\n");
        QTest::newRow("colour") << QByteArray("\033[38;5;99999m\033[38;2;999;999;999mx");
        QTest::newRow("many parts") << QByteArray("\033[") + QByteArray("1;").repeated(5000) + "m";
        QTest::newRow("many parts, with controls") << QByteArray("\033[1") + QByteArray("\r;1").repeated(500) + "m";
        QTest::newRow("many parts, colons") << QByteArray("\033[4") + QByteArray(":3").repeated(500) + "m";
        QTest::newRow("many parts, C1") << QByteArray("\x9b") + QByteArray("1;").repeated(500) + "m";
        QTest::newRow("many parts, C1 as UTF-8") << QByteArray("\xC2\x9b") + QByteArray("1;").repeated(500) + "m";
        QTest::newRow("leaders") << QByteArray("\033[") + QByteArray("?").repeated(500) + "1h";
        QTest::newRow("intermediates") << QByteArray("\033[1") + QByteArray(" ").repeated(500) + "q\033" +
                                              QByteArray("#").repeated(500) + "8";
        QTest::newRow("deep tabs") << QByteArray("\033[2147483647I\033[2147483647Z");
        QTest::newRow("erase") << QByteArray("\033[2147483647X\033[2147483647J");
        QTest::newRow("long title") << QByteArray("\033]0;") + QByteArray(300000, 'a') + "\007";
        QTest::newRow("open string") << QByteArray("\033P") + QByteArray(300000, 'a');
        QTest::newRow("marks") << QByteArray("e") + QByteArray("\xCC\x81").repeated(5000);
    }
    void hostileNumbersDoNotHurt()
    {
        QFETCH(QByteArray, bytes);
        QElapsedTimer timer;
        timer.start();
        m_screen->write(bytes);
        m_screen->write("\033\\\030\033c\033[Hafter");
        QVERIFY2(timer.elapsed() < 4000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(m_screen->lineText(0), QStringLiteral("after"));
    }

    void noiseDoesNotHurt()
    {
        QRandomGenerator random(42);
        const QByteArray pieces[] = {"\033[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1",
                                     "\033]",
                                     "\033P",
                                     ";",
                                     "H",
                                     "m",
                                     "?1049h",
                                     "?1049l",
                                     "\007",
                                     "\r\n",
                                     "\xF0\x9F"};
        for (int round = 0; round < 400; ++round) {
            QByteArray bytes;
            for (int i = 0; i < 64; ++i)
                bytes += random.bounded(3) ? pieces[random.bounded(11)] : QByteArray(1, char(random.bounded(256)));
            m_screen->write(bytes);
            if (round % 7 == 0)
                m_screen->resize(2 + random.bounded(120), 2 + random.bounded(60));
            for (int row = -qMin(3, m_screen->history()); row < m_screen->rows(); ++row)
                (void)m_screen->lineText(row);
        }
        QVERIFY(m_screen->history() <= TerminalScreen::mostLines);
    }

    void sizesAreBounded()
    {
        m_screen->resize(100000, -5);
        QCOMPARE(m_screen->columns(), TerminalScreen::mostColumns);
        QCOMPARE(m_screen->rows(), 2);
        QVERIFY(m_screen->cell(-100000, 0).text.isEmpty());
        QVERIFY(m_screen->cell(0, 100000).text.isEmpty());
    }

private:
    QByteArray m_sent;
    std::unique_ptr<TerminalScreen> m_screen;
};

QTEST_GUILESS_MAIN(TestTerminalScreen)
#include "tst_terminalscreen.moc"
