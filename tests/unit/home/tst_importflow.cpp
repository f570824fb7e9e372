// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/theme.h"
#include "widgets/home/importflow.h"

#include <QLabel>
#include <QPromise>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

class TestImportFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void init();
    void cleanup();
    void aQuickImportShowsNoSheet();
    void aSlowImportSaysSo();
    void cancelEndsTheRead_data();
    void cancelEndsTheRead();
    void oneAtATime();

private:
    QWidget *sheet() const { return m_window->findChild<QWidget *>(QStringLiteral("importSheet")); }
    QString toast() const
    {
        const auto *label = m_window->findChild<QLabel *>(QStringLiteral("toastTextQLabel"));
        return label ? label->text() : QString();
    }
    void end(const Error &error)
    {
        m_reads.last()->addResult(error);
        m_reads.last()->finish();
    }

    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ImportFlow> m_flow;
    QList<std::shared_ptr<QPromise<Result<ImportedApp>>>> m_reads;
    std::shared_ptr<ImportProgress> m_progress;
};

void TestImportFlow::init()
{
    m_window = std::make_unique<QWidget>();
    m_window->resize(800, 600);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_flow = std::make_unique<ImportFlow>(nullptr, m_window.get());
    m_flow->setReader([this](const QString &, std::shared_ptr<ImportProgress> progress) {
        m_progress = std::move(progress);
        m_reads.append(std::make_shared<QPromise<Result<ImportedApp>>>());
        m_reads.last()->start();
        return m_reads.last()->future();
    });
}

void TestImportFlow::cleanup()
{
    m_flow.reset();
    m_window.reset();
    m_reads.clear();
}

void TestImportFlow::aQuickImportShowsNoSheet()
{
    m_flow->start(QStringLiteral("/tmp/photo.zip"));
    end({ErrorKind::Invalid, QStringLiteral("It is damaged."), {}});
    QTRY_COMPARE(toast(), QStringLiteral("It is damaged."));
    QTest::qWait(450); // longer than the flow's patience
    QVERIFY(!sheet());
}

void TestImportFlow::aSlowImportSaysSo()
{
    m_flow->start(QStringLiteral("/tmp/Harbour.zip"));
    QTRY_VERIFY(sheet() && sheet()->isVisible());
    QStringList texts;
    for (const QLabel *label : sheet()->findChildren<QLabel *>())
        texts.append(label->text());
    QVERIFY2(texts.contains(QStringLiteral("Importing “Harbour.zip”")), qPrintable(texts.join(QLatin1Char('|'))));
    end({ErrorKind::Invalid, QStringLiteral("It is damaged."), {}});
    QTRY_VERIFY(!sheet());
    QCOMPARE(toast(), QStringLiteral("It is damaged."));
}

void TestImportFlow::cancelEndsTheRead_data()
{
    QTest::addColumn<bool>("byKey");
    QTest::newRow("Esc") << true;
    QTest::newRow("Cancel") << false;
}
void TestImportFlow::cancelEndsTheRead()
{
    QFETCH(bool, byKey);
    m_flow->start(QStringLiteral("/tmp/Harbour.zip"));
    QTRY_VERIFY(sheet() && sheet()->isVisible());
    QVERIFY(!m_progress->cancelled);
    const auto progress = m_progress;
    QTRY_VERIFY(QApplication::focusWidget() && sheet()->isAncestorOf(QApplication::focusWidget()));
    if (byKey)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    else
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space); // Cancel is all there is
    QVERIFY(progress->cancelled);
    QTRY_VERIFY(!sheet());
    end({ErrorKind::Cancelled, {}, {}});
    QTest::qWait(0);
    QVERIFY2(toast().isEmpty(), qPrintable(toast())); // who cancels needs no message
    m_flow->start(QStringLiteral("/tmp/Other.zip"));
    QCOMPARE(m_reads.size(), 2);
    QVERIFY(!m_progress->cancelled);
}

void TestImportFlow::oneAtATime()
{
    m_flow->start(QStringLiteral("/tmp/Harbour.zip"));
    m_flow->start(QStringLiteral("/tmp/Other.zip"));
    QCOMPARE(m_reads.size(), 1);
    QTRY_VERIFY2(toast().contains(QStringLiteral("“Harbour.zip” is still being imported")), qPrintable(toast()));
}

QTEST_MAIN(TestImportFlow)
#include "tst_importflow.moc"
