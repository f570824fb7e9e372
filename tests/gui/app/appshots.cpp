// SPDX-License-Identifier: GPL-3.0-or-later
// Writes every designed state of the App screen as a PNG: appshots DIR. With Xvfb or offscreen.
#include "tests/gui/app/fakesession.h"

#include "widgets/chat/apptabbar.h"
#include "widgets/chat/appview.h"
#include "widgets/chat/chatpane.h"
#include "widgets/chat/versionmodel.h"
#include "widgets/common/theme.h"
#include "widgets/preview/previewpane.h"

#include <QApplication>
#include <QDir>
#include <QTest>

using namespace Flotilla;
using namespace Flotilla::Test;

namespace {

QString folder;

void shot(QWidget *widget, const QString &name)
{
    QTest::qWait(150);
    widget->grab().save(QStringLiteral("%1/%2.png").arg(folder, name));
}

PreviewStatus status(PreviewState state, const QString &text = {})
{
    PreviewStatus value;
    value.state = state;
    value.text = text;
    return value;
}

struct Screen
{
    FakeSession *session = new FakeSession;
    AppView view{std::unique_ptr<ScreenSession>(session), {}};

    explicit Screen(const QSize &size)
    {
        view.resize(size);
        view.show();
        session->files[0] = sampleFiles();
        FileMap old = sampleFiles();
        old[QStringLiteral("src/App.tsx")].replace("text-3xl", "text-xl").replace("Harbour habits", "Habits");
        for (int i = 1; i <= 7; ++i) {
            session->files[i] = i == 7 ? sampleFiles() : old;
            session->thumbnails[i] = sampleThumbnail(i);
        }
        view.openApp({QStringLiteral("harbour")});
        Q_EMIT session->summaryChanged(sampleApp());
    }
};

Message redAnswer(qint64 id)
{
    NoticeBlock error{
        NoticeBlock::Severity::Error, QStringLiteral("The build stops: \"Chart\" is not exported by ./charts."),
        QStringLiteral("import { Chart } from './charts'\n         ^"), QStringLiteral("src/WeekChart.tsx"), 3};
    NoticeBlock repair{
        NoticeBlock::Severity::Info, QStringLiteral("The error went back to the model (1 of 2)."), {}, {}, 0};
    NoticeBlock waiting{
        NoticeBlock::Severity::Warning, QStringLiteral("The model is busy. Trying again in 12 s."), {}, {}, 0};
    ThinkingBlock thinking{QStringLiteral("The chart has to come from somewhere else.")};
    ToolBlock command = toolCall(QStringLiteral("run_command"), {}, 0, 0);
    command.preview = QStringLiteral("node --check src/server.js");
    command.result = QStringLiteral("ok");
    ToolBlock failedEdit = toolCall(QStringLiteral("edit_file"), QStringLiteral("src/charts.ts"), 0, 0);
    failedEdit.state = ToolBlock::State::Failed;
    failedEdit.result = QStringLiteral("The text to replace is not in the file.");
    return answer(id,
                  {thinking,
                   TextBlock{QStringLiteral("I split the chart into two parts.\n\n1. `WeekChart` draws\n2. `charts.ts` "
                                            "holds the numbers\n\n> Data stays as it was.\n\n```ts\nexport const Chart "
                                            "= (days: number[]) => days.map((n) => n * 2); // doubled\n```")},
                   command, waiting, error, repair,
                   toolCall(QStringLiteral("edit_file"), QStringLiteral("src/WeekChart.tsx"), 3, 1), failedEdit},
                  8, false);
}

void shots(const QString &suffix, const QSize &size)
{
    Screen screen(size);
    FakeSession *session = screen.session;
    AppView &view = screen.view;
    AppSummary fresh = sampleApp();
    fresh.version = fresh.lastGreen = 0;
    fresh.green = fresh.running = false;
    fresh.usage = {};
    fresh.cost.reset();
    Q_EMIT session->summaryChanged(fresh);
    shot(&view, QStringLiteral("none-") + suffix);

    AppSummary app = sampleApp();
    Q_EMIT session->versionsLoaded(sampleVersions(7, 4));
    Q_EMIT session->conversationLoaded(sampleConversation());
    app.turn = TurnState::Streaming;
    Q_EMIT session->summaryChanged(app);
    Q_EMIT session->previewChanged(status(PreviewState::Building));
    shot(&view, QStringLiteral("streaming-") + suffix);

    app.turn = TurnState::Idle;
    app.green = false;
    app.version = 8;
    Q_EMIT session->summaryChanged(app);
    QList<Message> red = sampleConversation().mid(0, 3);
    red.append(redAnswer(4));
    Q_EMIT session->conversationLoaded(red);
    PreviewStatus broken = status(PreviewState::BuildError, QStringLiteral("\"Chart\" is not exported by ./charts."));
    broken.diagnostics = {{QStringLiteral("src/WeekChart.tsx"), 3, 10,
                           QStringLiteral("No matching export in \"src/charts.ts\" for import \"Chart\""),
                           QStringLiteral("import { Chart } from './charts';"), true}};
    Q_EMIT session->previewChanged(broken);
    shot(&view, QStringLiteral("red-") + suffix);

    const QList<std::pair<QString, PreviewStatus>> states{
        {QStringLiteral("starting"), status(PreviewState::Starting)},
        {QStringLiteral("crashed"),
         status(PreviewState::Crashed, QStringLiteral("Its program used more than 512 MB and was ended."))},
        {QStringLiteral("empty"), status(PreviewState::Empty)},
        {QStringLiteral("asleep"), status(PreviewState::Stopped)},
        {QStringLiteral("failed"),
         status(PreviewState::Failed,
                QStringLiteral("Bubblewrap is not installed. Install it with: sudo apt install bubblewrap"))}};
    for (const auto &[name, value] : states) {
        Q_EMIT session->previewChanged(value);
        shot(&view, name + QLatin1Char('-') + suffix);
    }
    Q_EMIT session->conversationLoaded(longConversation(200));
    view.showTab(AppTabBar::Code);
    shot(&view, QStringLiteral("code-") + suffix);
    Q_EMIT view.chat()->view()->openDiff(QStringLiteral("src/App.tsx"), 7);
    shot(&view, QStringLiteral("diff-") + suffix);
    view.showTab(AppTabBar::Versions);
    shot(&view, QStringLiteral("versions-") + suffix);
    view.showTab(AppTabBar::Logs);
    for (int i = 0; i < 60; ++i)
        Q_EMIT session->logAdded({QDateTime::currentDateTimeUtc(),
                                  i % 3 ? QStringLiteral("server") : QStringLiteral("build"),
                                  QStringLiteral("GET /api/habits 200 in %1 ms").arg(i), i % 20 == 7});
    QTest::qWait(200);
    shot(&view, QStringLiteral("logs-") + suffix);
    ConsoleModel *console = view.preview()->console();
    console->append({ConsoleEntry::Level::Info,
                     QStringLiteral("habits loaded: 28"),
                     QStringLiteral("src/App.js"),
                     12,
                     false,
                     1,
                     {}});
    console->append({ConsoleEntry::Level::Warning,
                     QStringLiteral("Each child in a list should have a unique \"key\" prop."),
                     QStringLiteral("vendor/react.js"),
                     882,
                     false,
                     1,
                     {}});
    console->append({ConsoleEntry::Level::Error,
                     QStringLiteral("Uncaught TypeError: Cannot read properties of undefined (reading 'map')"),
                     QStringLiteral("src/WeekChart.js"),
                     31,
                     true,
                     1,
                     {}});
    console->append({ConsoleEntry::Level::Blocked,
                     QStringLiteral("Blocked, the internet: https://fonts.googleapis.com/css2"),
                     {},
                     0,
                     false,
                     1,
                     {}});
    view.showTab(AppTabBar::Console);
    shot(&view, QStringLiteral("console-") + suffix);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    QDir().mkpath(folder);
    Theme::instance().install(application);
    for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light}) {
        Theme::instance().setMode(mode);
        const QString name = Theme::toString(mode);
        shots(name + QStringLiteral("-1440"), {1384, 900});
        shots(name + QStringLiteral("-1024"), {968, 700});
    }
    return 0;
}
