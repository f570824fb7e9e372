// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/requestpolicy.h"

#include <QTest>

using namespace Flotilla;

class tst_RequestPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
};

void tst_RequestPolicy::judges_data()
{
    using V = RequestVerdict;
    using K = RequestKind;
    QTest::addColumn<QString>("url");
    QTest::addColumn<K>("kind");
    QTest::addColumn<V>("verdict");
    const struct
    {
        const char *url;
        K kind;
        V verdict;
    } rows[] = {
        {"http://abc.localhost:4000/x.js", K::SubResource, V::Allow},
        {"http://ABC.localhost.:4000/", K::MainFrame, V::Allow},
        {"ws://abc.localhost:4000/live", K::SubResource, V::Allow},
        {"http://abc.localhost:4001/", K::SubResource, V::OtherApp},
        {"https://abc.localhost:4000/", K::SubResource, V::OtherApp},
        {"http://def.localhost:4000/", K::MainFrame, V::OtherApp},
        {"http://def.localhost:4000/", K::SubFrame, V::OtherApp},
        {"http://localhost:11434/api", K::SubResource, V::Loopback},
        {"http://127.0.0.1:22/", K::SubResource, V::Loopback},
        {"http://127.9.9.9/", K::SubResource, V::Loopback},
        {"http://2130706433/", K::SubResource, V::Loopback},
        {"http://0x7f000001/", K::SubResource, V::Loopback},
        {"http://0.0.0.0:80/", K::SubResource, V::Loopback},
        {"http://[::1]:80/", K::MainFrame, V::Loopback},
        {"http://[::]:80/", K::SubResource, V::Loopback},
        {"http://[::ffff:127.0.0.1]/", K::SubResource, V::Loopback},
        {"http://[::ffff:10.0.0.1]/", K::SubResource, V::PrivateNetwork},
        {"http://10.1.2.3/", K::MainFrame, V::PrivateNetwork},
        {"http://172.31.0.1/", K::SubResource, V::PrivateNetwork},
        {"http://192.168.1.1/", K::SubResource, V::PrivateNetwork},
        {"http://100.64.0.1/", K::SubResource, V::PrivateNetwork},
        {"http://169.254.169.254/latest/meta-data", K::SubResource, V::PrivateNetwork},
        {"http://[fe80::1]/", K::SubResource, V::PrivateNetwork},
        {"http://[fd00::1]/", K::SubResource, V::PrivateNetwork},
        {"http://router/", K::MainFrame, V::PrivateNetwork},
        {"http://printer.local/", K::SubResource, V::PrivateNetwork},
        {"https://example.org/a.css", K::SubResource, V::Internet},
        {"https://example.org/", K::SubFrame, V::Internet},
        {"https://example.org/", K::MainFrame, V::External},
        {"wss://example.org/", K::SubResource, V::Internet},
        {"mailto:a@example.org", K::MainFrame, V::External},
        {"mailto:a@example.org", K::SubFrame, V::LocalScheme},
        {"file:///etc/passwd", K::MainFrame, V::LocalScheme},
        {"file:///etc/passwd", K::SubResource, V::LocalScheme},
        {"ftp://example.org/", K::SubResource, V::LocalScheme},
        {"chrome://settings", K::MainFrame, V::LocalScheme},
        {"view-source:http://abc.localhost:4000/", K::MainFrame, V::LocalScheme},
        {"data:text/html,x", K::MainFrame, V::LocalScheme},
        {"data:image/png;base64,x", K::SubResource, V::Allow},
        {"blob:http://abc.localhost:4000/1", K::SubResource, V::Allow},
        {"javascript:alert(1)", K::MainFrame, V::LocalScheme},
        {"about:blank", K::MainFrame, V::Allow},
    };
    for (const auto &row : rows)
        QTest::addRow("%s %d", row.url, int(row.kind)) << QString::fromLatin1(row.url) << row.kind << row.verdict;
}

void tst_RequestPolicy::judges()
{
    QFETCH(QString, url);
    QFETCH(RequestKind, kind);
    QFETCH(RequestVerdict, verdict);
    const QUrl own(QStringLiteral("http://abc.localhost:4000/"));
    QCOMPARE(judgeRequest(own, QUrl(url), kind), verdict);
    QCOMPARE(describe(verdict, QUrl(url)).isEmpty(), verdict == RequestVerdict::Allow);
}

QTEST_APPLESS_MAIN(tst_RequestPolicy)
#include "tst_requestpolicy.moc"
