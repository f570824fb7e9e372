// SPDX-License-Identifier: GPL-3.0-or-later
// What apps and hosts can make of a tree, against this computer's disk.
#include "backends/hosts/local/treecopy.h"
#include "backends/hosts/local/treefiles.h"
#include "backends/hosts/ssh/bytepipe.h"
#include "backends/hosts/ssh/treestream.h"
#include "tests/support/ordinaryuser.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

namespace {

QByteArray header(const QByteArray &name, char type, qint64 size, const QByteArray &target = {})
{
    QByteArray block(512, '\0');
    const auto put = [&block](int at, const QByteArray &text) { block.replace(at, text.size(), text); };
    put(0, name);
    put(100, type == '5' ? "0000755" : "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, QByteArray::number(size, 8).rightJustified(11, '0'));
    put(136, "00000000000");
    put(148, "        ");
    block[156] = type;
    put(157, target);
    put(257, QByteArray("ustar\00000", 8));
    int sum = 0;
    for (const char c : std::as_const(block))
        sum += uchar(c);
    put(148, QByteArray::number(sum, 8).rightJustified(6, '0') + '\0');
    return block;
}

QByteArray file(const QByteArray &name, const QByteArray &content)
{
    return header(name, '0', content.size()) + content + QByteArray((512 - content.size() % 512) % 512, '\0');
}

} // namespace

class TestTreeCopies : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    int m_next = 0;

    QString place() { return m_dir.filePath(QStringLiteral("copy%1").arg(++m_next)); }
    Status unpack(const QByteArray &stream, const QString &to)
    {
        BytePipe pipe;
        for (qsizetype at = 0; at < stream.size();)
            at += pipe.deliver(stream.constData() + at, stream.size() - at);
        pipe.finish(std::nullopt);
        return TreeStream::unpack(pipe, QStringLiteral("data"), to);
    }
    /// Everything that is in the test's folder, by name.
    QStringList all() const
    {
        QStringList names;
        for (QDirIterator it(m_dir.path(), QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                             QDirIterator::Subdirectories);
             it.hasNext();)
            names.append(it.next());
        names.sort();
        return names;
    }
    QString sparse(qint64 size)
    {
        const QString folder = place();
        QDir().mkpath(folder);
        QFile big(folder + QStringLiteral("/big"));
        return big.open(QIODevice::WriteOnly) && big.resize(size) ? folder : QString();
    }

private Q_SLOTS:
    void sparseFilesAreNoBomb()
    {
        const QString folder = sparse(TreeFiles::maxBytes + 1);
        QVERIFY(!folder.isEmpty());
        const QString target = place();
        const Status copied = copyTree(folder, target);
        QVERIFY(!copied);
        QCOMPARE(copied.error().kind, ErrorKind::Invalid);
        QVERIFY(!QFile::exists(target));
        BytePipe pipe;
        const Status packed = TreeStream::pack(folder, pipe);
        QVERIFY(!packed);
        QCOMPARE(packed.error().kind, ErrorKind::Invalid);
    }

    void manyNamesOfOneFileAreNoBomb()
    {
        const QByteArray mebibyte(1024 * 1024 - 4096, 'x');
        const QString small = place();
        const Status twice = unpack(header("./data/", '5', 0) + file("./data/a", "hello") +
                                        header("./data/b", '1', 0, "./data/a") + QByteArray(1024, '\0'),
                                    small);
        QVERIFY2(twice, twice ? "" : qPrintable(twice.error().detail));
        QFile second(small + QStringLiteral("/b"));
        QVERIFY(second.open(QIODevice::ReadOnly));
        QCOMPARE(second.readAll(), QByteArray("hello"));

        const QString target = place();
        const Status huge = unpack(header("./data/", '5', 0) + header("./data/a", '0', TreeFiles::maxBytes - 1) +
                                       QByteArray(1024, '\0'),
                                   target); // within, but the stream ends early
        QVERIFY(!huge);
        QVERIFY(huge.error().kind != ErrorKind::Invalid);
        const Status more =
            unpack(header("./data/", '5', 0) + header("./data/a", '0', TreeFiles::maxBytes + 1), target);
        QVERIFY(!more);
        QCOMPARE(more.error().kind, ErrorKind::Invalid);
        QVERIFY(!QFile::exists(target));
    }

    /// Data of an app is removed where it was once it was copied, or was not there: what is there must not be missed.
    void namesAreBytes()
    {
        const QString folder = place();
        QDir().mkpath(folder);
        const QByteArray latin1 = QFile::encodeName(folder) + "/caf\xe9.txt";
        const int file = ::open(latin1.constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        QVERIFY(file >= 0 && ::write(file, "kept", 4) == 4 && ::close(file) == 0);
        const QString copy = place();
        QVERIFY(copyTree(folder, copy));
        QVERIFY(::access((QFile::encodeName(copy) + "/caf\xe9.txt").constData(), R_OK) == 0);

        BytePipe out;
        QVERIFY(TreeStream::pack(folder, out));
        QByteArray stream;
        for (QByteArray more = out.takeOutgoing(1 << 20); !more.isEmpty(); more = out.takeOutgoing(1 << 20))
            stream += more;
        QVERIFY(stream.contains("new/caf\xe9.txt"));

        for (const QString &tree : {folder, copy})
            removeTree(tree);
        QVERIFY(!QFile::exists(folder) && !QFile::exists(copy));
        QCOMPARE(copyTree(folder, copy).error().kind, ErrorKind::NotFound);
        QCOMPARE(TreeStream::pack(folder, out).error().kind, ErrorKind::NotFound);
        QVERIFY(TreeFiles::copyError(ENOENT, folder).kind != ErrorKind::NotFound);
    }

    void foldersWithoutRightsAreRemoved()
    {
        const OrdinaryUser user;
        const QTemporaryDir dir;
        const QString closed = dir.filePath(QStringLiteral("tree/inner/closed"));
        const QString outside = dir.filePath(QStringLiteral("outside"));
        QVERIFY(QDir().mkpath(closed) && QDir().mkpath(outside));
        QVERIFY(QFile::link(outside, closed + QStringLiteral("/link")));
        QVERIFY(::chmod(QFile::encodeName(outside).constData(), 0500) == 0);
        QVERIFY(::chmod(QFile::encodeName(closed).constData(), 0) == 0);
        QVERIFY(::chmod(QFile::encodeName(QFileInfo(closed).path()).constData(), 0555) == 0);
        removeTree(dir.filePath(QStringLiteral("tree")));
        QVERIFY(!QFile::exists(dir.filePath(QStringLiteral("tree"))));
        QCOMPARE(QFile::permissions(outside) & QFile::WriteOwner, QFile::Permissions()); // no link is followed
    }

    void damagedStreamsStayInside()
    {
        const QByteArray seed = header("./data/", '5', 0) + file("./data/a", "hello") + header("./data/sub/", '5', 0) +
                                file("./data/sub/b", QByteArray(700, 'y')) +
                                header("./data/c", '1', 0, "./data/sub/b") + QByteArray(1024, '\0');
        const QStringList before = all();
        QRandomGenerator random(20261130);
        int good = 0;
        for (int i = 0; i < 400; ++i) {
            QByteArray stream = seed;
            for (int changes = 1 + random.bounded(4); changes > 0; --changes) {
                const int at = random.bounded(int(stream.size()));
                stream[at] = random.bounded(2) ? char(random.bounded(256))
                                               : "./\0"
                                                 "15K7"[random.bounded(7)];
                const int block = at / 512 * 512; // a wrong sum would end most of them too early
                if (random.bounded(4) && stream.mid(block + 257, 5) == "ustar") {
                    stream.replace(block + 148, 8, QByteArray(8, ' '));
                    int sum = 0;
                    for (int k = block; k < block + 512; ++k)
                        sum += uchar(stream.at(k));
                    stream.replace(block + 148, 7, QByteArray::number(sum, 8).rightJustified(6, '0') + '\0');
                }
            }
            if (random.bounded(5) == 0)
                stream.truncate(random.bounded(int(stream.size())));
            const QString target = m_dir.filePath(QStringLiteral("fuzzed"));
            good += unpack(stream, target) ? 1 : 0;
            removeTree(target);
            QVERIFY2(all() == before, qPrintable(QString::number(i)));
        }
        QVERIFY(good > 0);
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestTreeCopies)
#include "tst_treecopies.moc"
