// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/loadlook.h"

#include "widgets/common/format.h"
#include "widgets/common/theme.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

namespace Flotilla {

namespace {

/// lupdate takes the namespace for the context.
QString tr(const char *text)
{
    return QCoreApplication::translate("Flotilla", text);
}

QPolygonF lineBetween(QPointF from, QPointF to)
{
    return QPolygonF(QList<QPointF>{from, to});
}

QPainterPath strokedPath(const QList<QPolygonF> &lines, double width)
{
    QPainterPath path;
    for (const QPolygonF &line : lines)
        path.addPolygon(line);
    QPainterPathStroker stroker;
    stroker.setWidth(width);
    stroker.setCapStyle(Qt::RoundCap);
    stroker.setJoinStyle(Qt::RoundJoin);
    return stroker.createStroke(path);
}

QPainterPath dots(int count)
{
    QPainterPath path;
    for (int i = 0; i < count; ++i)
        path.addEllipse(QPointF(0.5 + (i - (count - 1) / 2.0) * 0.32, 0.5), 0.1, 0.1);
    return path;
}

QPainterPath half()
{
    QPainterPath path;
    path.moveTo(0.5, 0.15);
    path.arcTo(QRectF(0.15, 0.15, 0.7, 0.7), 90, 180);
    path.closeSubpath();
    return path;
}

QPainterPath triangle()
{
    QPainterPath path;
    path.addPolygon(QPolygonF({{0.3, 0.2}, {0.8, 0.5}, {0.3, 0.8}}));
    path.closeSubpath();
    return path;
}

QPainterPath square()
{
    QPainterPath path;
    path.addRect(QRectF(0.25, 0.25, 0.5, 0.5));
    return path;
}

} // namespace

PhaseLook lookOf(LoadPhase phase)
{
    switch (phase) {
    case LoadPhase::Queued:
        return {&Palette::raised, 1};
    case LoadPhase::Allocating:
        return {&Palette::working, 0.28};
    case LoadPhase::Starting:
        return {&Palette::working, 0.42};
    case LoadPhase::Generating:
        return {&Palette::working, 0.62};
    case LoadPhase::Building:
        return {&Palette::building, 0.95};
    case LoadPhase::Live:
        return {&Palette::live, 0.92};
    case LoadPhase::Partial:
        return {&Palette::partial, 1};
    case LoadPhase::Failed:
        return {&Palette::failed, 1};
    case LoadPhase::Cancelled:
        break;
    }
    return {&Palette::idle, 0.4};
}

QColor phaseColor(LoadPhase phase)
{
    const PhaseLook look = lookOf(phase);
    const QColor over = colors().*look.color;
    const QColor under = colors().surface;
    const auto mix = [&look](int a, int b) { return qRound(a * look.strength + b * (1 - look.strength)); };
    return {mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue())};
}

QColor glyphColor(const QColor &cell)
{
    return cell.lightnessF() > 0.45f ? QColor(0, 0, 0, 190) : QColor(255, 255, 255, 200);
}

QString phaseWord(LoadPhase phase)
{
    switch (phase) {
    case LoadPhase::Queued:
        return tr("Waiting");
    case LoadPhase::Allocating:
        return tr("Making a sandbox");
    case LoadPhase::Starting:
        return tr("Starting");
    case LoadPhase::Generating:
        return tr("Writing");
    case LoadPhase::Building:
        return tr("Building");
    case LoadPhase::Live:
        return tr("Live");
    case LoadPhase::Partial:
        return tr("Went away");
    case LoadPhase::Failed:
        return tr("Failed");
    case LoadPhase::Cancelled:
        break;
    }
    return tr("Cancelled");
}

QPainterPath phaseGlyph(LoadPhase phase)
{
    switch (phase) {
    case LoadPhase::Queued:
        return {};
    case LoadPhase::Allocating:
        return dots(1);
    case LoadPhase::Starting:
        return triangle();
    case LoadPhase::Generating:
        return dots(3);
    case LoadPhase::Building:
        return square();
    case LoadPhase::Live:
        return strokedPath({QPolygonF(QList<QPointF>{{0.2, 0.52}, {0.42, 0.74}, {0.8, 0.3}})}, 0.13);
    case LoadPhase::Partial:
        return half();
    case LoadPhase::Failed:
        return strokedPath({lineBetween({0.24, 0.24}, {0.76, 0.76}), lineBetween({0.76, 0.24}, {0.24, 0.76})}, 0.14);
    case LoadPhase::Cancelled:
        break;
    }
    return strokedPath({lineBetween({0.22, 0.5}, {0.78, 0.5})}, 0.12);
}

StatusKind statusOf(LoadPhase phase)
{
    switch (phase) {
    case LoadPhase::Live:
        return StatusKind::Live;
    case LoadPhase::Building:
        return StatusKind::Building;
    case LoadPhase::Allocating:
    case LoadPhase::Starting:
    case LoadPhase::Generating:
        return StatusKind::Working;
    case LoadPhase::Partial:
        return StatusKind::Partial;
    case LoadPhase::Failed:
        return StatusKind::Failed;
    default:
        return StatusKind::Idle;
    }
}

QString hostName(const HostId &host)
{
    return host.value == QLatin1String("local") || host.isEmpty() ? tr("This computer") : host.value;
}

QString modelLabel(const LoadSnapshot &snapshot)
{
    if (snapshot.modelText.isEmpty())
        return snapshot.recorded ? tr("Recorded answers") : snapshot.simulated ? tr("Simulated model") : QString();
    return snapshot.recorded    ? snapshot.modelText // says so itself
           : snapshot.simulated ? tr("Simulated: %1").arg(snapshot.modelText)
                                : snapshot.modelText;
}

QString outcomeWord(const QString &outcome)
{
    static const QHash<QString, const char *> words{
        {QString::fromLatin1(LoadClass::Live), QT_TRANSLATE_NOOP("LoadLook", "live")},
        {QString::fromLatin1(LoadClass::QueueTimeout), QT_TRANSLATE_NOOP("LoadLook", "waited too long")},
        {QString::fromLatin1(LoadClass::HostUnreachable), QT_TRANSLATE_NOOP("LoadLook", "host not reachable")},
        {QString::fromLatin1(LoadClass::SshAuth), QT_TRANSLATE_NOOP("LoadLook", "host refused the key")},
        {QString::fromLatin1(LoadClass::HostKey), QT_TRANSLATE_NOOP("LoadLook", "host key not trusted")},
        {QString::fromLatin1(LoadClass::NoCapacity), QT_TRANSLATE_NOOP("LoadLook", "no room on the host")},
        {QString::fromLatin1(LoadClass::ImageMissing), QT_TRANSLATE_NOOP("LoadLook", "image missing")},
        {QString::fromLatin1(LoadClass::CreateError), QT_TRANSLATE_NOOP("LoadLook", "sandbox not created")},
        {QString::fromLatin1(LoadClass::StartTimeout), QT_TRANSLATE_NOOP("LoadLook", "started too slowly")},
        {QString::fromLatin1(LoadClass::ReadinessFailed), QT_TRANSLATE_NOOP("LoadLook", "sandbox did not answer")},
        {QString::fromLatin1(LoadClass::RateLimited), QT_TRANSLATE_NOOP("LoadLook", "model limit reached")},
        {QString::fromLatin1(LoadClass::ModelError), QT_TRANSLATE_NOOP("LoadLook", "model failed")},
        {QString::fromLatin1(LoadClass::CodeInvalid), QT_TRANSLATE_NOOP("LoadLook", "no usable code")},
        {QString::fromLatin1(LoadClass::BuildFailed), QT_TRANSLATE_NOOP("LoadLook", "did not build")},
        {QString::fromLatin1(LoadClass::ServeFailed), QT_TRANSLATE_NOOP("LoadLook", "did not answer")},
        {QString::fromLatin1(LoadClass::Crashed), QT_TRANSLATE_NOOP("LoadLook", "crashed")},
        {QString::fromLatin1(LoadClass::OutOfMemory), QT_TRANSLATE_NOOP("LoadLook", "out of memory")},
        {QString::fromLatin1(LoadClass::Evicted), QT_TRANSLATE_NOOP("LoadLook", "removed by the host")},
        {QString::fromLatin1(LoadClass::Cancelled), QT_TRANSLATE_NOOP("LoadLook", "cancelled")},
        {QString::fromLatin1(LoadClass::Partial), QT_TRANSLATE_NOOP("LoadLook", "went away after it was live")},
    };
    const auto word = words.constFind(outcome);
    return word == words.cend() ? outcome : tr(*word);
}

double stageScale(const QSize &stage)
{
    constexpr QSizeF designed(1280, 810);
    return std::clamp(std::min(stage.width() / designed.width(), stage.height() / designed.height()), 0.75, 3.0);
}

TextSize chartText(double scale, TextSize inWindow)
{
    return scale == 0 ? inWindow : scale < 1.25 ? TextSize::Large : scale < 2 ? TextSize::Title : TextSize::Hero;
}

QFont scaled(QFont font, double scale)
{
    if (scale > 0)
        font.setPixelSize(std::max(int(TextSize::Small), qRound(font.pixelSize() * scale)));
    return font;
}

QString stageSeconds(double seconds)
{
    if (seconds < 99.95)
        return tr("%1 s").arg(QLocale().toString(std::max(0.0, seconds), 'f', 1));
    return formatSeconds(seconds);
}

} // namespace Flotilla
