// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/recording/replaymodel.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QPointer>

namespace Flotilla {

namespace {

/// The same for a text in every run, which qHash() is not.
quint32 stableHash(const QString &text)
{
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    return quint32(quint8(hash[0])) << 24 | quint32(quint8(hash[1])) << 16 | quint32(quint8(hash[2])) << 8 |
           quint32(quint8(hash[3]));
}

} // namespace

ReplayStream::ReplayStream(std::shared_ptr<const RecordedAnswer> answer)
    : m_answer(std::move(answer))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ReplayStream::play);
    m_since.start();
    m_timer.start(m_answer ? m_answer->events.first().atMs : 0);
}

void ReplayStream::cancel()
{
    m_cancelled = true;
    m_timer.stop();
}

void ReplayStream::play()
{
    const QPointer<ReplayStream> alive(this);
    if (!m_answer) {
        const QString text =
            QCoreApplication::translate("Recording", "The recording has no further answer in this conversation.");
        Q_EMIT event(StreamFailed{{ErrorKind::NotFound, text, {}}, false, {}, {}});
        return;
    }
    const auto answer = m_answer;
    while (m_next < answer->events.size() && answer->events[m_next].atMs <= m_since.elapsed()) {
        Q_EMIT event(answer->events[m_next++].event);
        if (!alive || m_cancelled)
            return;
    }
    if (m_next < answer->events.size())
        m_timer.start(int(answer->events[m_next].atMs - m_since.elapsed()));
}

ReplayModel::ReplayModel(const Recording &recording)
    : m_prompts(recording.prompts())
{
    for (const RecordedAnswer &answer : recording.answers) {
        auto &place = m_answers[{answer.prompt, answer.step}];
        if (!place)
            place = std::make_shared<RecordedAnswer>(answer);
    }
    m_info.id = QStringLiteral("recording");
    m_info.ref = m_info.id;
    m_info.provider = m_info.id;
    m_info.displayName = QCoreApplication::translate("Recording", "Recorded answers of %1 (%2)")
                             .arg(recording.models().join(QLatin1String(", ")))
                             .arg(recording.answers.size());
    m_info.capabilities.tools = recording.answers.first().tools;
    m_info.price = Price{};
    m_info.isLanguageModel = false;
}

std::unique_ptr<ModelStream> ReplayModel::stream(const ModelRequest &request)
{
    return std::make_unique<ReplayStream>(answerTo(request));
}

std::shared_ptr<const RecordedAnswer> ReplayModel::answerTo(const ModelRequest &request) const
{
    QString prompt = promptOf(request);
    if (!m_answers.contains({prompt, 0}))
        prompt = m_prompts[stableHash(prompt) % m_prompts.size()];
    return m_answers.value({prompt, stepOf(request)});
}

std::shared_ptr<LanguageModel> replayModel(const Recording &recording)
{
    return std::make_shared<ReplayModel>(recording);
}

} // namespace Flotilla
