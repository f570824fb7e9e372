// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/recordingpicker.h"

#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>

namespace Flotilla {

namespace {

constexpr int nameWidth = 260;

/// The one local file that is dragged; empty: none, or a plan.
QString recordingIn(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    const QFileInfo file(urls.size() == 1 ? urls.constFirst().toLocalFile() : QString());
    const bool plan = file.suffix().compare(QLatin1String("json"), Qt::CaseInsensitive) == 0;
    return file.isFile() && !plan ? file.absoluteFilePath() : QString();
}

} // namespace

RecordingPicker::RecordingPicker(QWidget *dropArea, QWidget *parent)
    : FileChoice({QStringLiteral("recording"), tr("Recorded answers"), tr("Recordings (*.jsonl);;All files (*)"),
                  tr("No recording: ask the model")},
                 parent)
{
    dropArea->setAcceptDrops(true);
    dropArea->installEventFilter(this);
    setCurrent({});
}

void RecordingPicker::setCurrent(const QString &path)
{
    m_path = path;
    const QString name = fontMetrics().elidedText(QFileInfo(path).fileName(), Qt::ElideMiddle, nameWidth);
    say(path.isEmpty() ? tr("None. Choose a file…") : name,
        path.isEmpty() ? tr("Answers that flotillactl loadtest --record wrote. A file can be dropped here.") : path,
        !path.isEmpty());
    setFolder(path.isEmpty() ? QString() : QFileInfo(path).absolutePath());
}

void RecordingPicker::take(const QString &path)
{
    setCurrent(path);
    Q_EMIT chosen();
}

void RecordingPicker::takeBack()
{
    take({});
}

bool RecordingPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::Drop)
        return QWidget::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event); // a drag that enters is one, too
    const QString path = recordingIn(drop->mimeData());
    if (path.isEmpty() || !isEnabled())
        return false;
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (event->type() == QEvent::Drop)
        take(path);
    return true;
}

} // namespace Flotilla
