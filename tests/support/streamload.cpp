// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/streamload.h"

#include "tests/support/cliprocess.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Flotilla::Test {

namespace {

constexpr int tokenLength = 4;
constexpr int startMs = 20'000;

} // namespace

QString numberedText(int tokens)
{
    QString text;
    for (int i = 0; i < tokens; ++i)
        text += QStringLiteral("%1").arg(i % 10'000, tokenLength, 10, QLatin1Char('0'));
    return text;
}

QByteArray scriptSaying(const QString &text, double tokensPerSecond)
{
    const QJsonObject turn{{QStringLiteral("text"), text}, {QStringLiteral("piece"), tokenLength}};
    return QJsonDocument(QJsonObject{{QStringLiteral("turns"), QJsonArray{turn}},
                                     {QStringLiteral("tokensPerSecond"), tokensPerSecond}})
        .toJson(QJsonDocument::Compact);
}

FakeServerProcess::FakeServerProcess(const QByteArray &script)
{
    if (!m_script.open())
        return;
    m_script.write(script);
    m_script.flush();
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(binDir() + QLatin1String("/fake-llm-server"), {m_script.fileName()});
    while (!m_process.canReadLine() && m_process.waitForReadyRead(startMs)) {
    }
    m_port = m_process.readLine().trimmed().toUShort();
}

FakeServerProcess::~FakeServerProcess()
{
    m_process.kill();
    m_process.waitForFinished();
}

QUrl FakeServerProcess::openAiBase() const
{
    return m_port == 0 ? QUrl() : QUrl(QStringLiteral("http://127.0.0.1:%1/v1").arg(m_port));
}

StreamLoad::StreamLoad(std::shared_ptr<LanguageModel> model, QString text, QObject *parent)
    : QObject(parent)
    , m_model(std::move(model))
    , m_text(std::move(text))
{
}

void StreamLoad::start(int streams)
{
    ModelRequest request;
    request.model = QStringLiteral("fake-model");
    request.messages = {{Role::User, {TextPart{QStringLiteral("Say it.")}}}};
    m_result.streams = streams;
    m_result.expected = qint64(streams) * (m_text.size() / tokenLength);
    m_streams.resize(size_t(streams));
    m_clock.start();
    for (Stream &entry : m_streams) {
        entry.text.reserve(m_text.size());
        entry.stream = m_model->stream(request);
        connect(entry.stream.get(), &ModelStream::event, this,
                [this, &entry](const StreamEvent &event) { onEvent(entry, event); });
    }
}

void StreamLoad::onEvent(Stream &stream, const StreamEvent &event)
{
    if (const auto *delta = std::get_if<TextDelta>(&event)) {
        const qint64 now = m_clock.nsecsElapsed();
        if (stream.lastNs == 0)
            m_result.mostOpen = std::max(m_result.mostOpen, ++m_open);
        else
            m_result.longestGapMs = std::max(m_result.longestGapMs, double(now - stream.lastNs) / 1e6);
        stream.lastNs = now;
        stream.text += delta->text;
        m_result.received += delta->text.size() / tokenLength;
    } else if (const auto *failed = std::get_if<StreamFailed>(&event)) {
        onEnd(stream, failed->error.text + QLatin1Char(' ') + failed->error.detail);
    } else if (std::holds_alternative<StreamDone>(event)) {
        onEnd(stream, stream.text == m_text ? QString() : QStringLiteral("The text is not what was sent."));
    }
}

void StreamLoad::onEnd(Stream &stream, const QString &problem)
{
    m_open -= stream.lastNs == 0 ? 0 : 1;
    m_result.complete += problem.isEmpty() ? 1 : 0;
    if (m_result.problem.isEmpty())
        m_result.problem = problem;
    if (++m_over == m_result.streams)
        Q_EMIT over();
}

} // namespace Flotilla::Test
