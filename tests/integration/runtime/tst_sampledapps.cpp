// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerfollowup.h"
#include "backends/llm/sampler/samplerparts.h"
#include "backends/llm/sampler/samplerrecipe.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

/// Every kind of app, with harmless and hostile wishes, goes through the real compiler in one run.
class TestSampledApps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void allBuild();
    void importOnlyTheRuntime();
    void importOnlyWhatIsExported();

private:
    void write(const Recipe &recipe);
    QJsonObject json(const QString &path) const;

    QString m_runtime;
    QTemporaryDir m_folder;
    QStringList m_entries;
    QByteArray m_errors;
};

void TestSampledApps::write(const Recipe &recipe)
{
    const QString app = m_folder.filePath(QStringLiteral("app%1/").arg(m_entries.size()));
    for (const SampleFile &file : filesOf(recipe)) {
        QDir().mkpath(QFileInfo(app + file.path).path());
        QFile out(app + file.path);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(file.content.toUtf8());
    }
    m_entries.append(app + QStringLiteral("src/App.tsx"));
}

QJsonObject TestSampledApps::json(const QString &path) const
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

void TestSampledApps::initTestCase()
{
    m_runtime = qEnvironmentVariable("FLOTILLA_BIN_DIR") + QStringLiteral("/../share/flotilla/runtime");
    QVERIFY2(QFile::exists(m_runtime + QStringLiteral("/bin/esbuild")), "build the target flotilla_resources first");
    const QStringList wishes{QStringLiteral("%1"),
                             QStringLiteral("a dark %1 for a bakery, sunset colours"),
                             QStringLiteral("%1 called \"`${alert(1)}` </script> \\\" ' { } /* */ // \\u2028\""),
                             QStringLiteral("%1 with rye \"loaf\", <b>buns</b> & tea, {cake}, `milk` and \\honey"),
                             QStringLiteral("%1 about 🦙🦙 llamas ") + QString(100000, QLatin1Char('{')),
                             QStringLiteral("brutalist %1: a, b, c, d, e, f, g, h, i, j, k and l")};
    for (const auto &kind : SamplerParts::kinds()) {
        for (const QString &wish : wishes)
            write(recipeFor(wish.arg(kind.words.first())));
        Recipe bare = recipeFor(kind.words.first());
        bare.sections.clear();
        write(bare);
        write(recipeFor(kind.words.first(), QStringLiteral("de")));
        write(followUp(recipeFor(kind.words.first()), QStringLiteral("auf Deutsch bitte")).recipe);
        write(
            followUp(
                recipeFor(kind.words.first()),
                QStringLiteral(
                    "add a section for \"`</script>{x}`\"; call it `}` and make it red, rounder corners, bigger text"))
                .recipe);
    }
}

void TestSampledApps::allBuild()
{
    QElapsedTimer timer;
    timer.start();
    QProcess compiler;
    compiler.setWorkingDirectory(m_folder.path());
    compiler.start(m_runtime + QStringLiteral("/bin/esbuild"),
                   m_entries + QStringList{QStringLiteral("--bundle"), QStringLiteral("--format=esm"),
                                           QStringLiteral("--target=chrome102"), QStringLiteral("--jsx=automatic"),
                                           QStringLiteral("--packages=external"), QStringLiteral("--outdir=out"),
                                           QStringLiteral("--metafile=meta.json"), QStringLiteral("--log-limit=20"),
                                           QStringLiteral("--color=false")});
    QVERIFY(compiler.waitForFinished(60000));
    qInfo("%lld apps built in %lld ms", qlonglong(m_entries.size()), timer.elapsed());
    const QByteArray said = compiler.readAllStandardError();
    QVERIFY2(compiler.exitCode() == 0, said.constData());
    QVERIFY2(!said.contains("[WARNING]"), said.constData());
}

void TestSampledApps::importOnlyTheRuntime()
{
    const QJsonObject imports =
        json(m_runtime + QStringLiteral("/importmap.json"))[QLatin1String("imports")].toObject();
    QVERIFY(imports.contains(QLatin1String("react")));
    const QJsonObject outputs =
        json(m_folder.filePath(QStringLiteral("meta.json")))[QLatin1String("outputs")].toObject();
    QVERIFY(outputs.size() >= m_entries.size());
    for (const QJsonValue &output : outputs) {
        const QJsonArray used = output[QLatin1String("imports")].toArray();
        for (const QJsonValue &entry : used)
            QVERIFY2(imports.contains(entry[QLatin1String("path")].toString()),
                     qPrintable(entry[QLatin1String("path")].toString()));
    }
}

void TestSampledApps::importOnlyWhatIsExported()
{
    static const QRegularExpression statement(QStringLiteral("import \\{([^}]*)\\} from \"([^\"]+)\";"));
    const QJsonObject known = json(m_runtime + QStringLiteral("/exports.json"));
    int checked = 0;
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        QFile file(m_folder.filePath(QStringLiteral("out/app%1/src/App.js").arg(i)));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        const QString text = QString::fromUtf8(file.readAll());
        for (auto matches = statement.globalMatch(text); matches.hasNext();) {
            const auto match = matches.next();
            const QJsonArray names = known[match.captured(2)].toArray();
            for (const QString &name : match.captured(1).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
                QVERIFY2(names.contains(name.trimmed().section(QLatin1Char(' '), 0, 0)), qPrintable(match.captured()));
                ++checked;
            }
        }
    }
    QVERIFY(checked > 100);
}

QTEST_GUILESS_MAIN(TestSampledApps)
#include "tst_sampledapps.moc"
