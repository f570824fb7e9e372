// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/buildjob.h"

#include "backends/http/httpupload.h"
#include "backends/sandbox/sandboxwords.h"

#include <QJsonObject>
#include <QThreadPool>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr int tellMs = 100;
constexpr qint64 buildMegabyte = 1'000'000;

template <typename T, typename Function>
Future<T> onReader(Function function)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    static QThreadPool pool; // of its own: what waits for an engine must not hold up other work
    pool.setMaxThreadCount(8);
    pool.start([promise, function = std::move(function)]() mutable {
        function([promise](Result<T> result) {
            promise->addResult(std::move(result));
            promise->finish();
        });
    });
    return promise->future();
}

} // namespace

BuildJob::BuildJob(const ImageBuild &what, BuildListener listener, QObject *wish)
    : m_what(what)
    , m_listener(std::move(listener))
    , m_wish(wish)
    , m_bound(wish != nullptr)
    , m_shared(std::make_shared<Shared>())
{
    m_timer.setInterval(tellMs);
    connect(&m_timer, &QTimer::timeout, this, &BuildJob::tell);
    if (wish)
        connect(wish, &QObject::destroyed, this, [shared = m_shared] { shared->stop = true; });
    m_timer.start();
}

BuildJob::~BuildJob()
{
    m_shared->stop = true;
}

Error BuildJob::cancelled()
{
    return {ErrorKind::Cancelled, SandboxWords::tr("The build was cancelled."), {}};
}

Future<BuildContext> BuildJob::look()
{
    return onReader<BuildContext>([what = m_what, shared = m_shared](const auto &finish) {
        finish(BuildContext::look(what.folder, what.file, shared->stop));
    });
}

Result<std::shared_ptr<HttpUpload>> BuildJob::send(const BuildContext &context)
{
    auto upload = std::make_shared<HttpUpload>();
    std::shared_ptr<HttpUpload::Writer> writer = upload->takeWriter();
    if (!writer)
        return Error{ErrorKind::Unavailable,
                     SandboxWords::tr("This program has too many files open to build an image now."),
                     {}};
    m_total = context.bytes;
    m_sending = onReader<void>([context, writer, shared = m_shared](const auto &finish) mutable {
        const Status sent = context.send([&](const char *bytes, qint64 size) {
            shared->sent += size;
            return !shared->stop && writer->write(bytes, size);
        });
        if (sent)
            writer->finish();
        finish(sent); // before the pipe closes: who sees its end knows why
        writer.reset();
    });
    return upload;
}

std::optional<Error> BuildJob::sendingFault() const
{
    if (!m_sending.isFinished() || m_sending.resultCount() == 0 || m_sending.result())
        return {};
    const Error why = m_sending.result().error();
    return why.kind == ErrorKind::Network ? std::nullopt : std::optional(why); // the engine has better words for that
}

void BuildJob::take(const QJsonObject &object)
{
    m_steps = true;
    m_news = m_output.take(object) || m_news;
}

void BuildJob::tell()
{
    if (!m_listener || (m_steps && !std::exchange(m_news, false)))
        return;
    BuildProgress progress = m_output.takeProgress();
    if (!m_steps && m_total == 0)
        progress.text = SandboxWords::tr("Reading %1").arg(m_what.folder);
    else if (!m_steps)
        progress.text = SandboxWords::tr("Sending the folder - %1 of %2 MB")
                            .arg(std::min(m_shared->sent.load(), m_total) / buildMegabyte)
                            .arg(m_total / buildMegabyte);
    m_listener(progress);
}

} // namespace Flotilla
