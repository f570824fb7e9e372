// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/retrycounter.h"

#include <QPointer>
#include <QTest>

using namespace Flotilla;

namespace {

class HandStream : public ModelStream
{
public:
    void cancel() override { cancelled = true; }
    void say(const StreamEvent &event) { Q_EMIT this->event(event); }
    bool cancelled = false;
};

class HandModel : public LanguageModel
{
public:
    ModelInfo info() const override
    {
        ModelInfo info;
        info.id = QStringLiteral("hand");
        return info;
    }
    std::unique_ptr<ModelStream> stream(const ModelRequest &) override
    {
        auto stream = std::make_unique<HandStream>();
        last = stream.get();
        return stream;
    }
    QPointer<HandStream> last;
};

StreamWaiting waitingFor(int attempt)
{
    return {std::chrono::milliseconds(5), {ErrorKind::RateLimited, QStringLiteral("Not now."), {}}, attempt};
}

} // namespace

class TestRetryCounter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsEveryRetryOnce()
    {
        int retries = 0;
        QStringList heard;
        const auto behind = std::make_shared<HandModel>();
        RetryCountingModel model(behind, [&retries] { ++retries; });
        QCOMPARE(model.info().id, QStringLiteral("hand"));
        const auto stream = model.stream({});
        connect(stream.get(), &ModelStream::event, this, [&heard](const StreamEvent &event) {
            if (const auto *text = std::get_if<TextDelta>(&event))
                heard.append(text->text);
        });
        behind->last->say(waitingFor(1)); // before the first try
        QCOMPARE(retries, 0);
        behind->last->say(waitingFor(2));
        behind->last->say(waitingFor(2)); // the same one waits in line
        QCOMPARE(retries, 1);
        behind->last->say(waitingFor(3));
        behind->last->say(TextDelta{QStringLiteral("hello")});
        QCOMPARE(retries, 2);
        QCOMPARE(heard, QStringList{QStringLiteral("hello")});
        const auto second = model.stream({});
        behind->last->say(waitingFor(2));
        QCOMPARE(retries, 3);
        second->cancel();
        QVERIFY(behind->last->cancelled);
    }

    void aListenerMayDeleteTheStream()
    {
        const auto behind = std::make_shared<HandModel>();
        RetryCountingModel model(behind, [] {});
        auto stream = model.stream({});
        connect(stream.get(), &ModelStream::event, this, [&stream] { stream.reset(); });
        behind->last->say(waitingFor(2));
        QVERIFY(!stream && !behind->last);
    }
};

QTEST_GUILESS_MAIN(TestRetryCounter)
#include "tst_retrycounter.moc"
