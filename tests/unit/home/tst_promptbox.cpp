// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/promptbox.h"

#include "widgets/common/growingtextedit.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

class TestPromptBox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void init()
    {
        m_box = std::make_unique<PromptBox>();
        m_box->show();
        m_field = m_box->findChild<GrowingTextEdit *>();
        m_build = m_box->findChild<QPushButton *>(QStringLiteral("buildQPushButton"));
    }

    void buildsWhatWasTyped()
    {
        QSignalSpy build(m_box.get(), &PromptBox::buildRequested);
        QVERIFY(!m_build->isEnabled());
        QTest::keyClick(m_field, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(build.count(), 0);
        QTest::keyClicks(m_field, QStringLiteral("a quiz about moss"));
        QVERIFY(m_build->isEnabled());
        QTest::keyClick(m_field, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(build.count(), 1);
        QCOMPARE(build[0][0].value<Wish>().prompt, QStringLiteral("a quiz about moss"));
        QCOMPARE(build[0][1].toInt(), 1);
    }

    void twoPressesAreOneWish()
    {
        QSignalSpy build(m_box.get(), &PromptBox::buildRequested);
        connect(m_box.get(), &PromptBox::buildRequested, m_box.get(), [this] { m_box->setBusy(true); });
        m_box->setText(QStringLiteral("x"));
        QTest::mouseClick(m_build, Qt::LeftButton);
        QTest::mouseClick(m_build, Qt::LeftButton);
        QCOMPARE(build.count(), 1);
        QCOMPARE(m_box->text(), QStringLiteral("x")); // stays until the store has it
    }

    void aPictureAloneIsAWish()
    {
        QSignalSpy build(m_box.get(), &PromptBox::buildRequested);
        m_box->addImages({QImage(10, 10, QImage::Format_RGB32)});
        QVERIFY(m_build->isEnabled());
        m_build->click();
        QCOMPARE(build[0][0].value<Wish>().images.size(), 1);
        QVERIFY(!build[0][0].value<Wish>().prompt.isEmpty());
    }

    void costFollowsModelAndVariants()
    {
        const ModelChoice choice{QStringLiteral("anthropic:x"), QStringLiteral("X"), QStringLiteral("A"),
                                 Price{3, 15, 0, 0}, true};
        const auto one = PromptBox::expectedCost(choice, 100, 0, 1);
        QVERIFY(one && *one > 0.01 && *one < 1);
        QCOMPARE(*PromptBox::expectedCost(choice, 100, 0, 3), 3 * *one);
        QVERIFY(*PromptBox::expectedCost(choice, 100, 2, 1) > *one);
        QVERIFY(!PromptBox::expectedCost(ModelChoice{}, 100, 0, 1));
        auto *label = m_box->findChild<QLabel *>(QStringLiteral("costQLabel"));
        QVERIFY(label->text().isEmpty());
        m_box->modelPicker()->setChoices({choice});
        m_box->setText(QStringLiteral("x"));
        QVERIFY(label->text().contains(QLatin1Char('$')));
    }

    /// Before money is spent: that the wish will most likely not be finished.
    void aBudgetThatIsTooSmallIsSaid()
    {
        const ModelChoice choice{QStringLiteral("anthropic:x"), QStringLiteral("X"), QStringLiteral("A"),
                                 Price{3, 15, 0, 0}, true};
        m_box->modelPicker()->setChoices({choice});
        m_box->setText(QStringLiteral("x"));
        auto *label = m_box->findChild<QLabel *>(QStringLiteral("costQLabel"));
        m_box->setBudget(0.02);
        QVERIFY2(label->text().contains(QStringLiteral("stops at $0.02")), qPrintable(label->text()));
        m_box->setBudget(5);
        QVERIFY(!label->text().contains(QStringLiteral("stops")));
        m_box->setBudget(0);
        QVERIFY(!label->text().contains(QStringLiteral("stops")));
    }

    void variantsAreCounted()
    {
        QSignalSpy build(m_box.get(), &PromptBox::buildRequested);
        m_box->findChild<Chip *>(QStringLiteral("variantsChip"))->menu()->actions()[2]->trigger();
        m_box->setText(QStringLiteral("x"));
        m_build->click();
        QCOMPARE(build[0][1].toInt(), 3);
        m_box->clear();
        QCOMPARE(m_box->variants(), 1);
    }

private:
    std::unique_ptr<PromptBox> m_box;
    GrowingTextEdit *m_field = nullptr;
    QPushButton *m_build = nullptr;
};

QTEST_MAIN(TestPromptBox)
#include "tst_promptbox.moc"
