// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/draftstore.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

class tst_DraftStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesARestart();
};

void tst_DraftStore::survivesARestart()
{
    QTemporaryDir dir;
    {
        DraftStore store(dir.path());
        store.setDraft({QStringLiteral("a")}, QStringLiteral("half a thought"));
        store.setDraft({QStringLiteral("b")}, QStringLiteral("x"));
        store.setDraft({QStringLiteral("b")}, {});
    }
    const DraftStore again(dir.path());
    QCOMPARE(again.draft({QStringLiteral("a")}), QStringLiteral("half a thought"));
    QCOMPARE(again.draft({QStringLiteral("b")}), QString());
}

QTEST_GUILESS_MAIN(tst_DraftStore)
#include "tst_draftstore.moc"
