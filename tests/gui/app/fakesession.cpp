// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/app/fakesession.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>

namespace Flotilla::Test {

AppSummary sampleApp()
{
    AppSummary app;
    app.id = {QStringLiteral("harbour")};
    app.title = QStringLiteral("Harbour habits");
    app.host = QStringLiteral("local");
    app.model = QStringLiteral("anthropic:claude-sonnet-5-5");
    app.version = 7;
    app.lastGreen = 7;
    app.green = true;
    app.running = true;
    app.usage.inputTokens = 31000;
    app.usage.outputTokens = 10000;
    app.cost = 0.31;
    return app;
}

Message userMessage(qint64 id, const QString &text)
{
    Message message;
    message.id = id;
    message.app = {QStringLiteral("harbour")};
    message.blocks = {TextBlock{text}};
    return message;
}

Message answer(qint64 id, const QList<Block> &blocks, int version, bool green)
{
    Message message = userMessage(id, {});
    message.role = Role::Assistant;
    message.blocks = blocks;
    message.version = version;
    message.green = green;
    message.seconds = 9.2;
    message.cost = 0.05;
    message.model = QStringLiteral("anthropic:claude-sonnet-5-5");
    message.checks = {QStringLiteral("build"), QStringLiteral("served"), QStringLiteral("loaded"),
                      QStringLiteral("no-errors"), QStringLiteral("not-blank")};
    message.usage.inputTokens = 4200;
    message.usage.outputTokens = 1300;
    return message;
}

ToolBlock toolCall(const QString &tool, const QString &path, int added, int removed, bool created)
{
    ToolBlock block;
    block.tool = tool;
    block.path = path;
    block.added = added;
    block.removed = removed;
    block.created = created;
    block.state = ToolBlock::State::Done;
    return block;
}

QList<Message> sampleConversation()
{
    Message writing = answer(4, {}, 0);
    writing.state = MessageState::Streaming;
    ToolBlock tool;
    tool.tool = QStringLiteral("write_file");
    tool.path = QStringLiteral("src/theme.ts");
    for (int i = 0; i < 109; ++i)
        tool.preview += QStringLiteral("// line %1\n").arg(i);
    tool.preview += QStringLiteral(
        "export const harbour = {\n  dawn: '#f4b183', rust: '#c8553d',\n  streak: '0 0 14px rgba(244,177,131,");
    writing.blocks = {tool};
    return {userMessage(
                1, QStringLiteral("Make the week chart stacked by habit, and let me click a bar to edit that day.")),
            answer(2,
                   {TextBlock{QStringLiteral(
                        "The chart is stacked now. Clicking a bar opens that day on the right; **Esc** closes it.")},
                    toolCall(QStringLiteral("read_file"), QStringLiteral("src/App.tsx"), 0, 0),
                    toolCall(QStringLiteral("edit_file"), QStringLiteral("src/WeekChart.tsx"), 38, 11),
                    toolCall(QStringLiteral("write_file"), QStringLiteral("src/DayEditor.tsx"), 64, 0, true)},
                   7),
            userMessage(3, QStringLiteral("Warmer colours. And streaks should glow a little.")), writing};
}

QList<Message> longConversation(int messages)
{
    static const QString prose = QStringLiteral("Here is what changed:\n\n- the **week chart** reads its colours from "
                                                "`theme.ts`\n- streaks glow when they are longer "
                                                "than three days\n- the editor closes with Esc\n\nThe data stays where "
                                                "it was; nothing has to be entered again.\n\n"
                                                "```tsx\nexport function Streak({ days }: { days: number }) {\n  "
                                                "return <span className=\"glow\">{days}</span>;\n}\n```\n");
    QList<Message> all;
    for (int i = 0; i < messages / 2; ++i) {
        all.append(userMessage(
            2 * i + 1, QStringLiteral("Wish number %1: make the header calmer and the numbers larger.").arg(i + 1)));
        all.append(answer(
            2 * i + 2, {TextBlock{prose}, toolCall(QStringLiteral("edit_file"), QStringLiteral("src/App.tsx"), 12, 4)},
            i + 1));
    }
    return all;
}

QList<VersionSummary> sampleVersions(int count, int red)
{
    QList<VersionSummary> all;
    for (int i = 1; i <= count; ++i) {
        VersionSummary version;
        version.number = i;
        version.parent = i - 1;
        version.state = i == red ? QStringLiteral("red") : QStringLiteral("green");
        version.message = i == 1 ? QStringLiteral("A habit tracker with a weekly chart")
                                 : QStringLiteral("Make the week chart stacked by habit");
        version.error = i == red ? QStringLiteral("The build stops in src/WeekChart.tsx, line 12") : QString();
        version.checks = {{QStringLiteral("build"), true, {}},
                          {QStringLiteral("loaded"), true, {}},
                          {QStringLiteral("no-errors"), true, {}}};
        version.model = QStringLiteral("anthropic:claude-sonnet-5-5");
        version.cost = 0.05;
        version.seconds = 9.2;
        version.created = QDateTime::currentDateTimeUtc().addSecs(-600 * (count - i + 1));
        all.append(version);
    }
    return all;
}

QByteArray sampleThumbnail(int seed)
{
    QImage image(640, 400, QImage::Format_RGB32);
    image.fill(QColor::fromHsl((seed * 67) % 360, 90, seed % 3 == 0 ? 40 : 235));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor::fromHsl((seed * 97) % 360, 200, 130), 40));
    painter.drawArc(230, 120, 180, 180, 0, 16 * 250);
    painter.fillRect(40, 30, 240, 30, QColor::fromHsl((seed * 67) % 360, 60, 120));
    painter.end();
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return png;
}

FileMap sampleFiles()
{
    return {
        {QStringLiteral("src/App.tsx"),
         "import { useState } from 'react';\nimport { WeekChart } from './WeekChart';\n\n// The whole app: a title and "
         "a chart.\n"
         "export default function App() {\n  const [day, setDay] = useState<number | null>(null);\n  return (\n"
         "    <main className=\"min-h-screen p-8\">\n      <h1 className=\"text-3xl font-bold\">Harbour habits</h1>\n"
         "      <WeekChart weeks={4} onPick={(n) => setDay(n)} />\n      {day !== null && <p>Day {day + 1}</p>}\n    "
         "</main>\n  );\n}\n"},
        {QStringLiteral("src/WeekChart.tsx"), "export function WeekChart() {\n  return null;\n}\n"},
        {QStringLiteral("src/theme.ts"), "export const harbour = {\n  dawn: '#f4b183',\n};\n"},
        {QStringLiteral("src/styles.css"), "/* colours */\n.glow {\n  box-shadow: 0 0 14px #f4b183;\n}\n"},
        {QStringLiteral("index.html"), "<!doctype html>\n<html lang=\"en\">\n  <body></body>\n</html>\n"},
        {QStringLiteral("app.json"), "{\n  \"title\": \"Harbour habits\",\n  \"kind\": \"react\"\n}\n"}};
}

} // namespace Flotilla::Test
