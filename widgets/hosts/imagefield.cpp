// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/hosts/imagefield.h"

#include "backends/core/id.h"
#include "widgets/common/async.h"
#include "widgets/common/controls.h"
#include "widgets/common/theme.h"
#include "widgets/hosts/hostsession.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

constexpr int mostOutputLines = 2000;
constexpr int outputHeight = 160;

/// A folder that is dragged, or a file of one.
QFileInfo draggedPath(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? QFileInfo(urls.first().toLocalFile()) : QFileInfo();
}

} // namespace

ImageField::ImageField(HostSession *session, std::function<Place()> place, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_place(std::move(place))
    , m_edit(new QLineEdit)
    , m_build(makeButton(tr("Build…"), QStringLiteral("buildImageQPushButton")))
    , m_panel(new QWidget)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(Space::s);
    line->addWidget(m_edit, 1);
    line->addWidget(m_build);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::s);
    layout->addLayout(line);
    layout->addWidget(m_panel);
    makeBuildPanel();
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &ImageField::changed);
    connect(m_build, &QPushButton::clicked, this, &ImageField::chooseFolder);
    connect(session, &HostSession::buildProgress, this, [this](const QString &job, const BuildProgress &progress) {
        if (job == m_job)
            show(progress);
    });
    refresh();
}

ImageField::~ImageField()
{
    cancel();
}

void ImageField::makeBuildPanel()
{
    m_state = makeLabel({}, TextSize::Base, Tone::Muted);
    m_state->setObjectName(QStringLiteral("buildStateQLabel"));
    m_state->setWordWrap(true);
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_bar = new QProgressBar;
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("How far the image is built"));
    m_more = makeButton({}, QStringLiteral("buildOutputQPushButton"), ButtonKind::Link);
    m_cancel = makeButton(tr("Cancel the build"), QStringLiteral("cancelBuildQPushButton"), ButtonKind::Quiet);
    m_output = new QPlainTextEdit;
    m_output->setObjectName(QStringLiteral("buildOutputQPlainTextEdit"));
    m_output->setAccessibleName(tr("Output of the build"));
    m_output->setReadOnly(true);
    m_output->setMaximumBlockCount(mostOutputLines);
    m_output->setFixedHeight(outputHeight);
    m_output->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_more);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    auto *layout = new QVBoxLayout(m_panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::s);
    layout->addWidget(m_state);
    layout->addWidget(m_bar);
    layout->addLayout(buttons);
    layout->addWidget(m_output);
    m_panel->hide();
    connect(m_more, &QPushButton::clicked, this, [this] { setOutputShown(m_output->isHidden()); });
    connect(m_cancel, &QPushButton::clicked, this, &ImageField::cancel);
    setOutputShown(false);
}

QString ImageField::text() const
{
    return m_edit->text().trimmed();
}

void ImageField::setText(const QString &text)
{
    m_edit->setText(text);
}

void ImageField::refresh()
{
    const Place place = m_place();
    m_build->setEnabled(!isBuilding() && !place.host.isEmpty());
    m_build->setToolTip(place.host.isEmpty() ? place.problem
                                             : tr("Builds an image from a folder with a Containerfile or a Dockerfile. "
                                                  "You can also drop the folder on the field."));
}

void ImageField::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Choose a folder with a Containerfile or a Dockerfile"));
    dialog->setObjectName(QStringLiteral("imageFolderQFileDialog"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) { build(folder); });
    dialog->open();
}

void ImageField::build(const QString &folder, const QString &file)
{
    const Place place = m_place();
    if (isBuilding() || place.host.isEmpty())
        return;
    m_job = QStringLiteral("build-") + randomHex(8);
    m_output->clear();
    m_panel->show();
    m_bar->show();
    m_cancel->show();
    m_more->hide();
    setOutputShown(false);
    show({tr("Building an image from %1").arg(folder), {}});
    const ImageBuild what{folder, file, imageTagFor(folder)};
    whenDone(m_session->buildImage(place.host, place.backend, what, m_job), this,
             [this, job = m_job](const Result<BuiltImage> &built) {
                 if (job == m_job)
                     finish(built);
             });
    refresh();
    Q_EMIT changed();
}

void ImageField::show(const BuildProgress &progress)
{
    setTone(m_state, Tone::Muted);
    m_state->setText(progress.text);
    m_bar->setRange(0, progress.steps);
    m_bar->setValue(qMax(0, progress.step - 1));
    if (progress.lines.isEmpty())
        return;
    m_output->appendPlainText(progress.lines.join(QLatin1Char('\n')));
    m_more->show();
}

void ImageField::finish(const Result<BuiltImage> &built)
{
    m_job.clear();
    m_bar->hide();
    m_cancel->hide();
    if (built) {
        m_edit->setText(built->image);
        m_state->setText(tr("%1 is built.").arg(built->image));
    } else {
        m_state->setText(built.error().text);
        setOutputShown(!m_more->isHidden() && built.error().kind != ErrorKind::Cancelled); // why is in there
    }
    setTone(m_state, built ? Tone::Live : Tone::Failed);
    refresh();
    Q_EMIT changed();
}

void ImageField::cancel()
{
    if (isBuilding())
        m_session->cancelBuild(m_job);
}

void ImageField::setOutputShown(bool shown)
{
    m_output->setVisible(shown);
    m_more->setText(shown ? tr("Hide the output") : tr("Show the output"));
}

bool ImageField::eventFilter(QObject *watched, QEvent *event)
{
    const bool drag = event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove;
    if (watched != m_edit || !(drag || event->type() == QEvent::Drop))
        return QWidget::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event);
    const QFileInfo path = draggedPath(drop->mimeData());
    if (path.filePath().isEmpty() || !m_build->isEnabled())
        return QWidget::eventFilter(watched, event); // text goes to the field
    drop->acceptProposedAction();
    if (!drag)
        path.isDir() ? build(path.filePath()) : build(path.path(), path.fileName());
    return true;
}

} // namespace Flotilla
