// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/http.h"
#include "backends/agent/serve/loop.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace Flotilla::Agent {

class AppServer;

/// One HTTP/1.1 connection to a react or static app, or to the page that says why there is none.
class HttpConnection
{
public:
    HttpConnection(AppServer &server, Fd socket);
    ~HttpConnection();
    void announceRevision();

private:
    enum class State {
        Reading,
        Waiting, ///< for a source map
        Answering,
        Live, ///< only talks, whatever comes
    };
    void ready(std::uint32_t events);
    bool read();
    void handle(HttpRequestParser::State state);
    void answer();
    void answerFromRuntime(const std::string &path);
    void answerFromApp(const std::string &path);
    bool answerFile(int folder, const std::string &path, const char *cacheControl);
    void answerWithMap(const std::string &path);
    void answerNotFound();
    bool answerStaticPage(const std::string &path);
    void answerNotReady();
    void answerText(int status, const char *type, std::string_view body, bool close = false);
    void startHead(int status, const char *type, std::int64_t length, const char *cacheControl);
    void startLive();
    void flush();
    bool writeBuffer();
    bool sendFile();
    void updateEvents(bool wantsWrite);
    void restartIdleTimer();
    void close();

    AppServer &m_server;
    Fd m_socket;
    HttpRequestParser m_parser;
    std::string m_out;
    std::size_t m_written = 0;
    Fd m_file;
    std::int64_t m_fileLeft = 0;
    State m_state = State::Reading;
    bool m_closeAfter = false;
    Loop::TimerId m_idleTimer = 0;
};

} // namespace Flotilla::Agent
