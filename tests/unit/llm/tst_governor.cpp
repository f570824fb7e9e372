// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/llm/llmtesting.h"

using namespace Flotilla;

namespace {

/// A model whose streams are driven by the test.
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
    ModelInfo info() const override { return {}; }
    std::unique_ptr<ModelStream> stream(const ModelRequest &) override
    {
        auto stream = std::make_unique<HandStream>();
        streams.append(stream.get());
        return stream;
    }
    QList<QPointer<HandStream>> streams;
};

StreamFailed failure(ErrorKind kind, std::optional<std::chrono::milliseconds> after = std::nullopt)
{
    return {{kind, QStringLiteral("It failed."), {}}, true, after, {}};
}

GovernorPolicy quickPolicy(int inFlight)
{
    GovernorPolicy policy;
    policy.backoff = std::chrono::milliseconds(2);
    policy.maxBackoff = std::chrono::milliseconds(4);
    policy.startInFlight = policy.maxInFlight = inFlight;
    return policy;
}

} // namespace

class TestGovernor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlySoManyAtOnce()
    {
        auto governor = std::make_shared<Governor>(quickPolicy(2));
        auto model = std::make_shared<HandModel>();
        const auto governed = governor->wrap(model);
        std::vector<std::unique_ptr<Heard>> heard;
        for (int i = 0; i < 5; ++i)
            heard.push_back(std::make_unique<Heard>(governed->stream({})));
        QTRY_COMPARE(model->streams.size(), 2);
        QTest::qWait(20);
        QCOMPARE(model->streams.size(), 2);
        model->streams.at(0)->say(StreamDone{});
        QTRY_COMPARE(model->streams.size(), 3);
        heard.at(1).reset(); // deleting frees the place, too
        QTRY_COMPARE(model->streams.size(), 4);
        heard.at(4).reset(); // deleting while queued
        model->streams.at(2)->say(StreamDone{});
        QTest::qWait(20);
        QCOMPARE(model->streams.size(), 4);
    }

    void interactiveGoesFirst()
    {
        auto governor = std::make_shared<Governor>(quickPolicy(1));
        auto model = std::make_shared<HandModel>();
        auto people = std::make_shared<HandModel>();
        Heard running(governor->wrap(model, RequestPriority::Load)->stream({}));
        QTRY_COMPARE(model->streams.size(), 1);
        Heard load(governor->wrap(model, RequestPriority::Load)->stream({}));
        QTest::qWait(5);
        Heard person(governor->wrap(people)->stream({}));
        QTest::qWait(5);
        model->streams.at(0)->say(StreamDone{});
        QTRY_COMPARE(people->streams.size(), 1);
        QCOMPARE(model->streams.size(), 1);
    }

    void overloadHalvesAndSuccessGrows()
    {
        GovernorPolicy policy = quickPolicy(8);
        policy.overloadAttempts = 1;
        auto governor = std::make_shared<Governor>(policy);
        auto model = std::make_shared<HandModel>();
        const auto governed = governor->wrap(model);
        std::vector<std::unique_ptr<Heard>> heard;
        for (int i = 0; i < 8; ++i)
            heard.push_back(std::make_unique<Heard>(governed->stream({})));
        QTRY_COMPARE(model->streams.size(), 8);
        model->streams.at(0)->say(failure(ErrorKind::Overloaded));
        QCOMPARE(governor->inFlightLimit(), 4);
        model->streams.at(1)->say(failure(ErrorKind::Overloaded));
        QCOMPARE(governor->inFlightLimit(), 4); // the same overload
        model->streams.at(2)->say(StreamDone{});
        QCOMPARE(governor->inFlightLimit(), 5);
    }

    void retryAfterHoldsEverybody()
    {
        auto governor = std::make_shared<Governor>(quickPolicy(8));
        auto model = std::make_shared<HandModel>();
        const auto governed = governor->wrap(model);
        Heard first(governed->stream({}));
        QTRY_COMPARE(model->streams.size(), 1);
        model->streams.at(0)->say(failure(ErrorKind::RateLimited, std::chrono::milliseconds(150)));
        Heard second(governed->stream({}));
        QTRY_COMPARE(second.waits.size(), 1);
        QCOMPARE(second.waits.first().attempt, 1);
        QVERIFY(second.waits.first().delay.count() > 50);
        QCOMPARE(model->streams.size(), 1);
        QTRY_COMPARE(model->streams.size(), 2); // one goes first and finds out
        QTest::qWait(30);
        QCOMPARE(model->streams.size(), 2);
        model->streams.at(1)->say(TextDelta{QStringLiteral("hello")});
        QTRY_COMPARE(model->streams.size(), 3);
    }

    void aRateLimitLosesNothingOfALoadTest_data()
    {
        QTest::addColumn<bool>("limitHeaders");
        QTest::newRow("429 with retry-after") << false;
        QTest::newRow("with what is left") << true;
    }
    void aRateLimitLosesNothingOfALoadTest()
    {
        QFETCH(bool, limitHeaders);
        FakeLlmServer server;
        QVERIFY(server.listen());
        FakeScript script = FakeScript::saying(QStringLiteral("hello"));
        script.requestsPerMinute = 1200; // 20 a second
        script.burst = 20;
        script.limitHeaders = limitHeaders;
        server.setScript(script);
        HttpClient http;
        FakeModel fake(&http, server, ModelRef::Kind::OpenAi);
        fake.config.observeHeaders = [&fake](const HttpHeaders &headers) { fake.governor->observe(headers); };
        const auto model = fake.governor->wrap(std::make_shared<HttpModel>(fake.config), RequestPriority::Load);
        constexpr int count = 100;
        QElapsedTimer timer;
        timer.start();
        std::vector<std::unique_ptr<Heard>> heard;
        for (int i = 0; i < count; ++i)
            heard.push_back(std::make_unique<Heard>(model->stream(askFor(QStringLiteral("hi")))));
        const auto done = [&heard] {
            return std::count_if(heard.begin(), heard.end(), [](const auto &h) { return h->done.has_value(); });
        };
        QTRY_COMPARE_WITH_TIMEOUT(done(), count, 20'000);
        const double seconds = double(timer.elapsed()) / 1000;
        const double perfect = (count - script.burst) / (script.requestsPerMinute / 60);
        QVERIFY2(seconds <= perfect / 0.95 + 1, qPrintable(QString::number(seconds))); // 1: it ends in a pause
    }

    /// A person waits for the next place that the server has, not for the load that asked before.
    void aPersonGoesBeforeTheLoadAtALimitedServer_data()
    {
        QTest::addColumn<bool>("limitHeaders");
        QTest::newRow("429 with retry-after") << false;
        QTest::newRow("with what is left") << true;
    }
    void aPersonGoesBeforeTheLoadAtALimitedServer()
    {
        QFETCH(const bool, limitHeaders);
        FakeLlmServer server;
        QVERIFY(server.listen());
        FakeScript script = FakeScript::saying(QStringLiteral("hello"));
        script.requestsPerMinute = 1200; // 20 a second
        script.burst = 5;
        script.limitHeaders = limitHeaders;
        server.setScript(script);
        HttpClient http;
        FakeModel fake(&http, server, ModelRef::Kind::OpenAi);
        fake.config.observeHeaders = [&fake](const HttpHeaders &headers) { fake.governor->observe(headers); };
        const auto modelBehind = std::make_shared<HttpModel>(fake.config);
        const auto load = fake.governor->wrap(modelBehind, RequestPriority::Load);
        std::vector<std::unique_ptr<Heard>> heard;
        for (int i = 0; i < 60; ++i)
            heard.push_back(std::make_unique<Heard>(load->stream(askFor(QStringLiteral("hi")))));
        const auto done = [&heard] {
            return std::count_if(heard.begin(), heard.end(), [](const auto &h) { return h->done.has_value(); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(done() >= 10, 20'000);
        const auto before = done();
        const Heard person(fake.governor->wrap(modelBehind)->stream(askFor(QStringLiteral("hi"))));
        QTRY_VERIFY_WITH_TIMEOUT(person.done.has_value(), 20'000);
        const auto between = done() - before;
        QVERIFY2(between <= 8, qPrintable(QString::number(between)));
        QVERIFY(done() < 60);
    }

    void anExhaustedBucketHoldsRequests()
    {
        auto governor = std::make_shared<Governor>(quickPolicy(8));
        governor->observe({{"x-ratelimit-remaining-requests", "1"}, {"x-ratelimit-reset-requests", "150ms"}});
        auto model = std::make_shared<HandModel>();
        const auto governed = governor->wrap(model);
        Heard first(governed->stream({}));
        Heard second(governed->stream({}));
        QTRY_COMPARE(model->streams.size(), 1);
        QTest::qWait(30);
        QCOMPARE(model->streams.size(), 1);
        QTRY_COMPARE(model->streams.size(), 2);
    }

    void backoffGrowsToItsCap()
    {
        const Governor governor;
        for (int n = 0; n < 20; ++n) {
            const double full = qMin(500.0 * std::pow(2.0, n), 8000.0);
            const auto delay = governor.backoff(n).count();
            QVERIFY(delay <= full && delay >= full * 0.75 - 1);
        }
    }

    void usageAloneIsNoContent()
    {
        auto governor = std::make_shared<Governor>(quickPolicy(8));
        auto model = std::make_shared<HandModel>();
        Heard heard(governor->wrap(model)->stream({}));
        QTRY_COMPARE(model->streams.size(), 1);
        model->streams.at(0)->say(UsageUpdate{{5, 0, 0, 1, false}});
        model->streams.at(0)->say(failure(ErrorKind::Network));
        QTRY_COMPARE(model->streams.size(), 2);
        model->streams.at(1)->say(TextDelta{QStringLiteral("x")});
        model->streams.at(1)->say(failure(ErrorKind::Network));
        QVERIFY(heard.failed.has_value());
        QCOMPARE(model->streams.size(), 2);
    }

    void aStreamMayBeDeletedWhileItWaits()
    {
        auto governor = std::make_shared<Governor>(quickPolicy(8));
        auto model = std::make_shared<HandModel>();
        auto stream = governor->wrap(model)->stream({});
        connect(stream.get(), &ModelStream::event, this, [&](const StreamEvent &event) {
            if (std::holds_alternative<StreamWaiting>(event))
                stream.reset();
        });
        QTRY_COMPARE(model->streams.size(), 1);
        model->streams.at(0)->say(failure(ErrorKind::Network));
        QTRY_VERIFY(!stream);
        QTest::qWait(20);
        QCOMPARE(model->streams.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestGovernor)
#include "tst_governor.moc"
