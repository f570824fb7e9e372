// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeloadsource.h"
#include "widgets/loadtest/wallpictures.h"

#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

namespace {

/// Counts; never has a picture when told so.
class CountingTaker : public PictureTaker
{
public:
    int freePlaces() const override { return 2 - open; }
    void take(const QUrl &url, std::function<void(const QImage &)> done) override
    {
        ++open;
        ++taken;
        most = std::max(most, open);
        if (hangs)
            return;
        QTimer::singleShot(1, &life, [this, url, done = std::move(done)] {
            --open;
            done(fails ? QImage() : FakePictures::page(url.path().toInt(), QSize(320, 200)));
        });
    }
    QObject life; ///< answers end with it
    int open = 0;
    int taken = 0;
    int most = 0;
    bool fails = false;
    bool hangs = false;
};

AppId app(int number)
{
    return AppId{QStringLiteral("fake%1").arg(number)};
}

} // namespace

class TestWallPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_taker = std::make_shared<CountingTaker>();
        m_parts = FakePictures::parts();
        m_parts.taker = m_taker;
    }

    void nothingIsTakenWhileStopped()
    {
        WallPictures pictures(m_parts);
        pictures.want(app(1));
        QTest::qWait(60);
        QCOMPARE(m_taker->taken, 0);
        pictures.setPace(WallPictures::Pace::Full);
        QTRY_VERIFY(pictures.find(app(1)));
        QCOMPARE(pictures.find(app(1))->size(), QSize(160, 100));
    }

    void atMostTwoAtOnce()
    {
        WallPictures pictures(m_parts);
        pictures.setPace(WallPictures::Pace::Full);
        for (int i = 0; i < 40; ++i)
            pictures.want(app(i));
        QTRY_COMPARE(pictures.held(), 40);
        QVERIFY(m_taker->most <= 2);
        QCOMPARE(m_taker->taken, 40);
    }

    void carefulIsOneAtATime()
    {
        WallPictures pictures(m_parts);
        pictures.setPace(WallPictures::Pace::Careful);
        pictures.want(app(1));
        pictures.want(app(2));
        QTRY_COMPARE_WITH_TIMEOUT(pictures.held(), 2, 5000);
        QCOMPARE(m_taker->most, 1);
    }

    void equalContentIsLookedAtOnce()
    {
        m_parts.contentKey = [](const AppId &) { return readyFuture<QByteArray>(QByteArray("same")); };
        WallPictures pictures(m_parts);
        pictures.setPace(WallPictures::Pace::Full);
        pictures.want(app(1));
        QTRY_VERIFY(pictures.find(app(1)));
        for (int i = 2; i < 10; ++i)
            pictures.want(app(i));
        QTRY_VERIFY(pictures.find(app(9)));
        QCOMPARE(m_taker->taken, 1);
    }

    void anAppThatIsGoneIsNotLookedAt()
    {
        m_parts.contentKey = [](const AppId &asked) {
            return readyFuture<QByteArray>(asked == app(1) ? Result<QByteArray>(Error{ErrorKind::NotFound, {}, {}})
                                                           : Result<QByteArray>(asked.value.toUtf8()));
        };
        WallPictures pictures(m_parts);
        pictures.setPace(WallPictures::Pace::Full);
        pictures.want(app(1));
        pictures.want(app(2));
        QTRY_VERIFY(pictures.find(app(2)));
        QVERIFY(!pictures.find(app(1)));
        QCOMPARE(m_taker->taken, 1);
    }

    void aPageThatIsNotPaintedGetsThreeTries()
    {
        m_taker->fails = true;
        WallPictures pictures(m_parts);
        pictures.setPace(WallPictures::Pace::Full);
        pictures.want(app(1));
        QVERIFY(pictures.isWaiting());
        QTRY_VERIFY(!pictures.isWaiting());
        QCOMPARE(m_taker->taken, 3);
        pictures.want(app(1));
        QTest::qWait(60);
        QCOMPARE(m_taker->taken, 3);
        QVERIFY(!pictures.find(app(1)));
    }

    void aPageThatWasLateIsSeenInTheEnd()
    {
        m_taker->fails = true;
        WallPictures pictures(m_parts);
        pictures.setPace(WallPictures::Pace::Full);
        for (int i = 0; i < 3; ++i)
            pictures.want(app(i));
        QTRY_VERIFY(m_taker->taken > 0 && m_taker->open == 0);
        m_taker->fails = false;
        QTRY_COMPARE(pictures.held(), 3);
        QVERIFY(!pictures.isWaiting());
    }

    /// A slow page keeps its own place only.
    void oneThatHangsHoldsNobodyUp()
    {
        m_taker->hangs = true;
        WallPictures pictures(m_parts);
        pictures.setPace(WallPictures::Pace::Full);
        pictures.want(app(0));
        QTRY_COMPARE(m_taker->open, 1);
        m_taker->hangs = false;
        for (int i = 1; i < 6; ++i)
            pictures.want(app(i));
        QTRY_COMPARE(pictures.held(), 5);
        QVERIFY(pictures.isWaiting());
    }

    void memoryIsBounded()
    {
        WallPictures pictures(m_parts);
        pictures.setSize(QSize(1600, 1000)); // 3.2 MB each
        pictures.setPace(WallPictures::Pace::Full);
        for (int i = 0; i < 60; ++i)
            pictures.want(app(i));
        QTRY_COMPARE_WITH_TIMEOUT(m_taker->taken, 60, 20000);
        QTRY_VERIFY(pictures.held() <= WallPictures::mostKilobytes / 3126);
    }

    void answersForAnEarlierRunAreDropped()
    {
        WallPictures pictures(m_parts);
        pictures.setPace(WallPictures::Pace::Full);
        pictures.want(app(1));
        QTRY_COMPARE(m_taker->taken, 1);
        pictures.clear();
        QTRY_COMPARE(m_taker->open, 0);
        QTest::qWait(50);
        QCOMPARE(pictures.held(), 0);
    }

private:
    std::shared_ptr<CountingTaker> m_taker;
    WallPictures::Parts m_parts;
};

QTEST_MAIN(TestWallPictures)
#include "tst_wallpictures.moc"
