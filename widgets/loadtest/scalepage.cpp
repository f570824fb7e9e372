// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/scalepage.h"

#include "widgets/common/async.h"
#include "widgets/common/controls.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/sheet.h"
#include "widgets/common/stallwatchdog.h"
#include "widgets/common/toast.h"
#include "widgets/loadtest/honestystrip.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadsource.h"
#include "widgets/loadtest/runspanel.h"
#include "widgets/loadtest/setuppanel.h"
#include "widgets/loadtest/wallview.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

constexpr double busyMachine = 0.9; ///< share of the processors in use above which hardly any pictures are taken

Status writeFile(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.flush() || !file.commit())
        return Error{ErrorKind::Storage, ScalePage::tr("%1 cannot be written: %2").arg(path, file.errorString()), {}};
    return {};
}

QSize pictureSizeFor(qsizetype apps)
{
    return apps <= 30 ? QSize(480, 300) : apps <= 250 ? QSize(256, 160) : QSize(160, 100);
}

} // namespace

ScalePage::ScalePage(Parts parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(std::move(parts))
    , m_board(new LoadBoard(m_parts.source, this))
    , m_pictures(new WallPictures(m_parts.pictures, this))
    , m_header(new QWidget)
    , m_tabs(new SegmentedControl)
    , m_stack(new QStackedWidget)
    , m_setup(new SetupPanel(m_parts.source))
    , m_run(new RunView(m_board, m_pictures, m_parts.makeHeroes))
    , m_runs(new RunsPanel(m_parts.source))
{
    setObjectName(QStringLiteral("scalePage"));
    setSurface(this, "window");
    setupUi();
    connectRun();
    connectOthers();
    m_board->adopt();
}

ScalePage::~ScalePage() = default;

void ScalePage::setupUi()
{
    for (const QString &name : {tr("New run"), tr("Wall"), tr("Runs")})
        m_tabs->addSegment(name);
    m_tabs->setObjectName(QStringLiteral("scaleSegments"));
    m_tabs->setAccessibleName(tr("Scale"));
    auto *bar = new QHBoxLayout(m_header);
    bar->setContentsMargins(Space::l, Space::s, Space::l, 0);
    bar->setSpacing(Space::l);
    bar->addWidget(makeLabel(tr("Scale"), TextSize::Title, Tone::Text, QFont::DemiBold));
    bar->addWidget(m_tabs);
    bar->addStretch(1);
    m_header->setFixedHeight(Metric::bar);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_stack, 1);
    for (QWidget *view :
         {static_cast<QWidget *>(m_setup), static_cast<QWidget *>(m_run), static_cast<QWidget *>(m_runs)})
        m_stack->addWidget(view);
    connect(m_tabs, &SegmentedControl::currentChanged, this, &ScalePage::showView);
    m_run->honesty()->setStall([this] { return m_watchdog ? int(m_watchdog->longestStall().count()) : m_stall; });
}

void ScalePage::connectRun()
{
    connect(m_board, &LoadBoard::reset, this, &ScalePage::begun);
    connect(m_board, &LoadBoard::ended, this, &ScalePage::over);
    connect(m_board, &LoadBoard::sampled, this, &ScalePage::pacePictures);
    connect(m_run, &RunView::showRequested, this, &ScalePage::setShow);
    connect(m_run, &RunView::openRequested, this, &ScalePage::openAppRequested);
    connect(m_run, &RunView::backRequested, this, &ScalePage::backRequested);
    connect(m_run, &RunView::newRunRequested, this, [this] {
        setShow(false);
        showView(Setup);
    });
    connect(m_run, &RunView::cancelRequested, this, &ScalePage::endRun);
    connect(m_run, &RunView::markRequested, this, [this] {
        if (m_board->isRunning())
            whenDone(m_parts.source->mark(tr("mark %1").arg(++m_marks)), this, [](const Status &) {});
    });
    connect(m_run, &RunView::reportRequested, this, [this] { openReport(m_board->snapshot().run); });
    connect(m_run, &RunView::exportRequested, this,
            [this](const QString &format) { exportRun(m_board->snapshot().run, format); });
}

// A slip of the hand must not end a show. A replay ends nothing.
void ScalePage::endRun()
{
    if (!m_board->isRunning())
        return Toast::show(this, tr("No run is under way."));
    if (findChild<QWidget *>(QStringLiteral("cancelRunSheet")))
        return;
    if (m_board->snapshot().replay)
        return cancel();
    auto *sheet = new Sheet(this, tr("Cancel the run?"));
    sheet->setObjectName(QStringLiteral("cancelRunSheet"));
    sheet->addText(tr("Its apps are removed, those that are live, too. What was measured so far is kept."));
    QPushButton *go =
        sheet->addButton(tr("Cancel run"), QStringLiteral("confirmCancelQPushButton"), ButtonKind::Danger);
    sheet->cancelButton()->setText(tr("Go on"));
    const auto shut = [this, sheet] {
        sheet->close();
        m_run->takeFocus();
    };
    connect(m_board, &LoadBoard::ended, sheet, shut);
    connect(sheet, &Sheet::rejected, m_run, &RunView::takeFocus);
    connect(go, &QPushButton::clicked, this, [this, shut] {
        shut();
        cancel();
    });
    sheet->open(sheet->cancelButton());
}

void ScalePage::cancel()
{
    whenDone(m_parts.source->cancel(), this, [this](const Status &done) {
        if (!done.ok())
            report(done.error().text);
    });
}

void ScalePage::connectOthers()
{
    connect(m_setup, &SetupPanel::startRequested, this, &ScalePage::start);
    connect(m_runs, &RunsPanel::replayRequested, this, &ScalePage::replay);
    connect(m_runs, &RunsPanel::reportRequested, this, &ScalePage::openReport);
    connect(m_runs, &RunsPanel::exportRequested, this, &ScalePage::exportRun);
    connect(m_runs, &RunsPanel::newRunRequested, this, [this] { showView(Setup); });
    connect(m_runs, &RunsPanel::failed, this, &ScalePage::report);
}

void ScalePage::setModels(const QList<ModelChoice> &models, const QString &current) const
{
    m_setup->setModels(models, current);
}

void ScalePage::setHosts(const QList<HostChoice> &hosts) const
{
    m_setup->setHosts(hosts);
}

void ScalePage::showView(int view)
{
    m_tabs->setCurrent(view);
    m_stack->setCurrentIndex(view);
    if (view == Runs)
        m_runs->load();
    if (view == Run)
        m_run->takeFocus();
}

int ScalePage::view() const
{
    return m_stack->currentIndex();
}

void ScalePage::begun()
{
    m_marks = 0;
    m_watchdog = std::make_unique<StallWatchdog>();
    m_pictures->clear();
    m_pictures->setSize(pictureSizeFor(m_board->rows().size()));
    m_pictures->setPace(WallPictures::Pace::Careful);
    m_setup->setBusy(true);
    m_runs->setBusy(true);
    showView(Run);
}

void ScalePage::over()
{
    if (m_watchdog)
        m_stall = int(m_watchdog->longestStall().count());
    m_watchdog.reset();
    m_setup->setBusy(false);
    m_runs->setBusy(false);
    for (const char *trouble : {"not_recorded", "not_stored"})
        report(m_board->result().summary[QLatin1String(trouble)].toString());
    m_pictures->setPace(m_board->plan().afterwards == LoadPlan::Afterwards::Keep ? WallPictures::Pace::Full
                                                                                 : WallPictures::Pace::Stopped);
}

// Pictures take hardly any processor time from a ramp: most wait until the machine has some to spare.
void ScalePage::pacePictures()
{
    if (!m_board->isRunning() || m_board->samples().isEmpty() || m_board->snapshot().replay)
        return;
    const LoadRunState state = m_board->snapshot().state;
    const bool settled = state == LoadRunState::Holding;
    const bool busy = m_board->samples().last().hostCpu > busyMachine;
    m_pictures->setPace(settled ? WallPictures::Pace::Full
                        : busy  ? WallPictures::Pace::Stopped
                                : WallPictures::Pace::Careful);
}

void ScalePage::toggleShow()
{
    setShow(!m_run->isShow());
}

bool ScalePage::isShow() const
{
    return m_run->isShow();
}

void ScalePage::setShow(bool show)
{
    if (show)
        showView(Run);
    m_header->setVisible(!show);
    m_run->setShow(show);
    Q_EMIT showModeChanged(show);
}

void ScalePage::start(const LoadPlan &plan)
{
    m_setup->setBusy(true);
    whenDone(m_parts.source->start(plan), this, [this](const Result<QString> &run) {
        if (run.ok())
            return;
        m_setup->setBusy(m_board->isRunning());
        report(run.error().text);
    });
}

void ScalePage::replay(const QString &run, double speed)
{
    m_board->setReplaySpeed(speed);
    whenDone(m_parts.source->replay(run, speed), this, [this](const Result<QString> &begun) {
        if (!begun.ok())
            report(begun.error().text);
    });
}

void ScalePage::openReport(const QString &run)
{
    whenDone(m_parts.source->run(run), this, [this](const Result<LoadRecord> &record) {
        if (!record.ok())
            return report(record.error().text);
        writeReport(*record);
    });
}

void ScalePage::writeReport(const LoadRecord &record)
{
    QDir().mkpath(m_parts.reportDir);
    const QString path = QStringLiteral("%1/%2.html").arg(m_parts.reportDir, record.info.id);
    if (const Status written = writeFile(path, m_parts.source->report(record)); !written.ok())
        return report(written.error().text);
    QDesktopServices::openUrl(QUrl::fromLocalFile(path));
    Toast::show(this, tr("The report is at %1").arg(path));
}

void ScalePage::exportRun(const QString &run, const QString &format)
{
    whenDone(m_parts.source->run(run), this, [this, format](const Result<LoadRecord> &record) {
        if (!record.ok())
            return report(record.error().text);
        const QByteArray content =
            format == QLatin1String("csv") ? m_parts.source->csv(*record) : m_parts.source->json(*record);
        auto *dialog =
            new QFileDialog(this, tr("Export the run"), QStringLiteral("%1.%2").arg(record->info.id, format));
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(format);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QFileDialog::fileSelected, this, [this, content](const QString &path) {
            if (const Status written = writeFile(path, content); !written.ok())
                report(written.error().text);
        });
        dialog->open();
    });
}

void ScalePage::report(const QString &sentence)
{
    if (!sentence.isEmpty())
        Toast::show(this, sentence, Toast::Kind::Error);
}

void ScalePage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT backRequested();
    else
        QWidget::keyPressEvent(event);
}

void ScalePage::showEvent(QShowEvent *event)
{
    QTimer::singleShot(0, m_pictures, &WallPictures::warmUp); // now, not in the middle of the show
    QWidget::showEvent(event);
    m_setup->checkMachine();
    if (view() == Run)
        m_run->takeFocus();
}

} // namespace Flotilla
