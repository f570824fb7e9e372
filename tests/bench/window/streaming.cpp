// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/window/streaming.h"

#include "app/flotilla/shell.h"
#include "widgets/common/growingtextedit.h"
#include "widgets/common/stallwatchdog.h"
#include "widgets/home/applistmodel.h"
#include "widgets/home/homepage.h"
#include "widgets/home/promptbox.h"

#include <QApplication>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QTimer>

#include <cstdio>

namespace Flotilla::Bench {

namespace {

constexpr int ActMs = 30;
constexpr int LongestMs = 120000;

/// A person at the window: one act every 30 ms while the answer comes.
class Person : public QObject
{
public:
    explicit Person(Shell *shell)
        : QObject(&shell->window())
        , m_shell(shell)
    {
        connect(&m_timer, &QTimer::timeout, this, &Person::act);
        m_timer.start(ActMs);
        QTimer::singleShot(LongestMs, this, [] { QCoreApplication::exit(3); });
    }

private:
    void act()
    {
        const auto &apps = m_shell->window().apps()->apps();
        if (apps.isEmpty())
            return ask();
        const TurnState turn = apps.first().turn;
        const bool streams = turn == TurnState::Streaming || turn == TurnState::Applying;
        if (streams && m_acts++ == 0)
            m_shell->watchdog().reset();
        if (streams)
            return m_acts % 3 == 0 ? scroll() : type();
        if (m_acts > 0 || isEnd(turn))
            report();
    }

    void ask()
    {
        auto *build = find<QPushButton>("buildQPushButton");
        if (m_asked || !build)
            return;
        m_shell->window().homePage()->prompt()->setText(QStringLiteral("a kanban board for a bakery with a chart"));
        m_asked = build->isEnabled();
        if (m_asked)
            build->click();
    }

    void type()
    {
        if (auto *field = find<GrowingTextEdit>("composerField"))
            QTest::keyClick(field, m_acts % 40 == 0 ? Qt::Key_Return : Qt::Key(Qt::Key_A + m_acts % 26));
    }

    void scroll()
    {
        if (auto *view = find<QListView>("conversationView")) {
            QScrollBar *bar = view->verticalScrollBar();
            bar->setValue(m_acts % 2 == 0 ? bar->maximum() : bar->value() - 60);
        }
    }

    void report()
    {
        m_timer.stop();
        std::printf("{\"stall_ms\": %lld, \"over_50ms\": %d, \"acts\": %d}\n",
                    static_cast<long long>(m_shell->watchdog().longestStall().count()),
                    m_shell->watchdog().stallsOver50ms(), m_acts);
        QCoreApplication::exit(m_acts > 0 ? 0 : 3);
    }

    template <typename T>
    T *find(const char *name)
    {
        return m_shell->window().findChild<T *>(QString::fromLatin1(name));
    }

    Shell *m_shell;
    QTimer m_timer;
    int m_acts = 0;
    bool m_asked = false;
};

} // namespace

int runStreaming(QApplication &application, const QString &data)
{
    return runShell(application, data, [](Shell &shell) { new Person(&shell); });
}

} // namespace Flotilla::Bench
