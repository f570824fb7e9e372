// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/hovercard.h"

#include "widgets/common/format.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/appcard.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadlook.h"
#include "widgets/loadtest/wallpictures.h"

namespace Flotilla {

namespace {
constexpr int delayMs = 180;
constexpr QSize pictureSize(272, 170);
constexpr int lineHeight = 20;
} // namespace

HoverCard::HoverCard(LoadBoard *board, WallPictures *pictures, QWidget *owner)
    : QWidget(owner)
    , m_board(board)
    , m_pictures(pictures)
    , m_owner(owner)
{
    setObjectName(QStringLiteral("wallHoverCard"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    m_delay.setSingleShot(true);
    m_delay.setInterval(delayMs);
    connect(&m_delay, &QTimer::timeout, this, &HoverCard::place);
    connect(board, &LoadBoard::reset, this, &HoverCard::dismiss);
    connect(board, &LoadBoard::rowsChanged, this, [this](const QList<int> &) {
        if (isVisible())
            update();
    });
}

void HoverCard::showFor(int index, const QPoint &at, const QSize &cell)
{
    m_index = index;
    m_cell = QRect(at, cell);
    if (isVisible())
        place();
    else
        m_delay.start();
}

void HoverCard::setStage(double scale)
{
    m_scale = std::max(1.0, scale);
    update();
}

int HoverCard::length(int inWindow) const
{
    return qRound(inWindow * m_scale);
}

QSize HoverCard::picture() const
{
    return pictureSize * m_scale;
}

void HoverCard::dismiss()
{
    m_delay.stop();
    m_index = -1;
    hide();
}

void HoverCard::note(int index)
{
    if (index == m_index && isVisible())
        place();
}

QStringList HoverCard::lines() const
{
    const LoadRow &row = m_board->rows()[m_index];
    QStringList lines{tr("%1 on %2").arg(phaseWord(row.phase), hostName(row.host))};
    if (row.has(LoadMoment::Served))
        lines.append(
            tr("Live after %1").arg(formatSeconds((row.at(LoadMoment::Served) - row.at(LoadMoment::Intended)) / 1000)));
    if (row.retries > 0)
        lines.append(tr("%n retry(s)", nullptr, row.retries));
    if (!row.error.isEmpty())
        lines.append(row.error);
    if (isDrawn())
        lines.append(AppCard::hasColors(m_board->rows()[m_index]) ? tr("Drawn from its title and colours")
                                                                  : tr("Drawn from its title"));
    return lines;
}

bool HoverCard::isDrawn() const
{
    const LoadRow &row = m_board->rows()[m_index];
    return AppCard::canDraw(row) && !m_pictures->find(row.app);
}

QString HoverCard::text() const
{
    if (m_index < 0 || m_index >= m_board->rows().size())
        return {};
    const LoadRow &row = m_board->rows()[m_index];
    return tr("App %1: %2. %3").arg(formatCount(m_index + 1), row.title, lines().join(QStringLiteral(". ")));
}

void HoverCard::place()
{
    if (m_index < 0 || m_index >= m_board->rows().size())
        return;
    QWidget *window = m_owner->window();
    if (parentWidget() != window)
        setParent(window);
    const bool pictured = isDrawn() || m_pictures->find(m_board->rows()[m_index].app);
    const int height =
        Space::m * 2 + (pictured ? picture().height() + Space::s : 0) + length(lineHeight) * (2 + int(lines().size()));
    QRect rect(QPoint(m_cell.right() + Space::s, m_cell.top() - Space::m),
               QSize(picture().width() + 2 * Space::m, height));
    const QRect room = window->rect().adjusted(Space::s, Space::s, -Space::s, -Space::s);
    if (rect.right() > room.right())
        rect.moveRight(m_cell.left() - Space::s);
    rect.moveTop(std::clamp(rect.top(), room.top(), std::max(room.top(), room.bottom() - rect.height())));
    setGeometry(rect);
    raise();
    show();
    update();
}

bool HoverCard::paintPicture(QPainter *painter, const QPoint &at) const
{
    const LoadRow &row = m_board->rows()[m_index];
    const QRect rect(at, picture());
    if (const QImage *picture = m_pictures->find(row.app)) {
        painter->setRenderHint(QPainter::SmoothPixmapTransform);
        painter->drawImage(rect, *picture);
        return true;
    }
    if (!AppCard::canDraw(row))
        return false;
    AppCard::draw(painter, rect, row);
    AppCard::drawFold(painter, rect, AppCard::ground(row), colors().raised);
    return true;
}

void HoverCard::paintEvent(QPaintEvent *)
{
    if (m_index < 0 || m_index >= m_board->rows().size())
        return;
    const LoadRow &row = m_board->rows()[m_index];
    const auto &c = colors();
    QPainter painter(this);
    drawRounded(&painter, QRectF(rect()), Metric::cardRadius, c.raised, c.border);
    QRect line(Space::m, Space::m, width() - 2 * Space::m, length(lineHeight));
    if (paintPicture(&painter, line.topLeft()))
        line.translate(0, picture().height() + Space::s);
    const auto write = [&](const QString &text, const QFont &font, const QColor &color) {
        painter.setFont(scaled(font, m_scale));
        painter.setPen(color);
        painter.drawText(line, Qt::AlignVCenter, painter.fontMetrics().elidedText(text, Qt::ElideRight, line.width()));
        line.translate(0, length(lineHeight));
    };
    const Theme &theme = Theme::instance();
    write(row.title.isEmpty() ? tr("App %1").arg(formatCount(m_index + 1)) : row.title,
          theme.font(TextSize::Base, QFont::DemiBold), c.text);
    write(row.prompt, theme.font(TextSize::Small), c.muted);
    const QStringList texts = lines();
    for (qsizetype i = 0; i < texts.size(); ++i)
        write(texts[i], theme.tabular(TextSize::Small), i == 0 ? c.status(statusOf(row.phase)) : c.muted);
}

} // namespace Flotilla
