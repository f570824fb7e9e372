// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeloadsource.h"
#include "widgets/loadtest/hostpicker.h"
#include "widgets/loadtest/promptspicker.h"
#include "widgets/loadtest/setuppanel.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

class TestSetupPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_source = std::make_unique<FakeLoadSource>();
        m_panel = std::make_unique<SetupPanel>(m_source.get());
    }

    void everyPresetIsAPlan()
    {
        for (const int count : SetupPanel::presetCounts()) {
            m_panel->findChild<QAbstractButton *>(QStringLiteral("preset%1").arg(count))->click();
            const auto plan = m_panel->plan();
            QVERIFY(plan.ok());
            QCOMPARE(plan->total(), count);
            QVERIFY(checkPlan(*plan).ok());
        }
    }

    void theFormSaysWhatRuns()
    {
        m_panel->findChild<QSpinBox *>(QStringLiteral("countQSpinBox"))->setValue(42);
        m_panel->findChild<QComboBox *>(QStringLiteral("paceQComboBox"))->setCurrentIndex(1);
        auto *thresholds = m_panel->findChild<QLineEdit *>(QStringLiteral("thresholdsQLineEdit"));
        thresholds->setText(QStringLiteral("failed <= 2, time_to_live_s.p95 < 20"));
        const auto plan = m_panel->plan();
        QVERIFY(plan.ok());
        QCOMPARE(plan->total(), 42);
        QVERIFY(plan->simulated());
        QCOMPARE(plan->pace.answerSeconds, 27.0);
        QCOMPARE(plan->thresholds.size(), 2);
        QCOMPARE(plan->thresholds[1].metric, QStringLiteral("time_to_live_s.p95"));
    }

    void wishesComeFromAFile()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("wishes.txt"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("a quiz about moss\na chess clock\n");
        file.close();
        auto *picker = m_panel->findChild<PromptsPicker *>();
        QVERIFY(m_panel->plan()->prompts.isEmpty());
        picker->take(path);
        QCOMPARE(m_panel->plan()->prompts,
                 (QStringList{QStringLiteral("a quiz about moss"), QStringLiteral("a chess clock")}));
        m_panel->findChild<QAbstractButton *>(QStringLiteral("preset100"))->click();
        QCOMPARE(m_panel->plan()->prompts.size(), 2);
        picker->take(dir.filePath(QStringLiteral("absent.txt")));
        auto *problem = m_panel->findChild<QLabel *>(QStringLiteral("planProblemQLabel"));
        QVERIFY(problem->text().contains(QLatin1String("absent.txt")));
        m_panel->findChild<QAbstractButton *>(QStringLiteral("noPromptsQToolButton"))->click();
        QVERIFY(m_panel->plan()->prompts.isEmpty());
    }

    void whatTheFormDoesNotShowIsKept()
    {
        LoadPlan plan = SetupPanel::preset(20);
        plan.seed = 99;
        plan.faults.create = 0.05;
        plan.stages = {{LoadStage::Shape::Linear, 10, 5}, {LoadStage::Shape::Spike, 20, 2}};
        plan.prompts = {QStringLiteral("a quiz about moss")};
        m_panel->setPlan(plan);
        const auto now = m_panel->plan();
        QVERIFY(now.ok());
        QCOMPARE(now->seed, quint64(99));
        QCOMPARE(now->faults.create, 0.05);
        QCOMPARE(now->stages.size(), 2);
        QCOMPARE(now->prompts, plan.prompts);
    }

    void aPlanRunsAsItSaysAndNotAsTheFormRoundsIt_data()
    {
        QTest::addColumn<LoadPlan>("plan");
        LoadPlan plan = SetupPanel::preset(20);
        plan.holdSeconds = 0.4;
        QTest::newRow("a short hold") << plan;
        plan.holdSeconds = 6 * 24 * 3600;
        plan.pace.answerSeconds = 4000.25;
        QTest::newRow("long times") << plan;
        plan.pace = {1500, 40, 0};
        QTest::newRow("tokens per second") << plan;
        plan.pace = {1500, 0, 30};
        QTest::newRow("first token") << plan;
        plan.pace = {};
        plan.stages = {{LoadStage::Shape::Linear, 20, 7200.5}};
        plan.poisson = true;
        QTest::newRow("a long ramp") << plan;
        plan.poisson = false;
        plan.stages = {{LoadStage::Shape::Linear, 20, 0.3}};
        QTest::newRow("a short ramp") << plan;
        plan.stages = {{LoadStage::Shape::Step, 5, 2}, {LoadStage::Shape::Linear, 20, 10}};
        QTest::newRow("a step before the ramp") << plan;
        plan.stages = {{LoadStage::Shape::Spike, 20, 5}};
        QTest::newRow("a spike") << plan;
        plan.stages.clear();
        plan.closed = true;
        plan.maxInFlight = 3;
        QTest::newRow("closed") << plan;
    }
    void aPlanRunsAsItSaysAndNotAsTheFormRoundsIt()
    {
        QFETCH(const LoadPlan, plan);
        QVERIFY(checkPlan(plan));
        m_panel->setPlan(plan);
        const auto now = m_panel->plan();
        QVERIFY2(now.ok(), now.ok() ? "" : qPrintable(now.error().text));
        QCOMPARE(toJson(*now), toJson(plan));
        auto *count = m_panel->findChild<QSpinBox *>(QStringLiteral("countQSpinBox"));
        count->setValue(30); // whatever it was, this is a plan, too
        const auto more = m_panel->plan();
        QVERIFY2(more.ok(), more.ok() ? "" : qPrintable(more.error().text));
        QCOMPARE(more->total(), 30);
    }

    void aModelThatWasChosenStays()
    {
        m_panel->setModels({}, QStringLiteral("anthropic:a"));
        QCOMPARE(m_panel->plan()->model, QStringLiteral("anthropic:a"));
        m_panel->setModels({}, QStringLiteral("anthropic:b"));
        QCOMPARE(m_panel->plan()->model, QStringLiteral("anthropic:b"));
        write("plan.json", R"({"count": 5, "model": "sampler"})");
        m_panel->openPlan(m_dir.filePath(QStringLiteral("plan.json")));
        m_panel->setModels({}, QStringLiteral("anthropic:a"));
        QCOMPARE(m_panel->plan()->model, QStringLiteral("sampler"));
    }

    void thePlanCanBeWrittenAsJson()
    {
        auto *json = m_panel->findChild<QPlainTextEdit *>(QStringLiteral("planQPlainTextEdit"));
        auto *button = m_panel->findChild<QPushButton *>(QStringLiteral("jsonQPushButton"));
        button->click();
        QVERIFY(json->toPlainText().contains(QLatin1String("\"count\"")));
        json->setPlainText(QStringLiteral("{\"name\": \"mine\", \"count\": 7}"));
        QCOMPARE(m_panel->plan()->total(), 7);
        json->setPlainText(QStringLiteral("{\"count\": 7"));
        QVERIFY(!m_panel->plan().ok());
        button->click(); // the text stays until it is a plan
        QVERIFY(button->isChecked());
        QVERIFY(!m_panel->findChild<QLabel *>(QStringLiteral("planProblemQLabel"))->text().isEmpty());
        json->setPlainText(QStringLiteral("{\"count\": 9}"));
        button->click();
        QCOMPARE(m_panel->findChild<QSpinBox *>(QStringLiteral("countQSpinBox"))->value(), 9);
    }

    void thePlanAsJsonIsReadAsItsFileIs()
    {
        write("wishes.txt", "a quiz about moss\na chess clock\n");
        write("plan.json", R"({"count": 5, "prompts_file": "wishes.txt"})");
        m_panel->openPlan(m_dir.filePath(QStringLiteral("plan.json")));
        QCOMPARE(m_panel->plan()->prompts.size(), 2);
        auto *json = m_panel->findChild<QPlainTextEdit *>(QStringLiteral("planQPlainTextEdit"));
        auto *button = m_panel->findChild<QPushButton *>(QStringLiteral("jsonQPushButton"));
        auto *problem = m_panel->findChild<QLabel *>(QStringLiteral("planProblemQLabel"));
        button->click();
        json->setPlainText(QStringLiteral(R"({"count": 7, "prompts_file": "wishes.txt", "recording": "kept.jsonl"})"));
        const auto plan = m_panel->plan(); // beside the plan that was opened
        QVERIFY2(plan.ok(), plan.ok() ? "" : qPrintable(plan.error().text));
        QCOMPARE(plan->prompts.size(), 2);
        QCOMPARE(plan->recording, m_dir.filePath(QStringLiteral("kept.jsonl")));
        for (const auto &[text, named] : {std::pair(R"({"count": 7, "prompts_file": "gone.txt"})", "gone.txt"),
                                          std::pair(R"({"count": 7, "seed": -1})", "0 to 9007199254740991"),
                                          std::pair(R"({"count": 7, "speed": 1})", "speed")}) {
            json->setPlainText(QLatin1String(text));
            m_panel->checkMachine();
            QVERIFY2(problem->text().contains(QLatin1String(named)), qPrintable(problem->text()));
            QVERIFY(!m_panel->findChild<QPushButton *>(QStringLiteral("startRunQPushButton"))->isEnabled());
        }
    }

    void whatStandsInTheWayIsShown()
    {
        m_source->problems = {QStringLiteral("Too few processes. Raise it with: ulimit -u 40000")};
        m_panel->checkMachine();
        const auto shown = [this] {
            const auto labels = m_panel->findChild<QWidget *>(QStringLiteral("checksCard"))->findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(),
                               [](QLabel *label) { return label->text().contains(QLatin1String("ulimit")); });
        };
        QTRY_VERIFY(shown());
    }

    void recordedAnswersAreDropped()
    {
        m_panel->findChild<QComboBox *>(QStringLiteral("paceQComboBox"))->setCurrentIndex(1);
        const QString file = fileCalled("answers.jsonl");
        QVERIFY(drop({file}));
        auto plan = m_panel->plan();
        QVERIFY2(plan.ok(), plan.ok() ? "" : qPrintable(plan.error().text));
        QCOMPARE(plan->recording, file);
        QVERIFY(!plan->pace.any()); // it has its own times
        QVERIFY(!m_panel->findChild<QComboBox *>(QStringLiteral("paceQComboBox"))->isEnabled());
        QCOMPARE(recordingButton()->text(), QStringLiteral("answers.jsonl"));
        m_panel->findChild<QAbstractButton *>(QStringLiteral("preset100"))->click();
        QCOMPARE(m_panel->plan()->recording, file);
        m_panel->findChild<QAbstractButton *>(QStringLiteral("noRecordingQToolButton"))->click();
        QCOMPARE(m_panel->plan()->recording, QString());
        QVERIFY(m_panel->findChild<QComboBox *>(QStringLiteral("paceQComboBox"))->isEnabled());
    }

    void whatIsNoRecordingIsNotTaken()
    {
        QVERIFY(!drop({fileCalled("plan.json")}));
        QVERIFY(!drop({fileCalled("a.jsonl"), fileCalled("b.jsonl")}));
        QVERIFY(!drop({m_dir.path()}));
        QVERIFY(!drop({m_dir.filePath(QStringLiteral("missing.jsonl"))}));
        QCOMPARE(m_panel->plan()->recording, QString());
    }

    void recordedAnswersAreChosen()
    {
        const QString file = fileCalled("chosen.jsonl");
        recordingButton()->click();
        auto *dialog = m_panel->findChild<QFileDialog *>(QStringLiteral("recordingQFileDialog"));
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(file);
        dialog->close();
        QCOMPARE(m_panel->plan()->recording, file);
        auto *json = m_panel->findChild<QPushButton *>(QStringLiteral("jsonQPushButton"));
        json->click();
        json->click();
        QCOMPARE(m_panel->plan()->recording, file);
    }

    void hostsAreTicked()
    {
        auto *picker = m_panel->findChild<HostPicker *>(QStringLiteral("hostPicker"));
        m_panel->setHosts({{QStringLiteral("gpu"), QStringLiteral("gpu-box"), {}},
                           {QStringLiteral("nas"), QStringLiteral("studio-nas"), QStringLiteral("Not reachable.")}});
        QCOMPARE(picker->text(), QStringLiteral("This computer"));
        QCOMPARE(m_panel->plan()->hosts, QStringList());
        tick(picker, "gpu");
        QCOMPARE(m_panel->plan()->hosts, QStringList({QStringLiteral("local"), QStringLiteral("gpu")}));
        QCOMPARE(picker->text(), QStringLiteral("This computer, gpu-box"));
        tick(picker, "local");
        QCOMPARE(m_panel->plan()->hosts, QStringList{QStringLiteral("gpu")});
        QVERIFY(entry(picker, "nas")->text().contains(QStringLiteral("Not reachable.")));
        tick(picker, "any");
        QCOMPARE(m_panel->plan()->hosts, QStringList{QStringLiteral("any")});
        QVERIFY(!entry(picker, "gpu")->isChecked());
        tick(picker, "any");
        QCOMPARE(m_panel->plan()->hosts, QStringList());
        QVERIFY(entry(picker, "local")->isChecked());
    }

    void hostsOfAPlanThatAreNotKnownStay()
    {
        LoadPlan plan = SetupPanel::preset(20);
        plan.hosts = {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
        m_panel->setPlan(plan);
        m_panel->setHosts({{QStringLiteral("a"), QStringLiteral("first"), {}}});
        auto *picker = m_panel->findChild<HostPicker *>(QStringLiteral("hostPicker"));
        QVERIFY(picker->text().contains(QLatin1Char('3')));
        QCOMPARE(m_panel->plan()->hosts, plan.hosts);
        tick(picker, "b");
        QCOMPARE(m_panel->plan()->hosts, QStringList({QStringLiteral("a"), QStringLiteral("c")}));
    }

    void startSaysThePlan()
    {
        QSignalSpy start(m_panel.get(), &SetupPanel::startRequested);
        m_panel->findChild<QAbstractButton *>(QStringLiteral("preset100"))->click();
        m_panel->findChild<QPushButton *>(QStringLiteral("startRunQPushButton"))->click();
        QCOMPARE(start.count(), 1);
        QCOMPARE(start[0][0].value<LoadPlan>().total(), 100);
    }

private:
    static QAction *entry(HostPicker *picker, const char *host)
    {
        for (QAction *action : picker->menu()->actions())
            if (action->data().toString() == QLatin1String(host))
                return action;
        return nullptr;
    }
    QString fileCalled(const char *name)
    {
        QFile file(m_dir.filePath(QLatin1String(name)));
        return file.open(QIODevice::WriteOnly) ? file.fileName() : QString();
    }
    void write(const char *name, const QByteArray &text)
    {
        QFile file(m_dir.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
    /// Whether the panel takes these files.
    bool drop(const QStringList &files)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &file : files)
            urls.append(QUrl::fromLocalFile(file));
        data.setUrls(urls);
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QCoreApplication::sendEvent(m_panel.get(), &enter);
        QDropEvent dropped(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        dropped.ignore();
        QCoreApplication::sendEvent(m_panel.get(), &dropped);
        return enter.isAccepted() && dropped.isAccepted();
    }
    QPushButton *recordingButton() { return m_panel->findChild<QPushButton *>(QStringLiteral("recordingQPushButton")); }
    static void tick(HostPicker *picker, const char *host) { entry(picker, host)->trigger(); }

    QTemporaryDir m_dir;
    std::unique_ptr<FakeLoadSource> m_source;
    std::unique_ptr<SetupPanel> m_panel;
};

QTEST_MAIN(TestSetupPanel)
#include "tst_setuppanel.moc"
