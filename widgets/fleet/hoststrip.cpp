// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/hoststrip.h"

#include "widgets/common/format.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"
#include "widgets/fleet/sparkline.h"
#include "widgets/hosts/hoststatus.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace Flotilla {

namespace {
constexpr int cardMinimum = 216;
constexpr int cardMaximum = 460;
constexpr double lineWidth = 90;
constexpr double lineHeight = 16;
constexpr float loadFloor = 10;
} // namespace

HostStrip::HostStrip(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("hostStrip"));
    setAccessibleName(tr("Hosts"));
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, QOverload<>::of(&QWidget::update));
}

QSize HostStrip::sizeHint() const
{
    return {600, cardHeight};
}

void HostStrip::setHosts(const QList<HostCard> &hosts)
{
    m_cards.erase(std::remove_if(m_cards.begin(), m_cards.end(),
                                 [&hosts](const Shown &shown) {
                                     return std::none_of(hosts.cbegin(), hosts.cend(), [&shown](const HostCard &card) {
                                         return card.config.id == shown.card.config.id;
                                     });
                                 }),
                  m_cards.end());
    for (const HostCard &card : hosts)
        upsert(card);
    refresh();
}

void HostStrip::upsert(const HostCard &host)
{
    auto found = std::find_if(m_cards.begin(), m_cards.end(),
                              [&host](const Shown &shown) { return shown.card.config.id == host.config.id; });
    const bool isNew = found == m_cards.end();
    if (isNew)
        found = m_cards.insert(m_cards.end(), Shown());
    const bool retryChanged = found->card.retrySeconds != host.retrySeconds || found->card.state != host.state;
    found->card = host;
    if (retryChanged)
        found->retryAt =
            host.retrySeconds > 0 ? QDateTime::currentDateTimeUtc().addSecs(host.retrySeconds) : QDateTime();
    found->cpu.add(host.cpuPercent && host.state == HostState::Ready ? float(*host.cpuPercent) : -1);
    if (isNew)
        sort();
    refresh();
}

void HostStrip::remove(const HostId &id)
{
    m_cards.erase(std::remove_if(m_cards.begin(), m_cards.end(),
                                 [&id](const Shown &shown) { return shown.card.config.id == id; }),
                  m_cards.end());
    refresh();
}

// This computer first, the rest by name: cards never change places when a state does.
void HostStrip::sort()
{
    std::sort(m_cards.begin(), m_cards.end(),
              [](const Shown &a, const Shown &b) { return comesBefore(a.card.config, b.card.config); });
}

void HostStrip::refresh()
{
    const bool counting =
        std::any_of(m_cards.begin(), m_cards.end(), [](const Shown &shown) { return shown.retryAt.isValid(); });
    if (counting && isVisible() && !m_second.isActive())
        m_second.start();
    if (!counting || !isVisible())
        m_second.stop();
    setOffset(m_offset);
    update();
}

const HostCard *HostStrip::find(const HostId &id) const
{
    const auto found =
        std::find_if(m_cards.begin(), m_cards.end(), [&id](const Shown &shown) { return shown.card.config.id == id; });
    return found == m_cards.end() ? nullptr : &found->card;
}

QList<HostCard> HostStrip::hosts() const
{
    QList<HostCard> all;
    for (const Shown &shown : m_cards)
        all.append(shown.card);
    return all;
}

void HostStrip::setChosen(const QString &label)
{
    m_chosen = label;
    update();
}

double HostStrip::cardWidth() const
{
    const int count = qMax(1, int(m_cards.size()));
    const int most = count < 3 ? cardMaximum : qMax(cardMaximum, width()); // three fill the row, one does not
    return qBound<double>(cardMinimum, double(width() - (count - 1) * Space::m) / count, most);
}

int HostStrip::mostOffset() const
{
    const int count = int(m_cards.size());
    return qMax(0, qRound(count * (cardWidth() + Space::m)) - Space::m - width());
}

void HostStrip::setOffset(int offset)
{
    m_offset = qBound(0, offset, mostOffset());
    update();
}

QRectF HostStrip::cardRect(int index) const
{
    const int left = qRound(index * (cardWidth() + Space::m)); // in whole pixels, the last one up to the edge
    const int next = qRound((index + 1) * (cardWidth() + Space::m));
    return QRect(left - m_offset, 0, next - left - Space::m, cardHeight);
}

int HostStrip::whyWidth() const
{
    return QFontMetrics(Theme::instance().font(TextSize::Base)).horizontalAdvance(tr("Why?"));
}

QRectF HostStrip::whyRect(int index) const
{
    const QRectF card = cardRect(index);
    const int word = whyWidth();
    return {card.right() - 15 - word - Space::s, card.bottom() - 38, word + 2.0 * Space::s, 28};
}

int HostStrip::cardAt(const QPointF &point) const
{
    for (int i = 0; i < count(); ++i) {
        if (cardRect(i).contains(point))
            return i;
    }
    return -1;
}

QString HostStrip::retryText(const Shown &shown) const
{
    if (!shown.retryAt.isValid())
        return {};
    const qint64 seconds = QDateTime::currentDateTimeUtc().secsTo(shown.retryAt);
    return seconds > 0 ? tr("retry in %1 s").arg(seconds) : tr("trying now");
}

void HostStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    for (int i = 0; i < count(); ++i) {
        if (cardRect(i).right() > 0 && cardRect(i).left() < width())
            paintCard(&painter, i);
    }
    // More cards than fit: the edge fades, so that nobody takes a cut card for the last one.
    constexpr int fade = 32;
    QColor solid = colors().window, clear = solid;
    clear.setAlpha(0);
    if (m_offset < mostOffset()) {
        QLinearGradient gradient(width() - fade, 0, width(), 0);
        gradient.setColorAt(0, clear);
        gradient.setColorAt(1, solid);
        painter.fillRect(QRect(width() - fade, 0, fade, height()), gradient);
    }
    if (m_offset > 0) {
        QLinearGradient gradient(0, 0, fade, 0);
        gradient.setColorAt(0, solid);
        gradient.setColorAt(1, clear);
        painter.fillRect(QRect(0, 0, fade, height()), gradient);
    }
}

void HostStrip::paintCard(QPainter *painter, int index) const
{
    const PainterState keep(painter);
    const Shown &shown = m_cards[size_t(index)];
    const HostCard &card = shown.card;
    const auto &c = colors();
    const auto &theme = Theme::instance();
    const QRectF box = cardRect(index);
    const bool chosen = !m_chosen.isEmpty() && (m_chosen == card.config.label || m_chosen == card.config.id.value);
    drawRounded(painter, box, Metric::cardRadius, c.surface,
                chosen               ? c.accent
                : index == m_hovered ? c.faint
                                     : c.border);
    const QRectF inner = box.adjusted(15, 12, -15, -12);
    const StatusWord status = statusOf(card);
    drawDot(painter, QRectF(inner.left(), inner.top() + 4, 0, 22), c.status(status.kind));
    const QString number = card.state == HostState::Ready ? formatCount(card.sandboxes) : QStringLiteral("—");
    painter->setFont(theme.tabular(TextSize::Title, QFont::Bold));
    const double numberWidth = painter->fontMetrics().horizontalAdvance(number);
    painter->setPen(c.text);
    painter->drawText(QRectF(inner.left(), inner.top(), inner.width(), 28), Qt::AlignRight | Qt::AlignVCenter, number);
    painter->setFont(theme.font(TextSize::Base, QFont::Bold));
    const QRectF name(inner.left() + 16, inner.top() + 4, inner.width() - 16 - numberWidth - Space::s, 22);
    painter->drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(card.config.label, Qt::ElideRight, int(name.width())));
    painter->setFont(theme.font(TextSize::Base));
    painter->setPen(c.muted);
    const QRectF line(inner.left(), inner.top() + 28, inner.width(), 20);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(hostSubtitle(card), Qt::ElideRight, int(line.width())));
    paintFigures(painter, inner, shown, index);
    if (hasFocus() && m_byKeyboard && index == m_focused)
        drawFocusRing(painter, box, Metric::cardRadius);
}

void HostStrip::paintFigures(QPainter *painter, const QRectF &inner, const Shown &shown, int index) const
{
    const auto &c = colors();
    const HostCard &card = shown.card;
    painter->setFont(Theme::instance().tabular(TextSize::Base));
    QStringList parts{hostCpuText(card)};
    if (card.state == HostState::Unreachable)
        parts << retryText(shown);
    else
        parts << hostMemoryText(card);
    parts.removeAll(QString());
    const QRectF line(inner.left(), inner.bottom() - 22, inner.width(), 22);
    const bool why = card.state == HostState::Unreachable;
    const double room = line.width() - (why ? whyWidth() + Space::s : 0);
    QString text = parts.join(QStringLiteral("   "));
    if (why && painter->fontMetrics().horizontalAdvance(text) > room)
        text = parts.last(); // the processors say nothing then
    const double textWidth = painter->fontMetrics().horizontalAdvance(text);
    painter->setPen(c.muted);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, int(room)));
    if (why) {
        QFont font = Theme::instance().font(TextSize::Base);
        font.setUnderline(index == m_hovered && m_onWhy);
        painter->setFont(font);
        painter->setPen(c.failed);
        painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, tr("Why?"));
        return;
    }
    const double free = line.width() - textWidth - Space::l;
    if (free < 40)
        return;
    const double width = qMin(lineWidth, free);
    drawSparkline(painter, QRectF(line.right() - width, line.center().y() - lineHeight / 2, width, lineHeight),
                  shown.cpu, c.accent, loadFloor);
}

QString HostStrip::describe(const HostCard &card) const
{
    QStringList lines{QStringLiteral("%1: %2").arg(card.config.label, statusOf(card).word)};
    if (!card.stateText.isEmpty())
        lines << card.stateText;
    if (card.state == HostState::Ready) {
        lines << hostSubtitle(card);
        lines << (card.config.capacity > 0
                      ? tr("%1 of at most %2 sandboxes").arg(card.sandboxes).arg(card.config.capacity)
                      : tr("%n sandbox(es)", nullptr, card.sandboxes));
        if (card.load)
            lines << tr("Load %1 on %n core(s)", nullptr, card.cpus).arg(QLocale().toString(*card.load, 'f', 2));
    }
    return lines.join(QLatin1Char('\n'));
}

void HostStrip::mousePressEvent(QMouseEvent *event)
{
    const int index = cardAt(event->position());
    if (index < 0 || event->button() != Qt::LeftButton)
        return;
    m_focused = index;
    const HostCard card = m_cards[size_t(index)].card;
    if (card.state == HostState::Unreachable && whyRect(index).contains(event->position()))
        Q_EMIT whyClicked(card.config.id);
    else
        Q_EMIT hostClicked(card.config.id);
}

void HostStrip::mouseMoveEvent(QMouseEvent *event)
{
    m_hovered = cardAt(event->position());
    m_onWhy = m_hovered >= 0 && whyRect(m_hovered).contains(event->position());
    setCursor(m_hovered >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void HostStrip::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void HostStrip::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    const int step = qAbs(delta.x()) > qAbs(delta.y()) ? delta.x() : delta.y();
    if (mostOffset() == 0)
        return event->ignore();
    setOffset(m_offset - step);
    event->accept();
}

void HostStrip::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step != 0 && count() > 0) {
        m_focused = qBound(0, m_focused + step, count() - 1);
        const QRectF card = cardRect(m_focused);
        if (card.right() > width())
            setOffset(m_offset + int(card.right()) - width());
        if (card.left() < 0)
            setOffset(m_offset + int(card.left()));
        setAccessibleDescription(describe(m_cards[size_t(m_focused)].card));
        return update();
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (!enter || m_focused >= count())
        return QWidget::keyPressEvent(event);
    const HostCard card = m_cards[size_t(m_focused)].card;
    if (card.state == HostState::Unreachable)
        Q_EMIT whyClicked(card.config.id);
    else
        Q_EMIT hostClicked(card.config.id);
}

void HostStrip::focusInEvent(QFocusEvent *event)
{
    m_byKeyboard = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    m_focused = qBound(0, m_focused, qMax(0, count() - 1));
    if (m_focused < count())
        setAccessibleDescription(describe(m_cards[size_t(m_focused)].card));
    QWidget::focusInEvent(event);
}

void HostStrip::resizeEvent(QResizeEvent *)
{
    setOffset(m_offset);
}

bool HostStrip::event(QEvent *event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide)
        QMetaObject::invokeMethod(this, &HostStrip::refresh, Qt::QueuedConnection);
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    auto *help = static_cast<QHelpEvent *>(event);
    const int index = cardAt(help->pos());
    QToolTip::showText(help->globalPos(), index < 0 ? QString() : describe(m_cards[size_t(index)].card), this);
    return true;
}

} // namespace Flotilla
