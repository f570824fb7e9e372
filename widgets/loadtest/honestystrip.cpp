// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/honestystrip.h"

#include "backends/fleet/loadtest/loadmachine.h"
#include "widgets/common/chip.h"
#include "widgets/common/format.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadlook.h"

#include <QPainter>
#include <QResizeEvent>
#include <QThread>
#include <QToolButton>

#include <algorithm>

namespace Flotilla {

namespace {
constexpr int widestModel = 420;
}

HonestyStrip::HonestyStrip(LoadBoard *board, QWidget *parent)
    : QWidget(parent)
    , m_board(board)
    , m_model(new Chip({}, this))
    , m_keys(new QToolButton(this))
{
    setObjectName(QStringLiteral("honestyStrip"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_model->setObjectName(QStringLiteral("modelChip"));
    m_model->setStatic(true);
    setupKeys();
    setStage(0);
    connect(board, &LoadBoard::progressed, this, &HonestyStrip::take);
    connect(board, &LoadBoard::reset, this, [this] {
        m_lines = 1;
        take();
    });
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void HonestyStrip::setupKeys()
{
    m_keys->setObjectName(QStringLiteral("keysQToolButton"));
    m_keys->setText(tr("? keys"));
    m_keys->setToolTip(tr("The keys of this screen (?)"));
    m_keys->setAutoRaise(true);
    m_keys->setFocusPolicy(Qt::TabFocus);
    connect(m_keys, &QToolButton::clicked, this, &HonestyStrip::keysRequested);
}

void HonestyStrip::setStage(double scale)
{
    m_stage = scale > 0 ? (1 + scale) / 2 : 0;
    const TextSize size = m_stage >= 1 ? TextSize::Large : TextSize::Base;
    m_model->setMaximumTextWidth(qRound(widestModel * std::max(1.0, m_stage)));
    m_model->setFont(scaled(Theme::instance().font(size), m_stage));
    m_font = scaled(Theme::instance().tabular(size), m_stage);
    m_lines = 1;
    take();
}

void HonestyStrip::setHintsShown(bool shown)
{
    m_keys->setVisible(shown);
    take();
}

int HonestyStrip::lineHeight() const
{
    return m_stage > 0 ? qRound(34 * m_stage) : Metric::control;
}

QSize HonestyStrip::sizeHint() const
{
    return {600, lineHeight() + (m_lines - 1) * QFontMetrics(m_look.font).height()};
}

QString HonestyStrip::machine()
{
    return tr("%n core(s), %1", nullptr, QThread::idealThreadCount()).arg(formatBytes(LoadMachine::memoryTotal()));
}

QStringList HonestyStrip::facts() const
{
    const LoadSnapshot &now = m_board->snapshot();
    const double cores = m_board->samples().isEmpty() ? 0 : m_board->samples().last().generatorCpu;
    QStringList facts{tr("generator CPU %1 %").arg(qRound(cores * 100))};
    if (m_stall)
        facts.append(tr("longest window stall %1 ms").arg(m_stall()));
    facts.append(tr("dropped starts %1").arg(formatCount(now.droppedStarts)));
    facts.append(tr("retries %1").arg(formatCount(now.retries)));
    const QString backend = m_board->plan().backend.isEmpty() ? QStringLiteral("bubblewrap") : m_board->plan().backend;
    facts.append(QStringLiteral("%1, %2").arg(machine(), backend));
    return facts;
}

void HonestyStrip::take()
{
    const LoadSnapshot &now = m_board->snapshot();
    const QString label = modelLabel(now);
    m_model->setVisible(!label.isEmpty());
    m_model->setText(label);
    m_model->setStatus(now.simulated ? std::optional(StatusKind::Building) : std::nullopt);
    m_model->resize(m_model->sizeHint());
    m_facts = m_board->hasRun() ? facts() : QStringList();
    setAccessibleName(text());
    arrange();
    update();
}

QString HonestyStrip::text() const
{
    QStringList all{m_model->text()};
    all += m_facts;
    return all.join(QStringLiteral(" · "));
}

void HonestyStrip::resizeEvent(QResizeEvent *event)
{
    if (event->size().width() != event->oldSize().width())
        m_lines = 1;
    arrange();
}

void HonestyStrip::place()
{
    m_model->move(0, (lineHeight() - m_model->height()) / 2);
    m_keys->setFont(m_look.font);
    m_keys->resize(m_keys->sizeHint());
    m_keys->move(width() - m_keys->width(), (lineHeight() - m_keys->height()) / 2);
}

int HonestyStrip::factsLeft() const
{
    return m_model->isHidden() ? 0 : m_model->width() + Space::l;
}

/// Of the facts: the keys are beside the first line.
QList<QRect> HonestyStrip::places(const Look &look) const
{
    const QFontMetrics metrics(look.font);
    const int right = m_keys->isHidden() ? width() : width() - m_keys->width() - Space::s;
    QList<QRect> places;
    QRect at(factsLeft(), 0, 0, lineHeight());
    for (const QString &fact : m_facts) {
        at.setWidth(metrics.horizontalAdvance(fact));
        if (at.right() >= (at.top() == 0 ? right : width()) && !places.isEmpty() && at.top() == 0)
            at.moveTopLeft({factsLeft(), (lineHeight() + metrics.height()) / 2});
        places.append(at.top() == 0 ? at : QRect(at.topLeft(), QSize(at.width(), metrics.height())));
        at.moveLeft(at.right() + look.between);
    }
    return places;
}

// Small in one line, then in two. Once in two it stays so: the wall must not move whenever a number grows.
void HonestyStrip::arrange()
{
    const auto lines = [this](const Look &look) {
        const QList<QRect> all = places(look);
        return all.isEmpty() || all.last().top() == 0 ? 1 : 2;
    };
    m_look = {m_font, Space::l + Space::xs};
    place();
    if (lines(m_look) > 1 || m_lines > 1) {
        m_look = {Theme::instance().tabular(TextSize::Small), Space::m};
        place();
    }
    if (lines(m_look) > m_lines)
        m_lines = 2;
    updateGeometry();
}

bool HonestyStrip::isCut() const
{
    const QList<QRect> all = places(m_look);
    return std::any_of(all.begin(), all.end(), [this](const QRect &place) { return !rect().contains(place); });
}

QString HonestyStrip::allKeys() const
{
    return m_stage > 0 ? tr("Esc back · Space freeze · 1 2 3 zoom · M mark · H hide")
                       : tr("F11 show · Space freeze · 1 2 3 zoom · M mark");
}

void HonestyStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(m_look.font);
    painter.setPen(colors().muted);
    const QList<QRect> all = places(m_look);
    for (qsizetype i = 0; i < all.size(); ++i)
        painter.drawText(all[i], Qt::AlignVCenter | Qt::TextDontClip, m_facts[i]);
    if (all.isEmpty() || m_keys->isHidden() || all.last().top() > 0)
        return;
    QRect room(QPoint(all.last().right() + Space::xl, all.last().top()), QPoint(0, all.last().bottom()));
    room.setRight(m_keys->x() - Space::l);
    if (painter.fontMetrics().horizontalAdvance(allKeys()) <= room.width())
        painter.drawText(room, Qt::AlignVCenter | Qt::AlignRight, allKeys());
}

} // namespace Flotilla
