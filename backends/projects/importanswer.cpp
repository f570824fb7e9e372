// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/importanswer.h"

#include <QTimer>

namespace Flotilla {

namespace {

class OneSentence : public ModelStream
{
public:
    explicit OneSentence(const QString &sentence)
    {
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, [this, sentence] {
            Q_EMIT event(TextDelta{sentence});
            Q_EMIT event(UsageUpdate{}); // known: nothing was used
            Q_EMIT event(StreamDone{});
        });
        m_timer.start(0);
    }
    void cancel() override { m_timer.stop(); }

private:
    QTimer m_timer;
};

} // namespace

ModelInfo ImportAnswer::info() const
{
    ModelInfo info;
    info.id = QStringLiteral("import");
    info.price = Price{};
    info.isLanguageModel = false;
    return info;
}

std::unique_ptr<ModelStream> ImportAnswer::stream(const ModelRequest &)
{
    return std::make_unique<OneSentence>(m_sentence);
}

} // namespace Flotilla
