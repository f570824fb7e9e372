// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/samplefleet.h"
#include "widgets/common/sheet.h"
#include "widgets/common/theme.h"
#include "widgets/hosts/hostcardwidget.h"
#include "widgets/hosts/hostquestions.h"
#include "widgets/hosts/hostspage.h"
#include "widgets/hosts/hosttestpanel.h"

#include "widgets/hosts/imagefield.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUrl>

using namespace Flotilla;

class TestHostsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void init()
    {
        m_hosts = std::make_unique<SampleHosts>();
        m_page = std::make_unique<HostsPage>(m_hosts.get());
        m_page->resize(1384, 900);
        m_page->show();
        QApplication::setActiveWindow(m_page.get());
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QTRY_VERIFY(m_page->card(HostId{QStringLiteral("gpu-box")}));
    }
    void cleanup() { m_page.reset(); }

    void oneCardPerHost()
    {
        for (const char *id : {"local", "gpu-box", "studio-nas", "berlin-02"})
            QTRY_VERIFY(m_page->card(HostId{QString::fromLatin1(id)})->isVisible());
        QVERIFY(!card("local")->findChild<QPushButton *>(QStringLiteral("hostRemoveQPushButton")));
        QTest::mouseClick(button(card("berlin-02"), "hostRetryQPushButton"), Qt::LeftButton);
        QCOMPARE(m_hosts->reconnected, QStringList{QStringLiteral("berlin-02")});
    }

    void aHostThatIsPreparedShowsHowFar()
    {
        HostCard coming = m_hosts->card(QStringLiteral("gpu-box"));
        const auto *bar = card("gpu-box")->findChild<QProgressBar *>(QStringLiteral("preparingQProgressBar"));
        QTRY_VERIFY(card("gpu-box")->isVisible());
        QVERIFY(!bar->isVisible());
        coming.state = HostState::Connecting;
        coming.preparing = 42;
        coming.memoryTotal = 0;
        m_hosts->set(coming);
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->value(), 42);
        int bars = 0;
        for (const QProgressBar *one : card("gpu-box")->findChildren<QProgressBar *>())
            bars += one->isVisible();
        QCOMPARE(bars, 1); // no empty meters
    }

    void addsFromTheSshConfigAndTests()
    {
        QTest::mouseClick(find<QPushButton>("addHostQPushButton"), Qt::LeftButton);
        auto *list = find<QListWidget>("sshHostsQListWidget");
        QTRY_COMPARE(list->count(), 5);
        auto *search = find<QLineEdit>("hostSearchQLineEdit");
        QTest::keyClicks(search, QStringLiteral("render"));
        QCOMPARE(find<QLineEdit>("hostTargetQLineEdit")->text(), QStringLiteral("render-farm"));
        QTest::mouseClick(find<QPushButton>("saveHostQPushButton"), Qt::LeftButton);
        QTRY_COMPARE(m_hosts->added.size(), 1);
        QCOMPARE(m_hosts->added[0].id.value, QStringLiteral("render-farm"));
        QTRY_VERIFY(m_page->card(HostId{QStringLiteral("render-farm")}));
        auto *test = find<HostTestPanel>("hostTest");
        QTRY_VERIFY(test->isVisible());
        QTRY_VERIFY(test->hasPassed());
    }

    void aHostThatIsThereAlreadyCannotBeChosen()
    {
        m_page->addHost();
        auto *list = find<QListWidget>("sshHostsQListWidget");
        QTRY_COMPARE(list->count(), 5);
        int enabled = 0;
        for (int i = 0; i < list->count(); ++i)
            enabled += list->item(i)->flags() != Qt::NoItemFlags;
        QCOMPARE(enabled, 2);
        find<QLineEdit>("hostTargetQLineEdit")->setText(QStringLiteral("me@10.0.0.9"));
        find<QLineEdit>("hostLabelQLineEdit")->setText(QStringLiteral("gpu-box"));
        QTest::mouseClick(find<QPushButton>("saveHostQPushButton"), Qt::LeftButton);
        auto *error = find<QLabel>("hostErrorQLabel");
        QTRY_VERIFY(error->isVisible());
        QVERIFY(error->text().contains(QStringLiteral("gpu-box")));
    }

    void anImageIsBuiltFromAFolder()
    {
        ImageField *field = editImage("gpu-box");
        auto *save = find<QPushButton>("saveHostQPushButton");
        dropOn(field->edit(), QUrl::fromLocalFile(m_dir.path()));
        QCOMPARE(m_hosts->builds.size(), 1);
        const SampleHosts::Build &build = m_hosts->builds[0];
        QCOMPARE(build.host.value, QStringLiteral("gpu-box"));
        QCOMPARE(build.what.folder, m_dir.path());
        auto *state = find<QLabel>("buildStateQLabel");
        QVERIFY(state->isVisible() && !save->isEnabled());
        Q_EMIT m_hosts->buildProgress(build.job,
                                      {QStringLiteral("Step 1/2: FROM node:20"), {QStringLiteral("one")}, 1, 2});
        Q_EMIT m_hosts->buildProgress(QStringLiteral("another"), {QStringLiteral("no"), {}});
        QCOMPARE(state->text(), QStringLiteral("Step 1/2: FROM node:20"));
        auto *output = find<QPlainTextEdit>("buildOutputQPlainTextEdit");
        QVERIFY(!output->isVisible());
        QTest::mouseClick(find<QPushButton>("buildOutputQPushButton"), Qt::LeftButton);
        QVERIFY(output->isVisible());
        QCOMPARE(output->toPlainText(), QStringLiteral("one"));
        m_hosts->endBuild(0, BuiltImage{build.what.tag, {}, 0, {}});
        QTRY_COMPARE(field->text(), build.what.tag);
        QVERIFY2(state->text().contains(build.what.tag), qPrintable(state->text()));
        QTest::mouseClick(save, Qt::LeftButton);
        QTRY_COMPARE(m_hosts->updated.size(), 1);
        QCOMPARE(m_hosts->updated[0].image, build.what.tag);
    }

    void aBuildThatFailsOrIsCancelledLeavesTheField()
    {
        ImageField *field = editImage("gpu-box");
        field->setText(QStringLiteral("node:20"));
        QFile file(m_dir.filePath(QStringLiteral("Dockerfile.dev")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        dropOn(field->edit(), QUrl::fromLocalFile(file.fileName()));
        QCOMPARE(m_hosts->builds[0].what.file, QStringLiteral("Dockerfile.dev"));
        QCOMPARE(m_hosts->builds[0].what.folder, m_dir.path());
        const BuildProgress said{QStringLiteral("Step 2/2: RUN make"), {QStringLiteral("no rule")}, 2, 2};
        Q_EMIT m_hosts->buildProgress(m_hosts->builds[0].job, said);
        m_hosts->endBuild(0, Error{ErrorKind::Invalid, QStringLiteral("step 2/2 ended with exit code 3."), {}});
        auto *state = find<QLabel>("buildStateQLabel");
        QTRY_COMPARE(state->text(), QStringLiteral("step 2/2 ended with exit code 3."));
        auto *output = find<QPlainTextEdit>("buildOutputQPlainTextEdit");
        QVERIFY(output->isVisible()); // it says why
        field->build(m_dir.path());
        auto *cancel = find<QPushButton>("cancelBuildQPushButton");
        QVERIFY(cancel->isVisible() && !output->isVisible());
        Q_EMIT m_hosts->buildProgress(m_hosts->builds[1].job, said);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_VERIFY(!field->isBuilding());
        QVERIFY(!cancel->isVisible() && !output->isVisible());
        QCOMPARE(field->text(), QStringLiteral("node:20"));
        field->build(m_dir.path());
        QTest::keyClick(field->edit(), Qt::Key_Escape); // the sheet goes, and the build with it
        QTRY_VERIFY(m_hosts->builds[2].promise->future().isFinished());
    }

    void aHostThatIsNotAddedYetBuildsNothing()
    {
        m_page->addHost();
        QVERIFY(!find<QPushButton>("buildImageQPushButton")->isEnabled());
        dropOn(m_page->findChild<ImageField *>()->edit(), QUrl::fromLocalFile(m_dir.path()));
        QVERIFY(m_hosts->builds.isEmpty());
    }

    void whatIsNoTargetIsSaidInTheSheet()
    {
        m_page->addHost();
        find<QLineEdit>("hostTargetQLineEdit")->setText(QStringLiteral("x;y"));
        QTest::mouseClick(find<QPushButton>("saveHostQPushButton"), Qt::LeftButton);
        auto *error = find<QLabel>("hostErrorQLabel");
        QTRY_VERIFY(error->isVisible());
        QVERIFY2(error->text().startsWith(QStringLiteral("\"x;y\" cannot be")), qPrintable(error->text()));
        QVERIFY(m_hosts->added.isEmpty());
        find<QLineEdit>("hostTargetQLineEdit")->setText(QStringLiteral("me@box"));
        QVERIFY(!error->isVisible());
    }

    void aHostTakesAnImage()
    {
        QTest::mouseClick(button(card("gpu-box"), "hostEditQPushButton"), Qt::LeftButton);
        auto *image = find<QLineEdit>("hostImageQLineEdit");
        QTRY_VERIFY(image->isVisible());
        QVERIFY(image->text().isEmpty() && !image->placeholderText().isEmpty());
        image->setText(QStringLiteral("Not A Name"));
        QTest::mouseClick(find<QPushButton>("saveHostQPushButton"), Qt::LeftButton);
        auto *error = find<QLabel>("hostErrorQLabel");
        QTRY_VERIFY(error->isVisible());
        QVERIFY2(error->text().startsWith(QStringLiteral("\"Not A Name\" is no name")), qPrintable(error->text()));
        QVERIFY(m_hosts->updated.isEmpty());
        image->setText(QStringLiteral(" node:20 "));
        QVERIFY(!error->isVisible());
        QTest::mouseClick(find<QPushButton>("saveHostQPushButton"), Qt::LeftButton);
        QTRY_COMPARE(m_hosts->updated.size(), 1);
        QCOMPARE(m_hosts->updated.constFirst().image, QStringLiteral("node:20"));
    }

    void thisComputerTakesAnImage()
    {
        QTest::mouseClick(button(card("local"), "hostEditQPushButton"), Qt::LeftButton);
        auto *image = find<QLineEdit>("hostImageQLineEdit");
        QTRY_VERIFY(image->isVisible());
        QVERIFY(!find<QLineEdit>("hostTargetQLineEdit")->isVisible());
        QTest::keyClicks(image, QStringLiteral("node:20"));
        QTest::mouseClick(find<QPushButton>("saveHostQPushButton"), Qt::LeftButton);
        QTRY_COMPARE(m_hosts->updated.size(), 1);
        QCOMPARE(m_hosts->updated.constFirst().id.value, QStringLiteral("local"));
        QCOMPARE(m_hosts->updated.constFirst().image, QStringLiteral("node:20"));
    }

    void aFailedStepSaysWhatToDo()
    {
        m_hosts->failAt = QStringLiteral("engine");
        QTest::mouseClick(button(card("gpu-box"), "hostTestQPushButton"), Qt::LeftButton);
        auto *test = find<HostTestPanel>("hostTest");
        QTRY_VERIFY(!test->isRunning());
        QVERIFY(!test->hasPassed());
        QLabel *remedy = nullptr;
        const auto labels = test->findChildren<QLabel *>(QStringLiteral("remedyQLabel"));
        for (QLabel *label : labels)
            remedy = label->isVisible() ? label : remedy;
        QVERIFY(remedy);
        QVERIFY(remedy->text().startsWith(QStringLiteral("systemctl")));
        auto *copy = remedy->parentWidget()->findChild<QToolButton *>(QStringLiteral("copyRemedyQToolButton"));
        QTest::mouseClick(copy, Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), remedy->text());
        m_hosts->failAt.clear();
        QTest::mouseClick(find<QPushButton>("testAgainQPushButton"), Qt::LeftButton);
        QTRY_VERIFY(test->hasPassed());
        QVERIFY(!remedy->isVisible());
    }

    void drainingIsASwitch()
    {
        auto *box = card("gpu-box")->findChild<QCheckBox *>(QStringLiteral("drainQCheckBox"));
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
        QTRY_COMPARE(m_hosts->updated.size(), 1);
        QVERIFY(m_hosts->updated[0].draining);
    }

    void removingSaysWhatRunsThere()
    {
        QTest::mouseClick(button(card("gpu-box"), "hostRemoveQPushButton"), Qt::LeftButton);
        auto *sheet = find<Sheet>("sheet");
        bool said = false;
        for (const QLabel *label : sheet->findChildren<QLabel *>())
            said = said || label->text().contains(QStringLiteral("530"));
        QVERIFY(said);
        QVERIFY(m_hosts->removed.isEmpty());
        QTest::mouseClick(find<QPushButton>("confirmQPushButton"), Qt::LeftButton);
        QTRY_COMPARE(m_hosts->removed, QStringList{QStringLiteral("gpu-box")});
        QTRY_VERIFY(!m_page->card(HostId{QStringLiteral("gpu-box")}));
    }

    void whatStaysOnARemovedHostIsSaid()
    {
        m_hosts->staysThere = QStringLiteral("Snapshots stay on gpu-box in /home/build/.local/share/flotilla.");
        QTest::mouseClick(button(card("gpu-box"), "hostRemoveQPushButton"), Qt::LeftButton);
        QTest::mouseClick(find<QPushButton>("confirmQPushButton"), Qt::LeftButton);
        QTRY_VERIFY(find<QLabel>("staysThereQLabel"));
        QCOMPARE(find<QLabel>("staysThereQLabel")->text(), m_hosts->staysThere);
    }

    void anUnknownKeyIsTrustedOnlyOnPurpose()
    {
        HostQuestions questions(m_hosts.get(), m_page.get());
        HostQuestion key;
        key.host = QStringLiteral("gpu-box");
        key.fingerprint = QStringLiteral("SHA256:abc");
        Q_EMIT m_hosts->asked(7, key);
        QCOMPARE(find<QLabel>("fingerprintQLabel")->text(), key.fingerprint);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return); // Enter by accident
        QTRY_COMPARE(m_hosts->answers.size(), 1);
        QVERIFY(!m_hosts->answers[0].second.accepted);
        QTRY_VERIFY(!find<Sheet>("sheet"));
        Q_EMIT m_hosts->asked(8, key);
        QTest::mouseClick(find<QPushButton>("trustKeyQPushButton"), Qt::LeftButton);
        QTRY_COMPARE(m_hosts->answers.size(), 2);
        QCOMPARE(m_hosts->answers[1].first, 8ull);
        QVERIFY(m_hosts->answers[1].second.accepted);
    }

    void questionsComeOneAfterTheOther()
    {
        HostQuestions questions(m_hosts.get(), m_page.get());
        HostQuestion words;
        words.kind = HostQuestion::Kind::KeyboardInteractive;
        words.title = QStringLiteral("gpu-box asks");
        words.prompts = {QStringLiteral("Password:"), QStringLiteral("Code:")};
        words.visible = {false, true};
        Q_EMIT m_hosts->asked(1, words);
        Q_EMIT m_hosts->asked(2, words);
        QCOMPARE(m_page->findChildren<Sheet *>().size(), 1);
        auto *first = find<QLineEdit>("answer0QLineEdit");
        QCOMPARE(first->echoMode(), QLineEdit::Password);
        QCOMPARE(find<QLineEdit>("answer1QLineEdit")->echoMode(), QLineEdit::Normal);
        QTest::keyClicks(first, QStringLiteral("secret"));
        QTest::keyClicks(find<QLineEdit>("answer1QLineEdit"), QStringLiteral("123"));
        QTest::keyClick(find<QLineEdit>("answer1QLineEdit"), Qt::Key_Return);
        QTRY_COMPARE(m_hosts->answers.size(), 1);
        QCOMPARE(m_hosts->answers[0].second.answers, QStringList({"secret", "123"}));
        QVERIFY(first->text().isEmpty());
        QTRY_COMPARE(m_page->findChildren<Sheet *>().size(), 1);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_COMPARE(m_hosts->answers.size(), 2);
        QVERIFY(!m_hosts->answers[1].second.accepted);
    }

private:
    HostCardWidget *card(const char *id) { return m_page->card(HostId{QString::fromLatin1(id)}); }
    static QPushButton *button(QWidget *in, const char *name)
    {
        return in->findChild<QPushButton *>(QString::fromLatin1(name));
    }
    ImageField *editImage(const char *host)
    {
        QTest::mouseClick(button(card(host), "hostEditQPushButton"), Qt::LeftButton);
        return m_page->findChild<ImageField *>();
    }
    static void dropOn(QWidget *widget, const QUrl &url)
    {
        QMimeData data;
        data.setUrls({url});
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(widget, &enter);
        QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(widget, &drop);
    }
    template <typename T>
    T *find(const char *name)
    {
        return m_page->findChild<T *>(QString::fromLatin1(name));
    }

    QTemporaryDir m_dir;
    std::unique_ptr<SampleHosts> m_hosts;
    std::unique_ptr<HostsPage> m_page;
};

QTEST_MAIN(TestHostsPage)
#include "tst_hostspage.moc"
