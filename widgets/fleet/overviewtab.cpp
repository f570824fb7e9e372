// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/overviewtab.h"

#include "backends/core/foreigntext.h"
#include "widgets/common/async.h"
#include "widgets/common/card.h"
#include "widgets/common/controls.h"
#include "widgets/common/format.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/fleetsession.h"
#include "widgets/fleet/livechart.h"
#include "widgets/fleet/logfeed.h"
#include "widgets/home/thumbnailcache.h"

#include <QLabel>
#include <QPainterPath>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

constexpr int logLines = 5;
constexpr int logColumns = 160;
constexpr int pictureWidth = 640;
constexpr double pictureRatio = 0.44;

/// The app's picture, cut to fill; the app's icon while there is none.
class AppPicture : public QWidget
{
public:
    AppPicture()
    {
        QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
        setMinimumWidth(120);
    }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return qBound(110, int(width * pictureRatio), 240); }
    QSize sizeHint() const override { return {360, heightForWidth(360)}; }
    void setPicture(const QImage &picture)
    {
        m_picture = picture;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        QPainterPath path;
        path.addRoundedRect(QRectF(rect()), Metric::radius, Metric::radius);
        painter.setClipPath(path);
        painter.fillRect(rect(), colors().raised);
        if (m_picture.isNull()) {
            const QRectF box = squareIn(QRectF(rect()), 28);
            painter.drawPixmap(box.topLeft(),
                               iconPixmap(QStringLiteral("app"), colors().faint, 28, devicePixelRatioF()));
            return;
        }
        const double scale = qMax(double(width()) / m_picture.width(), double(height()) / m_picture.height());
        const QSizeF size(m_picture.width() * scale, m_picture.height() * scale);
        painter.drawImage(QRectF(QPointF((width() - size.width()) / 2, 0), size), m_picture);
    }

private:
    QImage m_picture;
};

QString escapedLine(const LogLine &line)
{
    QString text = formatForeign(line.text.left(4 * logColumns)).left(logColumns);
    const QString time = line.time.toLocalTime().toString(QStringLiteral("HH:mm:ss"));
    text = QStringLiteral("%1 %2").arg(time, text).toHtmlEscaped();
    return line.error ? QStringLiteral("<font color=\"%1\">%2</font>").arg(colors().building.name(), text) : text;
}

} // namespace

OverviewTab::OverviewTab(FleetSession *session, FleetModel *model, LogFeed *feed, QWidget *parent)
    : QScrollArea(parent)
    , m_session(session)
    , m_model(model)
    , m_feed(feed)
    , m_picture(new AppPicture)
    , m_problem(makeLabel({}, TextSize::Base, Tone::Failed))
    , m_wake(makeButton({}, QStringLiteral("overviewWakeQPushButton"), ButtonKind::Primary))
    , m_cpu(new LiveChart(tr("CPU"), LiveChart::Tint::Working, [](double v) { return formatPercent(v); }))
    , m_memory(new LiveChart(tr("Memory"), LiveChart::Tint::Accent, [](double v) { return formatMemory(qint64(v)); }))
    , m_processes(
          new LiveChart(tr("Processes"), LiveChart::Tint::Muted, [](double v) { return QString::number(qRound(v)); }))
    , m_log(makeLabel({}, TextSize::Small, Tone::Muted))
    , m_facts(makeLabel({}, TextSize::Base, Tone::Muted))
{
    setObjectName(QStringLiteral("overviewTab"));
    setAccessibleName(tr("Overview"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_cpu->setFloor(5);
    m_memory->setFloor(16.0 * 1024 * 1024);
    m_processes->setFloor(4);
    setupUi();
    connect(feed, &LogFeed::reset, this, &OverviewTab::showLog);
    connect(feed, &LogFeed::added, this, &OverviewTab::showLog);
    connect(feed, &LogFeed::problemChanged, this, &OverviewTab::showLog);
    connect(&Theme::instance(), &Theme::changed, this, &OverviewTab::showLog);
}

void OverviewTab::setupUi()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(Space::l, 0, Space::l, Space::l);
    layout->setSpacing(Space::m);
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problem->setObjectName(QStringLiteral("detailProblemQLabel"));
    m_problem->hide();
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *card = new Card(nullptr, Card::Fill::Window);
    auto *inside = new QVBoxLayout(card);
    inside->setContentsMargins(Space::m, Space::s + 2, Space::m, Space::s + 2);
    m_log->setFont(Theme::instance().monospace(11));
    m_log->setTextFormat(Qt::RichText);
    m_log->setMinimumWidth(1);
    m_log->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_log->setTextInteractionFlags(Qt::NoTextInteraction);
    m_log->setAccessibleName(tr("The last lines of the log"));
    inside->addWidget(m_log);
    m_logCard = card;
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_picture, m_problem, m_cpu, m_memory, m_processes, card, m_facts})
        layout->addWidget(widget);
    layout->insertWidget(layout->indexOf(m_problem) + 1, m_wake, 0, Qt::AlignLeft);
    m_wake->hide();
    connect(m_wake, &QPushButton::clicked, this, [this] { Q_EMIT wakeRequested(m_app); });
    layout->addStretch();
    setWidget(content);
    setSurface(content, "surface");
}

void OverviewTab::setApp(const AppId &app)
{
    m_app = app;
    static_cast<AppPicture *>(m_picture)->setPicture({});
    loadPicture();
    if (const BoardEntry *entry = m_model->find(app))
        fillCharts(*entry);
    refresh(false);
    showLog();
    verticalScrollBar()->setValue(0);
}

void OverviewTab::loadPicture()
{
    whenDone(m_session->thumbnail(m_app), this, [this, app = m_app](const Result<QByteArray> &png) {
        if (app != m_app || !png || png->isEmpty())
            return;
        const QSize size(pictureWidth, int(pictureWidth * pictureRatio));
        static_cast<AppPicture *>(m_picture)->setPicture(decodeThumbnail(*png, size));
    });
}

void OverviewTab::fillCharts(const BoardEntry &entry)
{
    for (LiveChart *chart : {m_cpu, m_memory, m_processes})
        chart->clear();
    for (int i = 0; i < entry.times.count(); ++i) {
        const double time = double(entry.times.at(i));
        m_cpu->add(time, double(entry.cpu.at(i)));
        m_memory->add(time, double(entry.memory.at(i)));
        m_processes->add(time, double(entry.processes.at(i)));
    }
}

void OverviewTab::refresh(bool newSample)
{
    const BoardEntry *entry = m_model->find(m_app);
    if (!entry)
        return;
    const FleetRow &row = entry->row;
    const bool alive = row.state == SandboxState::Running && row.hostReachable;
    if (alive && newSample) {
        m_cpu->add(m_model->age(), row.cpuPercent.value_or(-1));
        m_memory->add(m_model->age(), row.memoryBytes ? double(*row.memoryBytes) : -1);
        m_processes->add(m_model->age(), row.processes > 0 ? row.processes : -1);
    }
    for (LiveChart *chart : {m_cpu, m_memory, m_processes}) {
        chart->setVisible(alive || entry->times.count() > 0);
        if (!alive)
            chart->setStopped(QStringLiteral("—"));
        chart->replot();
    }
    const bool trouble = entry->bucket == FleetBucket::NeedsLook;
    m_problem->setText(row.detail.isEmpty() ? entry->status.word : row.detail);
    m_problem->setVisible(trouble);
    m_wake->setText(trouble ? tr("Start it again") : tr("Wake it"));
    m_wake->setVisible(absenceOf(row).canWake);
    showFacts(*entry);
}

void OverviewTab::showFacts(const BoardEntry &entry)
{
    const FleetRow &row = entry.row;
    QStringList facts;
    if (entry.bucket == FleetBucket::Starting && !row.detail.isEmpty())
        facts << row.detail;
    if (!row.hostLabel.isEmpty())
        facts << tr("%1, %2", "host, engine").arg(row.hostLabel, row.backend);
    if (!row.image.isEmpty())
        facts << tr("image %1").arg(row.image);
    if (row.placement == QLatin1String("any"))
        facts << tr("placed anywhere in the pool");
    if (row.version > 0)
        facts << tr("version %1").arg(row.version);
    if (row.created.isValid() && !row.sandbox.isEmpty())
        facts << tr("since %1").arg(formatMoment(row.created));
    if (!row.labels.isEmpty())
        facts << tr("labels: %1").arg(row.labels.join(QLatin1String(", ")));
    const QString text = facts.join(QStringLiteral(" · "));
    if (m_facts->text() != text)
        m_facts->setText(text);
}

void OverviewTab::showLog()
{
    const auto &lines = m_feed->lines();
    QStringList html;
    for (const LogLine &line : lines.mid(qMax<qsizetype>(0, lines.size() - logLines)))
        html.append(escapedLine(line));
    const BoardEntry *entry = m_model->find(m_app);
    m_logCard->setVisible(!html.isEmpty() || !m_feed->problem().isEmpty() || !entry || !absenceOf(entry->row).canWake);
    if (html.isEmpty())
        html.append((m_feed->problem().isEmpty() ? tr("No log lines yet.") : m_feed->problem()).toHtmlEscaped());
    m_log->setText(QStringLiteral("<div style=\"white-space:pre; line-height:150%\">%1</div>")
                       .arg(html.join(QLatin1String("<br>"))));
}

} // namespace Flotilla
