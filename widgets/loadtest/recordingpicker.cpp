// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/recordingpicker.h"

#include "widgets/common/controls.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>

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
    : QWidget(parent)
    , m_file(makeButton({}, QStringLiteral("recordingQPushButton")))
    , m_none(makeIconButton(QStringLiteral("close"), tr("No recording: ask the model"),
                            QStringLiteral("noRecordingQToolButton")))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::xs);
    layout->addWidget(m_file);
    layout->addWidget(m_none);
    connect(m_file, &QPushButton::clicked, this, &RecordingPicker::ask);
    connect(m_none, &QToolButton::clicked, this, [this] { take({}); });
    dropArea->setAcceptDrops(true);
    dropArea->installEventFilter(this);
    setFocusProxy(m_file);
    setCurrent({});
}

void RecordingPicker::setCurrent(const QString &path)
{
    m_path = path;
    const QString name = fontMetrics().elidedText(QFileInfo(path).fileName(), Qt::ElideMiddle, nameWidth);
    m_file->setText(path.isEmpty() ? tr("None. Choose a file…") : name);
    m_file->setToolTip(
        path.isEmpty() ? tr("Answers that flotillactl loadtest --record wrote. A file can be dropped here.") : path);
    m_none->setVisible(!path.isEmpty());
}

void RecordingPicker::take(const QString &path)
{
    setCurrent(path);
    Q_EMIT chosen();
}

void RecordingPicker::ask()
{
    auto *dialog = new QFileDialog(this, tr("Recorded answers"), QFileInfo(m_path).absolutePath(),
                                   tr("Recordings (*.jsonl);;All files (*)"));
    dialog->setObjectName(QStringLiteral("recordingQFileDialog"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &RecordingPicker::take);
    dialog->open();
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
