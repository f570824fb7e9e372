// SPDX-License-Identifier: GPL-3.0-or-later
// What WebRTC sends asks no filter. A page looks for a server of its own on this computer: in an engine as it comes,
// which has to be heard, and in ours, which must not.
#include "widgets/preview/dialogscheme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QNetworkDatagram>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUdpSocket>
#include <QWebEnginePage>
#include <QWebEngineProfile>

#include <cstdio>

using namespace Flotilla;

namespace {

constexpr int patienceMs = 60000;
constexpr int leastWaitMs = 3000;

/// Of "127.0.0.1" the engine takes no notice without this.
constexpr char bothFlags[] = "--allow-loopback-in-peer-connection";

QString peer(int udp, int tcp)
{
    return QStringLiteral("<script>const peer = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:%1'}, "
                          "{urls: 'turn:127.0.0.1:%2?transport=tcp', username: 'x', credential: 'y'}]});"
                          "peer.createDataChannel('x');"
                          "peer.createOffer().then(offer => peer.setLocalDescription(offer))"
                          ".then(() => document.title = 'looking')</script>")
        .arg(udp)
        .arg(tcp);
}

/// The other program: one page, until it is ended. Says when it looks.
int showPage(int argc, char **argv)
{
    qputenv("QTWEBENGINE_CHROMIUM_FLAGS", bothFlags);
    if (qstrcmp(argv[2], "confined") == 0)
        DialogScheme::registerScheme(); // as the preview does, before it makes its profile
    const QApplication app(argc, argv);
    QWebEngineProfile profile;
    QWebEnginePage page(&profile);
    QObject::connect(&page, &QWebEnginePage::titleChanged, &page, [](const QString &title) {
        std::printf("%s\n", qPrintable(title));
        std::fflush(stdout);
    });
    page.setHtml(peer(qEnvironmentVariableIntValue("TEST_UDP"), qEnvironmentVariableIntValue("TEST_TCP")),
                 QUrl(QStringLiteral("http://app.localhost/")));
    return QApplication::exec();
}

} // namespace

class tst_WebRtc : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reachesNobody();

private:
    void look(const char *engine, QProcess &program);

    QUdpSocket m_udp;
    QTcpServer m_tcp;
};

void tst_WebRtc::look(const char *engine, QProcess &program)
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TEST_UDP"), QString::number(m_udp.localPort()));
    environment.insert(QStringLiteral("TEST_TCP"), QString::number(m_tcp.serverPort()));
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--page"), QLatin1String(engine)});
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += program.readAll()).contains("looking"), patienceMs);
}

void tst_WebRtc::reachesNobody()
{
    QVERIFY(m_udp.bind(QHostAddress::LocalHost) && m_tcp.listen(QHostAddress::LocalHost));
    QElapsedTimer timer;
    QProcess open;
    look("open", open);
    timer.start();
    QTRY_VERIFY_WITH_TIMEOUT(m_udp.hasPendingDatagrams() && m_tcp.hasPendingConnections(), patienceMs);
    const auto heardAfter = int(timer.elapsed());
    const QByteArray request = m_udp.receiveDatagram().data();
    QVERIFY(request.startsWith(QByteArray::fromHex("0001"))); // binding
    open.kill();
    QVERIFY(open.waitForFinished(patienceMs));
    while (m_udp.hasPendingDatagrams())
        m_udp.receiveDatagram();
    while (m_tcp.hasPendingConnections())
        delete m_tcp.nextPendingConnection();

    QProcess confined;
    look("confined", confined);
    QTest::qWait(std::max(leastWaitMs, 3 * heardAfter));
    QVERIFY(!m_udp.hasPendingDatagrams());
    QVERIFY(!m_tcp.hasPendingConnections());
    confined.kill();
    QVERIFY(confined.waitForFinished(patienceMs));
}

int main(int argc, char **argv)
{
    if (argc > 2 && qstrcmp(argv[1], "--page") == 0)
        return showPage(argc, argv);
    const QApplication app(argc, argv);
    tst_WebRtc test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_webrtc.moc"
