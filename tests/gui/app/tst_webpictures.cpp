// SPDX-License-Identifier: GPL-3.0-or-later
// What the pictures of the wall show, with the real web engine.
#include "app/flotilla/shell.h"
#include "tests/gui/app/localserver.h"
#include "widgets/loadtest/webpictures.h"

#include <QApplication>
#include <QTest>

#include <optional>

using namespace Flotilla;

class TestWebPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// As wide as the preview of the app is, so that an app looks on the wall as it does when it is opened.
    void aPageIsLaidOutForTheWholeSizeAndDrawnSmall()
    {
        m_server.setPage("<style>body { margin: 0; background: red } "
                         "@media (width: 1280px) and (height: 800px) { body { background: rgb(0, 128, 0) } }</style>"
                         "<p style='margin: 600px 0 0 1000px'>text</p>");
        const QImage picture = take(m_server.url());
        QCOMPARE(picture.size(), QSize(640, 400));
        QCOMPARE(picture.pixelColor(2, 2), QColor(0, 128, 0));
        QCOMPARE(picture.pixelColor(637, 397), QColor(0, 128, 0));
    }

    /// Each app has an origin of its own.
    void oneOriginAfterTheOther()
    {
        for (const char *color : {"rgb(200, 0, 0)", "rgb(0, 200, 0)", "rgb(0, 0, 200)", "rgb(200, 200, 0)"}) {
            m_server.setPage(QByteArray("<body style='background: ") + color + "'>text");
            const QImage picture = take(m_server.url(QStringLiteral("app%1").arg(++m_apps)));
            QCOMPARE(picture.size(), QSize(640, 400));
            const QColor shown = picture.pixelColor(600, 380);
            QCOMPARE(QStringLiteral("rgb(%1, %2, %3)").arg(shown.red()).arg(shown.green()).arg(shown.blue()),
                     QLatin1String(color));
        }
    }

    void whatComesLateIsWaitedFor()
    {
        m_server.setPage("<div id=a></div><script>setTimeout(() => { a.innerHTML = 'text'; "
                         "document.body.style.background = 'rgb(0, 128, 0)' }, 700)</script>");
        QCOMPARE(take(m_server.url(QStringLiteral("late"))).pixelColor(600, 380), QColor(0, 128, 0));
    }

    void nothingIsNoPicture()
    {
        m_server.setPage({});
        QVERIFY(take(m_server.url(QStringLiteral("empty"))).isNull());
        m_server.pages.clear();
        m_server.close();
        QVERIFY(take(m_server.url(QStringLiteral("gone"))).isNull());
    }

private:
    QImage take(const QUrl &url)
    {
        std::optional<QImage> taken;
        m_pictures.take(url, [&taken](const QImage &picture) { taken = picture; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(taken.has_value(), 15'000); }();
        return taken.value_or(QImage());
    }

    Test::LocalServer m_server;
    WebPictures m_pictures;
    int m_apps = 0;
};

int main(int argc, char **argv)
{
    prepareGraphics();
    QApplication app(argc, argv);
    TestWebPictures test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_webpictures.moc"
