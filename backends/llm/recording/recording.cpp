// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/recording/recording.h"

#include "backends/core/log.h"

#include <QCoreApplication>
#include <QFile>

namespace Flotilla {

namespace {

Error unreadable(const QString &path, const QString &why, const QString &detail = {})
{
    return {ErrorKind::Invalid,
            QCoreApplication::translate("Recording", "The recording %1 cannot be replayed. %2").arg(path, why), detail};
}

QString sentence(const char *text)
{
    return QCoreApplication::translate("Recording", text);
}

Status openBounded(QFile &file)
{
    const QString path = file.fileName();
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, sentence(QT_TRANSLATE_NOOP("Recording", "The file cannot be read.")),
                          file.errorString());
    if (file.isSequential() || file.size() > RecordingLimits::file)
        return unreadable(path, sentence(QT_TRANSLATE_NOOP("Recording", "It is no file, or larger than %1 MB."))
                                    .arg(RecordingLimits::file / 1024 / 1024));
    return {};
}

Error incomplete(const QString &path, const QString &why, const QString &detail = {})
{
    return {ErrorKind::Storage,
            QCoreApplication::translate("Recording", "The recording %1 is not complete. %2").arg(path, why), detail};
}

/// The whole line or nothing of it.
Status append(QFile &file, const QByteArray &line)
{
    const qint64 before = file.size();
    if (line.size() > RecordingLimits::line + 1 || before + line.size() > RecordingLimits::file)
        return incomplete(file.fileName(), sentence(QT_TRANSLATE_NOOP("Recording", "An answer is too large for it.")));
    if (file.write(line) == line.size())
        return {};
    const QString detail = file.errorString();
    file.resize(before);
    return incomplete(file.fileName(),
                      sentence(QT_TRANSLATE_NOOP("Recording", "It cannot be written. Free some space there.")), detail);
}

Status readLines(QFile &file, Recording &recording)
{
    int number = 0;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine(RecordingLimits::line + 2);
        ++number;
        if (line.trimmed().isEmpty())
            continue;
        if (recording.answers.size() == RecordingLimits::answers)
            return unreadable(
                file.fileName(),
                sentence(QT_TRANSLATE_NOOP("Recording", "It has more than %1 answers.")).arg(RecordingLimits::answers));
        auto answer = answerFromLine(line.trimmed());
        if (!answer)
            return unreadable(
                file.fileName(),
                sentence(QT_TRANSLATE_NOOP("Recording", "Line %1: %2")).arg(number).arg(answer.error().text));
        if (!recording.answers.isEmpty() && recording.answers.first().tools != answer->tools)
            return unreadable(
                file.fileName(),
                sentence(
                    QT_TRANSLATE_NOOP("Recording", "Line %1: answers with and without tools cannot be in one file."))
                    .arg(number));
        recording.answers.append(*std::move(answer));
    }
    return {};
}

} // namespace

Status Recording::look(const QString &path)
{
    QFile file(path);
    if (const Status opened = openBounded(file); !opened)
        return opened;
    const auto first = answerFromLine(file.readLine(RecordingLimits::line + 2).trimmed());
    if (!first)
        return unreadable(path, sentence(QT_TRANSLATE_NOOP("Recording", "Line %1: %2")).arg(1).arg(first.error().text));
    return {};
}

Result<Recording> Recording::read(const QString &path)
{
    QFile file(path);
    if (const Status opened = openBounded(file); !opened)
        return opened.error();
    Recording recording;
    if (const Status read = readLines(file, recording); !read)
        return read.error();
    if (recording.prompts().isEmpty())
        return unreadable(path, sentence(QT_TRANSLATE_NOOP("Recording", "No answer in it begins a conversation.")));
    return recording;
}

QStringList Recording::prompts() const
{
    QStringList prompts;
    QSet<QString> seen;
    for (const RecordedAnswer &answer : answers)
        if (answer.step == 0 && !seen.contains(answer.prompt)) {
            seen.insert(answer.prompt);
            prompts.append(answer.prompt);
        }
    return prompts;
}

QStringList Recording::models() const
{
    QStringList models;
    for (const RecordedAnswer &answer : answers)
        if (!models.contains(answer.model))
            models.append(answer.model);
    return models;
}

Result<std::function<void(const RecordedAnswer &)>> newRecordingFile(const QString &path,
                                                                     std::function<void(const Error &)> failed)
{
    const auto file = std::make_shared<QFile>(path);
    if (!file->open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered,
                    QFile::ReadOwner | QFile::WriteOwner))
        return Error{
            ErrorKind::Conflict,
            sentence(QT_TRANSLATE_NOOP("Recording",
                                       "The recording %1 cannot be made. Choose a name that does not exist yet."))
                .arg(path),
            file->errorString()};
    return std::function<void(const RecordedAnswer &)>([file, failed](const RecordedAnswer &answer) {
        const Status kept = file->isOpen() ? append(*file, toLine(answer) + '\n') : Status();
        if (kept)
            return;
        file->close();
        qCWarning(logCore, "%s %s", qUtf8Printable(kept.error().text), qUtf8Printable(kept.error().detail));
        if (failed)
            failed(kept.error());
    });
}

} // namespace Flotilla
