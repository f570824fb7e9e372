// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/httpconnection.h"

#include "backends/agent/serve/appserver.h"
#include "backends/agent/serve/builder.h"
#include "backends/agent/serve/page.h"
#include "backends/agent/serve/paths.h"
#include "backends/agent/serve/serverapp.h"
#include "backends/agent/serve/workspace.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace Flotilla::Agent {

namespace {

constexpr std::int64_t idleMs = 120'000;
constexpr const char *noStore = "no-store";
constexpr const char *immutable = "public, max-age=31536000, immutable";

const char *phraseOf(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    default:
        return "Service Unavailable";
    }
}

bool hasHiddenPart(const std::string &path)
{
    return (!path.empty() && path[0] == '.') || path.find("/.") != std::string::npos;
}

bool lastPartHasDot(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    return path.find('.', slash == std::string::npos ? 0 : slash) != std::string::npos;
}

bool endsWith(const std::string &text, std::string_view end)
{
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

} // namespace

HttpConnection::HttpConnection(AppServer &server, Fd socket)
    : m_server(server)
    , m_socket(std::move(socket))
{
    m_server.loop().add(m_socket.get(), EPOLLIN, [this](std::uint32_t events) { ready(events); });
    restartIdleTimer();
}

HttpConnection::~HttpConnection()
{
    m_server.loop().cancel(m_idleTimer);
    m_server.builder().forgetMaps(this);
}

void HttpConnection::close()
{
    m_server.close(m_socket.get()); // deletes this
}

void HttpConnection::restartIdleTimer()
{
    m_server.loop().cancel(m_idleTimer);
    m_idleTimer = m_server.loop().after(idleMs, [this] { close(); });
}

void HttpConnection::ready(std::uint32_t events)
{
    if (events & EPOLLOUT)
        return flush();
    if ((events & (EPOLLHUP | EPOLLERR)) && !(events & EPOLLIN))
        return close();
    std::array<char, 8 * 1024> buffer;
    const ssize_t count = ::read(m_socket.get(), buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0)
        return close();
    if (m_state == State::Live)
        return;
    handle(m_parser.feed({buffer.data(), std::size_t(count)}));
}

void HttpConnection::handle(HttpRequestParser::State state)
{
    if (state == HttpRequestParser::State::NeedsMore)
        return;
    restartIdleTimer();
    m_state = State::Answering;
    if (state == HttpRequestParser::State::Broken) {
        m_closeAfter = true;
        answerText(400, "text/plain; charset=utf-8", "This is not a request that can be understood.\n", true);
    } else {
        m_closeAfter = !m_parser.request().keepAlive;
        answer();
    }
    flush();
}

void HttpConnection::answer()
{
    const HttpRequest &request = m_parser.request();
    const Kind kind = m_server.builder().served().kind;
    const bool isRuntime = request.path.compare(0, 10, "_flotilla/") == 0;
    if (kind == Kind::Server)
        return answerNotReady();
    if (!request.isGet && !request.isHead)
        return answerText(405, "text/plain; charset=utf-8", "Only GET and HEAD are possible here.\n", true);
    if (!request.pathOk)
        return answerText(400, "text/plain; charset=utf-8", "This address is not possible.\n");
    if (isRuntime)
        return answerFromRuntime(request.path.substr(10));
    if (kind == Kind::None)
        return answerNotReady();
    answerFromApp(request.path);
}

void HttpConnection::answerFromRuntime(const std::string &path)
{
    if (path == "live" && m_parser.request().isGet)
        return startLive();
    const bool isPublic = path.compare(0, 4, "bin/") != 0;
    if (!isPublic || !answerFile(m_server.runtimeFolder(), path, immutable))
        answerText(404, "text/plain; charset=utf-8", "There is no such file.\n");
}

void HttpConnection::answerFromApp(const std::string &path)
{
    const Served &served = m_server.builder().served();
    const std::string name = path.empty() ? "index.html" : path;
    const int app = m_server.app().fd();
    const bool isReact = served.kind == Kind::React;
    if (!hasHiddenPart(name)) {
        if (isReact && answerFile(served.dist.get(), name, noStore))
            return;
        if (isReact && (answerFile(app, "public/" + name, noStore) || answerFile(app, name, noStore)))
            return;
        if (isReact && Builder::isSourceMap(name))
            return answerWithMap(name);
        if (!isReact &&
            (answerStaticPage(name) || answerFile(app, name, noStore) || answerStaticPage(name + "/index.html")))
            return;
    }
    if (!lastPartHasDot(name) &&
        (isReact ? answerFile(served.dist.get(), "index.html", noStore) : answerStaticPage("index.html")))
        return;
    answerNotFound();
}

void HttpConnection::answerWithMap(const std::string &path)
{
    m_state = State::Waiting;
    m_server.builder().makeMaps(this, [this, path] {
        m_state = State::Answering;
        if (!answerFile(m_server.builder().served().dist.get(), path, noStore))
            answerNotFound();
        updateEvents(true); // flush() may delete this, so not from here
    });
}

void HttpConnection::answerNotFound()
{
    answerText(404, "text/html; charset=utf-8",
               "<!doctype html><title>Not found</title><h1>Not found</h1><p>The app has no such page.</p>\n");
}

bool HttpConnection::answerFile(int folder, const std::string &path, const char *cacheControl)
{
    if (!isValidPath(path))
        return false;
    Fd file = openBeneath(folder, path, O_RDONLY | O_NONBLOCK);
    struct stat info
    {
    };
    if (!file || ::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    startHead(200, mimeType(path), info.st_size, cacheControl);
    if (!m_parser.request().isHead) {
        m_file = std::move(file);
        m_fileLeft = info.st_size;
    }
    return true;
}

bool HttpConnection::answerStaticPage(const std::string &path)
{
    if (!endsWith(path, ".html") || !isValidPath(path) || !m_server.app().exists(path))
        return false;
    const std::string head = readSmallFile(m_server.runtimeFolder(), "head-static.html", 64 * 1024);
    const std::string page = m_server.app().readSmall(path, std::size_t(maxFileBytes));
    answerText(200, "text/html; charset=utf-8", head.empty() ? page : withHead(page, head));
    return true;
}

void HttpConnection::answerNotReady()
{
    const Builder &builder = m_server.builder();
    std::string page;
    if (builder.served().kind == Kind::Server) {
        const bool crashed = builder.last().state == BuildResult::State::Failed;
        page = crashed ? statusPage("The app's server stopped", builder.last().text, nullptr)
                       : statusPage("Starting", "The app's server is starting.", nullptr);
    } else if (builder.isBuilding()) {
        page = statusPage("Building", "The app is being built.", nullptr);
    } else if (builder.last().state == BuildResult::State::Failed) {
        page = statusPage("The app could not be built", builder.last().text, &builder.last());
    } else {
        page = statusPage("Nothing here yet", "The app has not been written yet.", nullptr);
    }
    answerText(503, "text/html; charset=utf-8", page, true);
}

void HttpConnection::startHead(int status, const char *type, std::int64_t length, const char *cacheControl)
{
    m_out = "HTTP/1.1 " + std::to_string(status) + ' ' + phraseOf(status) + "\r\nContent-Type: " + type +
            "\r\nContent-Length: " + std::to_string(length) + "\r\nCache-Control: " + cacheControl +
            (status == 503 ? "\r\nRetry-After: 1" : "") +
            (m_closeAfter ? "\r\nConnection: close" : "\r\nConnection: keep-alive") + "\r\n\r\n";
    m_written = 0;
}

void HttpConnection::answerText(int status, const char *type, std::string_view body, bool close)
{
    m_closeAfter = m_closeAfter || close;
    startHead(status, type, std::int64_t(body.size()), noStore);
    if (!m_parser.request().isHead)
        m_out.append(body);
}

void HttpConnection::startLive()
{
    m_state = State::Live;
    m_out =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
    m_written = 0;
    m_server.loop().cancel(m_idleTimer);
    announceRevision();
}

void HttpConnection::announceRevision()
{
    if (m_state != State::Live || m_out.size() > 16 * 1024)
        return;
    m_out += "data: {\"revision\":" + std::to_string(m_server.builder().served().revision) + "}\n\n";
    updateEvents(true); // flush() may delete this, so not from here
}

bool HttpConnection::writeBuffer()
{
    while (m_written < m_out.size()) {
        const ssize_t count = ::send(m_socket.get(), m_out.data() + m_written, m_out.size() - m_written,
                                     MSG_NOSIGNAL | (m_file ? MSG_MORE : 0));
        if (count < 0)
            return false;
        m_written += std::size_t(count);
    }
    std::string().swap(m_out);
    m_written = 0;
    return true;
}

bool HttpConnection::sendFile()
{
    while (m_fileLeft > 0) {
        const ssize_t count =
            ::sendfile(m_socket.get(), m_file.get(), nullptr, std::size_t(std::min<std::int64_t>(m_fileLeft, 1 << 20)));
        if (count < 0)
            return false;
        if (count == 0) { // it became shorter than announced
            errno = EPIPE;
            return false;
        }
        m_fileLeft -= count;
    }
    m_file.reset();
    return true;
}

void HttpConnection::updateEvents(bool wantsWrite)
{
    m_server.loop().change(m_socket.get(), wantsWrite ? unsigned(EPOLLOUT) : unsigned(EPOLLIN));
}

void HttpConnection::flush()
{
    if (m_state == State::Waiting)
        return m_server.loop().change(m_socket.get(), 0);
    if (!writeBuffer() || !sendFile()) {
        if (errno != EAGAIN && errno != EINTR)
            return close();
        return updateEvents(true);
    }
    if (m_state != State::Answering)
        return updateEvents(false);
    if (m_closeAfter)
        return close();
    m_state = State::Reading;
    updateEvents(false);
    handle(m_parser.next());
}

} // namespace Flotilla::Agent
