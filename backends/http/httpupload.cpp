// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/http/httpupload.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace Flotilla {

namespace {

constexpr int pipeBytes = 1024 * 1024; ///< the two threads wake each other less often

} // namespace

HttpUpload::Writer::Writer(int descriptor, std::shared_ptr<std::atomic<bool>> complete)
    : m_descriptor(descriptor)
    , m_complete(std::move(complete))
{
}

HttpUpload::Writer::~Writer()
{
    ::close(m_descriptor);
}

bool HttpUpload::Writer::write(const char *bytes, qint64 size)
{
    while (size > 0) {
        const ssize_t written = ::write(m_descriptor, bytes, size_t(size));
        if (written < 0 && errno != EINTR)
            return false; // SIGPIPE is ignored where there is a client
        bytes += qMax<ssize_t>(written, 0);
        size -= qMax<ssize_t>(written, 0);
    }
    return true;
}

void HttpUpload::Writer::finish()
{
    *m_complete = true;
}

HttpUpload::HttpUpload()
    : m_complete(std::make_shared<std::atomic<bool>>(false))
{
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        return;
    fcntl(ends[0], F_SETFL, O_NONBLOCK);     // of the reading end alone
    fcntl(ends[0], F_SETPIPE_SZ, pipeBytes); // where that is too much it stays as it is
    m_descriptor = ends[0];
    m_writing = ends[1];
}

HttpUpload::~HttpUpload()
{
    for (const int end : {m_descriptor, m_writing}) {
        if (end >= 0)
            ::close(end);
    }
}

std::unique_ptr<HttpUpload::Writer> HttpUpload::takeWriter()
{
    const int end = std::exchange(m_writing, -1);
    return end < 0 ? nullptr : std::unique_ptr<Writer>(new Writer(end, m_complete));
}

qint64 HttpUpload::read(char *to, qint64 most)
{
    const ssize_t got = ::read(m_descriptor, to, size_t(most));
    if (got > 0)
        return got;
    if (got < 0)
        return errno == EAGAIN || errno == EINTR ? -1 : -2;
    return *m_complete ? 0 : -2;
}

} // namespace Flotilla
