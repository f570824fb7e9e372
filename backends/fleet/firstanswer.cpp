// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/firstanswer.h"

#include "backends/fleet/outcome.h"

#include <QCoreApplication>
#include <QCoroTimer>
#include <QTimer>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr auto pause = 100ms;
constexpr auto answerDeadline = 10s;
constexpr qsizetype longestHead = 4096; ///< as much as is looked at

Error noAnswer()
{
    return {ErrorKind::Timeout, QCoreApplication::translate("Fleet", "it did not answer in time"), {}};
}

/// "HTTP/1.1 200 OK" -> 200; 0: not there yet; -1: not HTTP.
int statusIn(const QByteArray &head)
{
    const qsizetype end = head.indexOf('\n');
    if (end < 0)
        return head.size() < longestHead ? 0 : -1;
    const QList<QByteArray> words = head.left(end).split(' ');
    const int status = words.value(1).toInt();
    return head.startsWith("HTTP/1.") && status >= 100 && status < 600 ? status : -1;
}

Future<int> readStatus(const std::shared_ptr<QIODevice> &stream)
{
    struct Reading
    {
        QPromise<Result<int>> promise;
        QByteArray head;
        bool done = false;

        void end(const Result<int> &result)
        {
            if (std::exchange(done, true))
                return;
            promise.addResult(result);
            promise.finish();
        }
    };
    const auto reading = std::make_shared<Reading>();
    reading->promise.start();
    const auto future = reading->promise.future();
    QIODevice *device = stream.get();
    const auto take = [reading, device] {
        if (device->isOpen())
            reading->head += device->read(longestHead);
        const int status = statusIn(reading->head);
        if (status != 0)
            reading->end(status > 0 ? Result<int>(status) : Result<int>(noAnswer()));
    };
    QObject::connect(device, &QIODevice::readyRead, device, take);
    QObject::connect(device, &QIODevice::readChannelFinished, device, [take, reading] {
        take();
        reading->end(noAnswer());
    });
    QObject::connect(device, &QObject::destroyed, [reading] { reading->end(noAnswer()); });
    QTimer::singleShot(answerDeadline, device, [reading] { reading->end(noAnswer()); });
    device->write("GET / HTTP/1.1\r\nHost: app\r\nConnection: close\r\n\r\n");
    if (device->bytesAvailable() > 0)
        take();
    return future;
}

QCoro::Task<Result<int>> ask(StreamOpener open, std::chrono::seconds deadline)
{
    const auto end = std::chrono::steady_clock::now() + deadline;
    Result<int> last = noAnswer();
    for (;;) {
        const Result<std::shared_ptr<QIODevice>> stream = co_await outcomeOf(open());
        if (stream) {
            const Future<int> reading = readStatus(*stream);
            last = co_await outcomeOf(reading);
            if (last && *last != 503)
                co_return last;
        } else {
            last = stream.error();
        }
        if (std::chrono::steady_clock::now() > end)
            co_return last;
        co_await QCoro::sleepFor(pause);
    }
}

} // namespace

Future<int> firstAnswer(StreamOpener open, std::chrono::seconds deadline)
{
    return toFuture(ask(std::move(open), deadline));
}

} // namespace Flotilla
