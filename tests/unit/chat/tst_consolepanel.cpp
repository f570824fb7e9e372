// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/consolemodel.h"
#include "widgets/preview/consolepanel.h"

#include <QListView>
#include <QScrollBar>
#include <QTest>

using namespace Flotilla;

namespace {

class CountingModel : public ConsoleModel
{
public:
    QVariant data(const QModelIndex &index, int role) const override
    {
        m_texts += role == Qt::DisplayRole;
        return ConsoleModel::data(index, role);
    }
    mutable int m_texts = 0;
};

void add(ConsoleModel *model, const QString &text)
{
    ConsoleEntry entry;
    entry.text = text;
    entry.source = QStringLiteral("src/App.js");
    entry.line = 4;
    model->append(entry);
}

} // namespace

class TestConsolePanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<CountingModel>();
        m_panel = std::make_unique<ConsolePanel>(m_model.get());
        m_panel->resize(600, 400);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        m_list = m_panel->findChild<QListView *>();
    }
    void cleanup() { m_panel.reset(); }

    void oneLineMoreMeasuresNoOther()
    {
        for (int i = 0; i < ConsoleModel::MaxEntries; ++i)
            add(m_model.get(), QString::number(i));
        QTRY_COMPARE(m_model->rowCount(), ConsoleModel::MaxEntries);
        QTRY_VERIFY(m_list->verticalScrollBar()->maximum() > 0 && isAtEnd());
        m_model->m_texts = 0;
        add(m_model.get(), QStringLiteral("one more"));
        QTRY_COMPARE(m_model->index(m_model->rowCount() - 1).data().toString(), QStringLiteral("one more"));
        QTRY_VERIFY(isAtEnd());
        m_list->doItemsLayout();
        QVERIFY2(m_model->m_texts < 300, qPrintable(QString::number(m_model->m_texts))); // what is seen is painted
    }

    void showsTheEndOfAStorm()
    {
        for (int i = 0; i < 100'000; ++i) {
            add(m_model.get(), QStringLiteral("line %1 of a page that writes without an end").arg(i));
            if (i % 100 == 0)
                QCoreApplication::processEvents();
        }
        QTRY_VERIFY(m_model->index(m_model->rowCount() - 1).data().toString().startsWith(QLatin1String("line 99999 ")));
        QTRY_VERIFY(isAtEnd());
    }

    void aLongTextHasEightLines_data()
    {
        QTest::addColumn<int>("letters");
        QTest::newRow("laid out") << 590;
        QTest::newRow("too long for it") << 4000;
    }
    void aLongTextHasEightLines()
    {
        QFETCH(int, letters);
        add(m_model.get(), QStringLiteral("a"));
        add(m_model.get(), QString(letters, QLatin1Char('a')));
        add(m_model.get(), QStringLiteral("a\nb\nc\nd\ne\nf\ng\nh"));
        const auto height = [this](int row) { return m_list->sizeHintForIndex(m_model->index(row)).height(); };
        QVERIFY(height(1) > 4 * height(0));
        QCOMPARE(height(1), height(2));
    }

private:
    bool isAtEnd() const { return m_list->verticalScrollBar()->value() == m_list->verticalScrollBar()->maximum(); }

    std::unique_ptr<CountingModel> m_model;
    std::unique_ptr<ConsolePanel> m_panel;
    QListView *m_list = nullptr;
};

QTEST_MAIN(TestConsolePanel)
#include "tst_consolepanel.moc"
