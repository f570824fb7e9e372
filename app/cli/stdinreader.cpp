// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/stdinreader.h"

#include <QSemaphore>

#include <cerrno>
#include <memory>
#include <thread>
#include <unistd.h>

namespace Flotilla {

namespace {

constexpr int chunkSize = 64 * 1024;
constexpr int chunksInFlight = 16;

QByteArray readChunk()
{
    QByteArray chunk(chunkSize, Qt::Uninitialized);
    ssize_t count = 0;
    do {
        count = ::read(STDIN_FILENO, chunk.data(), chunkSize);
    } while (count < 0 && errno == EINTR);
    chunk.resize(count > 0 ? count : 0);
    return chunk;
}

} // namespace

void readStdin(QObject *context, StdinSink sink)
{
    auto room = std::make_shared<QSemaphore>(chunksInFlight);
    std::thread([context, sink = std::move(sink), room] {
        for (;;) {
            room->acquire();
            const QByteArray chunk = readChunk();
            QMetaObject::invokeMethod(context, [sink, chunk, room] { sink(chunk, [room] { room->release(); }); });
            if (chunk.isEmpty())
                return;
        }
    }).detach();
}

} // namespace Flotilla
