// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/thumbnailcache.h"

#include "tests/support/sampleapps.h"

#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

class TestThumbnailCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadsOnceAndCutsToSize()
    {
        int loads = 0;
        ThumbnailCache cache([&loads](const AppId &id) {
            ++loads;
            return readyFuture(Result<QByteArray>(SampleApps::thumbnail(id)));
        });
        QSignalSpy ready(&cache, &ThumbnailCache::ready);
        const AppId id{QStringLiteral("sample1")};
        QVERIFY(cache.get(id, QSize(250, 148)).isNull());
        QVERIFY(cache.get(id, QSize(250, 148)).isNull());
        QTRY_COMPARE(ready.count(), 1);
        QCOMPARE(cache.get(id, QSize(250, 148)).size(), QSize(250, 148));
        QCOMPARE(loads, 1);
    }

    void rubbishIsAskedForOnlyOnce_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no picture") << QByteArray("<html>not a picture");
        QTest::newRow("cut off") << SampleApps::thumbnail(AppId{QStringLiteral("sample1")}).left(60);
    }
    void rubbishIsAskedForOnlyOnce()
    {
        QFETCH(QByteArray, data);
        int loads = 0;
        ThumbnailCache cache([&loads, data](const AppId &) {
            ++loads;
            return readyFuture(Result<QByteArray>(data));
        });
        const AppId id{QStringLiteral("sample1")};
        for (int i = 0; i < 5; ++i) {
            QVERIFY(cache.get(id, QSize(20, 10)).isNull());
            QTest::qWait(10);
        }
        QCOMPARE(loads, 1);
    }

    void aNewPictureReplacesTheOldOne()
    {
        int loads = 0;
        ThumbnailCache cache([&loads](const AppId &id) {
            ++loads;
            return readyFuture(Result<QByteArray>(SampleApps::thumbnail(id)));
        });
        QSignalSpy ready(&cache, &ThumbnailCache::ready);
        const AppId id{QStringLiteral("sample1")};
        (void)cache.get(id, QSize(20, 10));
        QTRY_COMPARE(ready.count(), 1);
        cache.invalidate(id);
        QVERIFY(!cache.get(id, QSize(20, 10)).isNull()); // the old one until then
        QTRY_COMPARE(loads, 2);
        QTRY_COMPARE(ready.count(), 3);
    }

    void aPictureBombIsRefused()
    {
        QImage wide(20000, 1000, QImage::Format_Mono);
        QByteArray bytes;
        QBuffer buffer(&bytes);
        QVERIFY(buffer.open(QIODevice::WriteOnly));
        QVERIFY(wide.save(&buffer, "PNG"));
        QVERIFY(decodeThumbnail(bytes, QSize(20, 10)).isNull());
    }

    void goesAwayWhileLoading()
    {
        auto cache = std::make_unique<ThumbnailCache>(
            [](const AppId &id) { return readyFuture(Result<QByteArray>(SampleApps::thumbnail(id))); });
        for (int i = 0; i < 20; ++i)
            (void)cache->get(AppId{QStringLiteral("sample%1").arg(i)}, QSize(250, 148));
        QCoreApplication::processEvents();
        cache.reset();
        QTest::qWait(50);
    }
};

QTEST_MAIN(TestThumbnailCache)
#include "tst_thumbnailcache.moc"
