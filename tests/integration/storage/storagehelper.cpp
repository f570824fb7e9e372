// SPDX-License-Identifier: GPL-3.0-or-later
// A program on the store, to be killed or starved.
//   storagehelper commits DIR         versions of app "a" without end; prints the number of each once it is stored
//   storagehelper starve DIR BYTES    the same with a limit on the size of files; prints the kind of the first error
//   storagehelper open DIR            as an ordinary user: prints the kind of the error, or "ok"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <sys/resource.h>
#include <unistd.h>

using namespace Flotilla;

namespace {

int say(const QString &text)
{
    std::printf("%s\n", qPrintable(text));
    std::fflush(stdout);
    return 0;
}

QString nameOf(const Error &error)
{
    return error.kind == ErrorKind::DiskFull  ? QStringLiteral("disk-full")
           : error.kind == ErrorKind::Storage ? QStringLiteral("storage")
                                              : QStringLiteral("other: ") + error.text + error.detail;
}

int commitWithoutEnd(Store &store)
{
    AppRecord app;
    app.id = {QStringLiteral("a")};
    (void)store.apps().insert(app);
    for (int i = 0;; ++i) {
        VersionRecord version;
        version.app = app.id;
        version.state = QStringLiteral("green");
        FileMap files{{QStringLiteral("number"), QByteArray::number(i)},
                      {QStringLiteral("noise"), randomHex(20'000).toUtf8()}};
        const auto number = store.versions().commit(version, files, {});
        if (!number)
            return say(nameOf(number.error()));
        say(QString::number(*number));
    }
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString mode = arguments.value(1);
    if (mode == QLatin1String("open") && ::getuid() == 0 && ::setuid(65534) != 0)
        return 1;
    auto store = Store::open(arguments.value(2));
    if (!store)
        return say(nameOf(store.error()));
    if (mode == QLatin1String("open"))
        return say(QStringLiteral("ok"));
    if (mode == QLatin1String("starve")) {
        const rlim_t bytes = arguments.value(3).toULongLong();
        const rlimit limit{bytes, bytes};
        ::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    return commitWithoutEnd(**store);
}
