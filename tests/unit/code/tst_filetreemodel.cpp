// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code/filetreemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

class tst_FileTreeModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foldersComeFirst();
    void updatesArePrecise();
    void mainFile();
};

void tst_FileTreeModel::foldersComeFirst()
{
    FileTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFiles(
        {QStringLiteral("z.txt"), QStringLiteral("src/b.ts"), QStringLiteral("src/ui/a.ts"), QStringLiteral("a.txt")});
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("src"));
    QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("a.txt"));
    QCOMPARE(model.index(0, 0, model.index(0, 0)).data().toString(), QStringLiteral("ui"));
    QCOMPARE(model.indexOf(QStringLiteral("src/ui/a.ts")).data(FileTreeModel::PathRole).toString(),
             QStringLiteral("src/ui/a.ts"));
}

void tst_FileTreeModel::updatesArePrecise()
{
    FileTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFiles({QStringLiteral("src/a.ts"), QStringLiteral("b.ts")});
    const QPersistentModelIndex kept = model.indexOf(QStringLiteral("b.ts"));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.setFiles({QStringLiteral("b.ts"), QStringLiteral("c.ts")});
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(removed.size(), 2); // the file and its empty folder
    QVERIFY(kept.isValid());
    QCOMPARE(kept.data().toString(), QStringLiteral("b.ts"));
}

void tst_FileTreeModel::mainFile()
{
    FileTreeModel model;
    QCOMPARE(model.mainFile(), QString());
    model.setFiles({QStringLiteral("lib/x.py")});
    QCOMPARE(model.mainFile(), QStringLiteral("lib/x.py"));
    model.setFiles({QStringLiteral("lib/x.py"), QStringLiteral("index.html"), QStringLiteral("src/App.tsx")});
    QCOMPARE(model.mainFile(), QStringLiteral("src/App.tsx"));
}

QTEST_APPLESS_MAIN(tst_FileTreeModel)
#include "tst_filetreemodel.moc"
