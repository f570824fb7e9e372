// SPDX-License-Identifier: GPL-3.0-or-later
// Turns that died with their program, in stores whose rows are damaged.
#include "tests/unit/projects/desk.h"

#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Database.h>

using namespace Flotilla;

namespace {

const QString better = good + QStringLiteral("// better\n");

bool says(const Message &message, const QString &words)
{
    return std::any_of(message.blocks.cbegin(), message.blocks.cend(), [&words](const Block &block) {
        const auto *notice = std::get_if<NoticeBlock>(&block);
        return notice && notice->text.contains(words);
    });
}

} // namespace

class TestProjectRecovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        Desk desk(m_dir->path());
        m_app = desk.made();
        QVERIFY(desk.edited(m_app, better));
    }

    void aDamagedNewestVersionDoesNotStopWhatComesNext_data()
    {
        QTest::addColumn<QString>("next");
        for (const char *next : {"recover", "submit", "restore", "files"})
            QTest::newRow(next) << QString::fromLatin1(next);
    }
    /// What the crashed turn had made is kept on top of the newest version that can be read, and said so.
    void aDamagedNewestVersionDoesNotStopWhatComesNext()
    {
        QFETCH(QString, next);
        crash(m_app);
        damageNewest();
        Desk desk(m_dir->path());
        if (next == QLatin1String("recover"))
            QCOMPARE(*desk.wait(desk.service->recover()), 1);
        else if (next == QLatin1String("submit"))
            QVERIFY(desk.edited(m_app, good + good));
        else if (next == QLatin1String("restore"))
            QCOMPARE(*desk.wait(desk.service->restore(m_app, 1)), 4);
        const auto kept = desk.wait(desk.service->files(m_app, 3));
        QVERIFY2(kept.ok(), kept ? "" : qPrintable(kept.error().text));
        QVERIFY(kept->contains(QStringLiteral("half.ts")));
        QCOMPARE(kept->value(appPath), good.toUtf8());
        const auto versions = desk.wait(desk.service->versions(m_app));
        QCOMPARE(versions->at(1).number, 2); // the damaged one stays
        QCOMPARE(versions->at(2).state, QStringLiteral("stopped"));
        const auto messages = desk.wait(desk.service->conversation(m_app));
        QVERIFY(says(messages->at(5), QStringLiteral("Version 2 is damaged")));
        QVERIFY(says(messages->at(5), QStringLiteral("on top of version 1")));
    }

    /// Taken for none, the half would have been taken for the whole app.
    void withoutAnyReadableVersionTheHalfIsNotTakenForTheWhole()
    {
        crash(m_app);
        execute(QStringLiteral("UPDATE blobs SET data = x'00'"));
        Desk desk(m_dir->path());
        QCOMPARE(*desk.wait(desk.service->recover()), 0);
        const auto sent = desk.wait(desk.service->submit(m_app, {QStringLiteral("more"), {}, {}}));
        QVERIFY2(sent.error().text.startsWith(QStringLiteral("A file of this version is damaged")),
                 qPrintable(sent.error().text));
        QCOMPARE(desk.wait(desk.service->versions(m_app))->size(), 2);
        QCOMPARE(desk.store->versions().workingFiles(m_app)->size(), 1); // and what was made is still there
    }

    void aTurnThatCannotBeRecoveredKeepsNoOtherWaiting()
    {
        AppId other;
        {
            Desk desk(m_dir->path());
            other = desk.made(QStringLiteral("a clock"));
            QVERIFY(desk.edited(other, QStringLiteral("export default () => 1\n")));
        }
        crash(m_app);
        crash(other);
        execute(QStringLiteral("UPDATE working_files SET data = x'00' WHERE app = '%1'").arg(m_app.value));
        Desk desk(m_dir->path());
        QCOMPARE(*desk.wait(desk.service->recover()), 1);
        QVERIFY(desk.wait(desk.service->files(other, 3))->contains(QStringLiteral("half.ts")));
    }

    /// Nothing is interrupted: the damage is said, an older version can be restored, and then all goes on.
    void aDamagedNewestVersionIsLeftByRestoring()
    {
        damageNewest();
        Desk desk(m_dir->path());
        const auto sent = desk.wait(desk.service->submit(m_app, {QStringLiteral("more"), {}, {}}));
        QCOMPARE(sent.error().kind, ErrorKind::Storage);
        QVERIFY(sent.error().text.contains(QStringLiteral("Restore another version")));
        QVERIFY(desk.wait(desk.service->app(m_app)).ok());
        QCOMPARE(desk.wait(desk.service->conversation(m_app))->size(), 4);
        QCOMPARE(*desk.wait(desk.service->restore(m_app, 1)), 3);
        QVERIFY(desk.edited(m_app, good + good));
        QCOMPARE(desk.text(m_app), (good + good).toUtf8());
    }

    /// A model that writes the same file again must not get the damaged content for it.
    void writingADamagedFileAgainMendsIt()
    {
        damageNewest();
        Desk desk(m_dir->path());
        QCOMPARE(*desk.wait(desk.service->restore(m_app, 1)), 3);
        QVERIFY(desk.edited(m_app, better));
        QCOMPARE(desk.text(m_app, 4), better.toUtf8());
        QCOMPARE(desk.text(m_app, 2), better.toUtf8());
    }

    void damagedMessagesAndChecksAreLeftOut()
    {
        execute(QStringLiteral("UPDATE messages SET content = CAST('not json' AS BLOB) WHERE id % 2 = 0"));
        execute(QStringLiteral("UPDATE versions SET checks = '[[[', state = 'purple'"));
        execute(QStringLiteral("UPDATE apps SET model = '\x01', host = 'nowhere'"));
        Desk desk(m_dir->path());
        QCOMPARE(desk.wait(desk.service->apps())->size(), 1);
        QCOMPARE(desk.wait(desk.service->conversation(m_app))->size(), 4);
        QCOMPARE(desk.text(m_app), better.toUtf8());
        QVERIFY(desk.edited(m_app, good + good));
    }

private:
    void crash(const AppId &app)
    {
        Desk desk(m_dir->path());
        desk.begin(app);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.store->versions().workingFiles(app)->isEmpty(), 3000);
    }
    void execute(const QString &sql)
    {
        SQLite::Database database(m_dir->filePath(QStringLiteral("flotilla.db")).toStdString(), SQLite::OPEN_READWRITE);
        QVERIFY(database.exec(sql.toStdString()) > 0);
    }
    /// Well-formed for SQLite, and not what was stored.
    void damageNewest()
    {
        execute(
            QStringLiteral("UPDATE blobs SET data = x'0000000512345678' WHERE id = (SELECT f.blob FROM version_files f"
                           " JOIN versions v ON v.id = f.version WHERE v.number = 2)"));
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    AppId m_app;
};

QTEST_GUILESS_MAIN(TestProjectRecovery)
#include "tst_projectrecovery.moc"
