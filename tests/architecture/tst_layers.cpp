// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

const QString root = QStringLiteral(FLOTILLA_SOURCE_DIR "/");

/// What a folder of backends may include besides itself and core.
const QHash<QString, QStringList> &allowed()
{
    static const QHash<QString, QStringList> table = [] {
        const QStringList base{QStringLiteral("http"), QStringLiteral("storage"), QStringLiteral("secrets"),
                               QStringLiteral("hosts"), QStringLiteral("agent")};
        QHash<QString, QStringList> rows;
        rows[QStringLiteral("core")] = {};
        for (const QString &folder : base)
            rows[folder] = {};
        rows[QStringLiteral("llm")] = base;
        rows[QStringLiteral("sandbox")] = base;
        rows[QStringLiteral("preview")] = base + QStringList{QStringLiteral("llm"), QStringLiteral("sandbox")};
        rows[QStringLiteral("projects")] = rows[QStringLiteral("preview")] + QStringList{QStringLiteral("preview")};
        rows[QStringLiteral("fleet")] = rows[QStringLiteral("projects")];
        return rows;
    }();
    return table;
}

/// Third-party headers and the folders that may include them.
struct ThirdParty
{
    const char *pattern;
    QStringList folders;
};
const QList<ThirdParty> &thirdParty()
{
    static const QList<ThirdParty> table{
        {"^curl/", {"backends/http/"}},
        {"^(SQLiteCpp/|sqlite3)", {"backends/storage/"}},
        {"^seccomp", {"backends/agent/"}},
        {"^http_parser", {"backends/agent/", "backends/preview/"}},
        {"^(qt6keychain|qtkeychain)", {"backends/secrets/"}},
        {"^nlohmann/", {"backends/agent/"}},
        {"^cmark", {"widgets/chat/"}},
        {"^archive", {"backends/hosts/", "backends/projects/"}},
        {"^libssh", {"backends/hosts/"}},
        {"^qcustomplot", {"widgets/charts/"}},
    };
    return table;
}

struct Include
{
    QString file; ///< relative to the root
    QString target;
};

QList<Include> includesBelow(const QString &top)
{
    static const QRegularExpression line(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"),
                                         QRegularExpression::MultilineOption);
    QList<Include> includes;
    QDirIterator files(root + top, {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        auto matches = line.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext())
            includes.append({file.fileName().mid(root.size()), matches.next().captured(1)});
    }
    return includes;
}

QString second(const QString &path)
{
    return path.section(QLatin1Char('/'), 1, 1);
}

} // namespace

class TestLayers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scanFindsFiles() { QVERIFY(includesBelow(QStringLiteral("backends")).size() > 100); }

    void backendsKnowNoWindow()
    {
        static const QRegularExpression window(
            QStringLiteral("^(widgets/|app/|QtGui|QtWidgets|QWidget|QApplication|QImage|QPixmap|QColor|QWebEngine)"));
        for (const Include &include : includesBelow(QStringLiteral("backends")))
            QVERIFY2(!window.match(include.target).hasMatch(),
                     qPrintable(include.file + QLatin1String(" includes ") + include.target));
    }

    void widgetsKnowNoApp()
    {
        for (const Include &include : includesBelow(QStringLiteral("widgets")))
            QVERIFY2(!include.target.startsWith(QLatin1String("app/")),
                     qPrintable(include.file + QLatin1String(" includes ") + include.target));
    }

    void backendsPointOneWay()
    {
        for (const Include &include : includesBelow(QStringLiteral("backends"))) {
            if (!include.target.startsWith(QLatin1String("backends/")))
                continue;
            const QString from = second(include.file);
            const QString to = second(include.target);
            QVERIFY2(allowed().contains(from), qPrintable(QStringLiteral("no rule for the folder backends/") + from));
            const bool fine = from == to || to == QLatin1String("core") || allowed()[from].contains(to);
            QVERIFY2(fine, qPrintable(include.file + QLatin1String(" includes ") + include.target));
        }
    }

    void thirdPartyStaysInItsFolder()
    {
        for (const QString &top : {QStringLiteral("backends"), QStringLiteral("widgets"), QStringLiteral("app")}) {
            for (const Include &include : includesBelow(top)) {
                for (const ThirdParty &rule : thirdParty()) {
                    if (!QRegularExpression(QLatin1String(rule.pattern)).match(include.target).hasMatch())
                        continue;
                    const bool fine = std::any_of(rule.folders.begin(), rule.folders.end(), [&](const QString &folder) {
                        return include.file.startsWith(folder);
                    });
                    QVERIFY2(fine, qPrintable(include.file + QLatin1String(" includes ") + include.target));
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
