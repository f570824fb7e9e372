// SPDX-License-Identifier: GPL-3.0-or-later
// bench_show [thousand] [ten_thousand] [real]: how long the GUI thread keeps an event waiting while the Scale screen
// shows 0 to 1000 at 1920x1080 in show mode, fed with 2000 row changes a second by a fake, pictures included. A second
// number is 10,000 apps, a third the real window over 1000 real sandboxes with a hold of 30 s, in which the pictures
// are taken.
#include "app/flotilla/shell.h"
#include "tests/bench/show/pinger.h"
#include "tests/bench/show/realshow.h"
#include "tests/support/fakeloadsource.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/scalepage.h"
#include "widgets/loadtest/setuppanel.h"

#include <QApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace Flotilla;

namespace {

QJsonObject measure(int count, double rampSeconds, double maxSeconds)
{
    FakeLoadSource source;
    source.setSeconds(rampSeconds);
    ScalePage::Parts parts;
    parts.source = &source;
    parts.pictures = FakePictures::parts();
    ScalePage page(parts);
    page.resize(1920, 1080);
    page.show();
    source.start(SetupPanel::preset(count));
    page.toggleShow();
    page.pictures()->setPace(WallPictures::Pace::Full);
    QApplication::processEvents();
    auto pinger = std::make_unique<Pinger>(&page);
    source.play(20);
    QElapsedTimer timer;
    timer.start();
    int live = 0;
    while (!source.isOver() && timer.elapsed() < maxSeconds * 1000) {
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        live = page.board()->snapshot().live();
    }
    QJsonObject json{{QStringLiteral("apps"), count},
                     {QStringLiteral("live"), live},
                     {QStringLiteral("seconds"), double(timer.elapsed()) / 1000},
                     {QStringLiteral("changes_per_s"), source.changesPerSecond()},
                     {QStringLiteral("pictures"), page.pictures()->held()},
                     {QStringLiteral("resident_mb"), residentMb()}};
    pinger->report(json);
    return json;
}

} // namespace

int main(int argc, char **argv)
{
    prepareGraphics();
    QApplication app(argc, argv);
    Theme::instance().install(app);
    Theme::instance().setMode(ThemeMode::Dark);
    const QStringList given = QCoreApplication::arguments().mid(1);
    const auto wanted = [&given](const char *part) { return given.isEmpty() || given.contains(QLatin1String(part)); };
    QJsonObject result;
    if (wanted("thousand")) // seven changes per app: 3.5 s for a thousand are 2000 a second
        result.insert(QStringLiteral("thousand"), measure(1000, 3.5, 30));
    if (wanted("ten_thousand"))
        result.insert(QStringLiteral("ten_thousand"), measure(10'000, 35, 60));
    if (wanted("real"))
        result.insert(QStringLiteral("real"), measureReal(1000, 30));
    std::puts(QJsonDocument(result).toJson(QJsonDocument::Compact).constData());
    return 0;
}
