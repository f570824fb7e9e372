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

Result<std::function<void(const RecordedAnswer &)>> newRecordingFile(const QString &path)
{
    const auto file = std::make_shared<QFile>(path);
    if (!file->open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        return Error{
            ErrorKind::Conflict,
            sentence(QT_TRANSLATE_NOOP("Recording",
                                       "The recording %1 cannot be made. Choose a name that does not exist yet."))
                .arg(path),
            file->errorString()};
    return std::function<void(const RecordedAnswer &)>([file](const RecordedAnswer &answer) {
        const QByteArray line = toLine(answer);
        if (line.size() > RecordingLimits::line || file->size() + line.size() >= RecordingLimits::file)
            qCWarning(logCore, "an answer is too large for the recording");
        else if (file->write(line + '\n') < 0 || !file->flush())
            qCWarning(logCore, "an answer could not be recorded: %s", qUtf8Printable(file->errorString()));
    });
}

} // namespace Flotilla
