// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/appcard.h"

#include "backends/fleet/loadtest/loadtypes.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QHash>
#include <QPainter>
#include <QPainterPath>

namespace Flotilla::AppCard {

namespace {

constexpr int titleWidth = 84;       ///< of a card from which its title can be read
constexpr int titleSaturation = 130; ///< of a colour that only the title gave
constexpr int fineHeight = 40;       ///< of a card whose shapes are drawn smoothly

/// What a motif is drawn with: the app's colours, and one that only differs from the ground.
struct Ink
{
    QColor soft;
    QList<QColor> marks;
    size_t seed = 0;
    [[nodiscard]] QColor mark(size_t i) const { return marks[qsizetype(i % size_t(marks.size()))]; }
    /// One of `count`, the same every time for the app and `i`.
    [[nodiscard]] size_t pick(size_t i, size_t count) const { return qHash(i, seed) % count; }
};

using Motif = void (*)(QPainter *, const QRectF &, const Ink &);

QColor mixed(const QColor &under, const QColor &over, double share)
{
    const auto mix = [share](int a, int b) { return qRound(a * (1 - share) + b * share); };
    return {mix(under.red(), over.red()), mix(under.green(), over.green()), mix(under.blue(), over.blue())};
}

QColor textOn(const QColor &ground)
{
    return qGray(ground.rgb()) > 140 ? Palette::lightPalette().text : Palette::darkPalette().text;
}

void columns(QPainter *painter, const QRectF &area, const Ink &ink)
{
    const double width = area.width() / 3;
    for (size_t i = 0; i < 3; ++i) {
        const double height = area.height() * (0.5 + 0.25 * double(ink.pick(i, 3)));
        const QRectF column(area.left() + double(i) * width, area.top(), width * 0.86, height);
        painter->fillRect(column, ink.soft);
        const double card = area.height() * 0.2;
        painter->fillRect(column.adjusted(width * 0.1, card * 0.5, -width * 0.1, card * 1.5 - height), ink.mark(i));
    }
}

void bars(QPainter *painter, const QRectF &area, const Ink &ink)
{
    constexpr size_t count = 6;
    const double width = area.width() / count;
    for (size_t i = 0; i < count; ++i) {
        const double height = area.height() * (0.3 + 0.14 * double(ink.pick(i, 6)));
        painter->fillRect(QRectF(area.left() + double(i) * width, area.bottom() - height, width * 0.7, height),
                          ink.pick(7, count) == i ? ink.mark(1) : ink.mark(0));
    }
}

void ring(QPainter *painter, const QRectF &area, const Ink &ink)
{
    const PainterState state(painter);
    const double side = std::min(area.width(), area.height());
    const double pen = std::max(1.5, side * 0.18);
    const QRectF circle = squareIn(area, side).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(ink.soft, pen));
    painter->drawEllipse(circle);
    painter->setPen(QPen(ink.mark(0), pen, Qt::SolidLine, Qt::FlatCap));
    painter->drawArc(circle, 90 * 16, -int(100 + 40 * ink.pick(0, 6)) * 16);
}

void tiles(QPainter *painter, const QRectF &area, const Ink &ink)
{
    constexpr size_t across = 4;
    constexpr size_t down = 2;
    const double width = area.width() / across;
    const double height = area.height() / down;
    for (size_t i = 0; i < across * down; ++i) {
        const size_t column = i % across;
        const size_t row = i / across;
        const QRectF tile(area.left() + double(column) * width, area.top() + double(row) * height, width * 0.82,
                          height * 0.8);
        painter->fillRect(tile, ink.pick(i, 3) == 0 ? ink.soft : ink.mark(ink.pick(i + 20, 4)));
    }
}

void lines(QPainter *painter, const QRectF &area, const Ink &ink)
{
    constexpr size_t count = 3;
    const double pitch = area.height() / count;
    for (size_t i = 0; i < count; ++i) {
        const QRectF line(area.left(), area.top() + double(i) * pitch, area.width(), pitch * 0.6);
        painter->fillRect(QRectF(line.topLeft(), QSizeF(line.height(), line.height())), ink.mark(i == 0 ? 0 : i));
        painter->fillRect(QRectF(line.left() + line.height() * 1.5, line.top(),
                                 (line.width() - line.height() * 1.5) * (0.55 + 0.15 * double(ink.pick(i, 4))),
                                 line.height()),
                          ink.soft);
    }
}

void page(QPainter *painter, const QRectF &area, const Ink &ink)
{
    const double band = area.height() * 0.5;
    painter->fillRect(QRectF(area.topLeft(), QSizeF(area.width(), band)), ink.mark(0));
    const double width = area.width() / 3;
    for (size_t i = 0; i < 3; ++i)
        painter->fillRect(QRectF(area.left() + double(i) * width, area.top() + band * 1.25, width * 0.84, band * 0.75),
                          ink.pick(i, 3) == 0 ? ink.mark(1) : ink.soft);
}

Motif motifOf(const QString &kind)
{
    static const QHash<QString, Motif> motifs{
        {QStringLiteral("board"), columns},    {QStringLiteral("planner"), columns}, {QStringLiteral("tracker"), bars},
        {QStringLiteral("dashboard"), bars},   {QStringLiteral("budget"), bars},     {QStringLiteral("weather"), bars},
        {QStringLiteral("timer"), ring},       {QStringLiteral("memory"), tiles},    {QStringLiteral("puzzle"), tiles},
        {QStringLiteral("snake"), tiles},      {QStringLiteral("gallery"), tiles},   {QStringLiteral("shop"), tiles},
        {QStringLiteral("calculator"), tiles}, {QStringLiteral("recipes"), tiles},   {QStringLiteral("todo"), lines},
        {QStringLiteral("notes"), lines},      {QStringLiteral("chat"), lines},      {QStringLiteral("quiz"), lines},
        {QStringLiteral("flashcards"), lines}};
    return motifs.value(kind, page);
}

int foldOf(const QRect &card)
{
    return std::clamp(card.height() / 4, 4, 26);
}

Ink inkOf(const LoadRow &row, const QColor &ground, const QColor &text)
{
    Ink ink{mixed(ground, text, 0.16), {}, qHash(row.title)};
    for (const quint32 color : row.face.colors.mid(1))
        ink.marks.append(QColor::fromRgb(color));
    if (row.face.colors.isEmpty())
        ink.marks.append(QColor::fromHsl(int(ink.seed % 360), titleSaturation, qGray(ground.rgb()) > 140 ? 110 : 150));
    if (ink.marks.isEmpty())
        ink.marks.append(mixed(ground, text, 0.45));
    return ink;
}

/// The title, or a bar in its place.
void drawHead(QPainter *painter, const QRectF &head, const QString &title, const QColor &text, bool readable)
{
    if (!readable)
        return painter->fillRect(QRectF(head.topLeft(), QSizeF(head.width() * 0.55, head.height() * 0.6)), text);
    QFont font = Theme::instance().font(TextSize::Base, QFont::DemiBold);
    font.setPixelSize(std::max(10, int(head.height() * 0.72)));
    painter->setFont(font);
    painter->setPen(text);
    painter->drawText(head, Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(title, Qt::ElideRight, int(head.width())));
}

} // namespace

bool canDraw(const LoadRow &row)
{
    return row.phase == LoadPhase::Live && (hasColors(row) || !row.title.isEmpty());
}

bool hasColors(const LoadRow &row)
{
    return !row.face.colors.isEmpty();
}

QColor ground(const LoadRow &row)
{
    return !hasColors(row) ? colors().raised : QColor::fromRgb(row.face.colors.first());
}

void draw(QPainter *painter, const QRect &rect, const LoadRow &row)
{
    const QColor under = ground(row);
    const QColor text = textOn(under);
    painter->fillRect(rect, under);
    painter->setPen(Qt::NoPen);
    painter->setRenderHint(QPainter::Antialiasing, rect.height() >= fineHeight);
    const double edge = std::max(2.0, rect.height() * 0.11);
    const QRectF inner = QRectF(rect).adjusted(edge, edge, -edge, -edge);
    const double headHeight = std::max(rect.width() >= titleWidth ? 13.0 : 3.0, inner.height() * 0.24);
    const QRectF head(inner.left(), inner.top(), inner.width() - foldOf(rect), headHeight);
    drawHead(painter, head, row.title, text, rect.width() >= titleWidth);
    const double below = headHeight + edge * 0.7;
    motifOf(row.face.kind)(painter, inner.adjusted(0, below, 0, 0), inkOf(row, under, text));
}

void drawFold(QPainter *painter, const QRect &rect, const QColor &card, const QColor &behind)
{
    const PainterState state(painter);
    const double side = foldOf(rect);
    const QRectF corner(rect.x() + rect.width() - side, rect.y(), side, side);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->fillRect(corner, behind);
    painter->setBrush(mixed(card, textOn(card), 0.4));
    painter->drawPolygon(QPolygonF({corner.topLeft(), corner.bottomLeft(), corner.bottomRight()}));
}

} // namespace Flotilla::AppCard
