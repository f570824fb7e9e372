// SPDX-License-Identifier: GPL-3.0-or-later
// flotilla-screenshots DIR SCENE | --list: one scene per process, so that one that hangs or crashes costs only itself.
#include "app/screenshots/scene.h"
#include "backends/core/log.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>

#include <csignal>
#include <cstdio>

using namespace Flotilla;

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    const QString first = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (first == QLatin1String("--list")) {
        for (const SceneEntry &entry : scenes())
            std::puts(entry.name);
        return 0;
    }
    if (argc != 3) {
        std::fputs("usage: flotilla-screenshots DIR SCENE | --list\n", stderr);
        return 2;
    }
    prepareGraphics();
    QApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("flotilla"));
    installLogHandler();
    Theme::instance().install(app);
    const QTemporaryDir data;
    QDir().mkpath(first);
    for (const SceneEntry &entry : scenes()) {
        if (QLatin1String(entry.name) != QLatin1String(argv[2]))
            continue;
        Scene scene(data.path(), first, QString::fromLatin1(entry.name));
        entry.run(scene);
        return scene.failures() == 0 ? 0 : 1;
    }
    std::fprintf(stderr, "no scene is called %s\n", argv[2]);
    return 2;
}
