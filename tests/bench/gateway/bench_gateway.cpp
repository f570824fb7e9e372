// SPDX-License-Identifier: GPL-3.0-or-later
// What the gateway adds to a request: the same small answer of the same app straight over its Unix socket and through
// the gateway, in turns, over connections that are kept alive. Then requests per second through the gateway. usage:
// bench_gateway [REQUESTS] [CONNECTIONS]
#include "backends/preview/gateway.h"
#include "tests/bench/percentiles.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QTemporaryDir>

#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

using namespace Flotilla;

namespace {

using Clock = std::chrono::steady_clock;

const QByteArray request = "GET /assets/app.js HTTP/1.1\r\nHost: " + QByteArray(32, 'a') +
                           ".localhost\r\nUser-Agent: bench\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate\r\n\r\n";
const QByteArray response =
    "HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Length: 1024\r\n\r\n" + QByteArray(1024, 'x');

void require(bool good, const char *what)
{
    if (good)
        return;
    std::perror(what);
    std::exit(1);
}

void sendAll(int socket, const QByteArray &bytes)
{
    require(::send(socket, bytes.constData(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL) == bytes.size(), "send");
}

/// Answers every request on one connection; they come one at a time and whole.
void serveConnection(int socket)
{
    std::array<char, 4096> buffer;
    qsizetype got = 0;
    for (;;) {
        const ssize_t size = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (size <= 0)
            break;
        got += size;
        if (got < request.size())
            continue;
        got = 0;
        if (::send(socket, response.constData(), static_cast<size_t>(response.size()), MSG_NOSIGNAL) < 0)
            break;
    }
    ::close(socket);
}

sockaddr_un unixAddress(const QByteArray &path)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(), static_cast<size_t>(path.size()));
    return address;
}

void serveApp(const QByteArray &path)
{
    const int listener = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const sockaddr_un address = unixAddress(path);
    require(::bind(listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0, "bind");
    require(::listen(listener, 512) == 0, "listen");
    std::thread([listener] {
        for (;;) {
            const int socket = ::accept(listener, nullptr, nullptr);
            if (socket >= 0)
                std::thread(serveConnection, socket).detach();
        }
    }).detach();
}

int connectDirect(const QByteArray &path)
{
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const sockaddr_un address = unixAddress(path);
    require(::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0, "connect to the app");
    return socket;
}

int connectGateway(quint16 port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0,
            "connect to the gateway");
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return socket;
}

double askOnce(int socket)
{
    std::array<char, 8192> buffer;
    const auto start = Clock::now();
    sendAll(socket, request);
    qsizetype got = 0;
    while (got < response.size()) {
        const ssize_t size = ::recv(socket, buffer.data(), buffer.size(), 0);
        require(size > 0, "recv");
        got += size;
    }
    require(std::memcmp(buffer.data(), "HTTP/1.1 200", 12) == 0 || got > response.size() / 2, "answer");
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

QJsonObject benchLatency(const QByteArray &path, quint16 port, int requests)
{
    const int direct = connectDirect(path);
    const int through = connectGateway(port);
    std::vector<double> direct_;
    std::vector<double> through_;
    for (int i = 0; i < requests + 200; ++i) {
        const double a = askOnce(direct);
        const double b = askOnce(through);
        if (i < 200) // warm-up
            continue;
        direct_.push_back(a);
        through_.push_back(b);
    }
    std::vector<double> fresh;
    for (int i = 0; i < requests / 10; ++i) {
        const auto start = Clock::now();
        const int socket = connectGateway(port);
        askOnce(socket);
        fresh.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
        ::close(socket);
    }
    ::close(direct);
    ::close(through);
    const double directP50 = Bench::percentile(direct_, 0.5);
    const double throughP50 = Bench::percentile(through_, 0.5);
    return {{QStringLiteral("requests"), requests},
            {QStringLiteral("direct_p50_ms"), directP50},
            {QStringLiteral("through_p50_ms"), throughP50},
            {QStringLiteral("added_p50_ms"), throughP50 - directP50},
            {QStringLiteral("added_p99_ms"), Bench::percentile(through_, 0.99) - Bench::percentile(direct_, 0.99)},
            {QStringLiteral("new_connection_p50_ms"), Bench::percentile(fresh, 0.5)}};
}

double benchThroughput(quint16 port, int connections)
{
    std::atomic_bool stop{false};
    std::atomic<qint64> done{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < connections; ++i)
        clients.emplace_back([&] {
            const int socket = connectGateway(port);
            while (!stop) {
                askOnce(socket);
                ++done;
            }
            ::close(socket);
        });
    std::this_thread::sleep_for(std::chrono::seconds(2));
    const qint64 count = done;
    stop = true;
    for (std::thread &client : clients)
        client.join();
    return double(count) / 2;
}

StreamOpener openerOf(const QString &path)
{
    return [path] {
        auto socket = std::make_shared<QLocalSocket>();
        socket->connectToServer(path); // a Unix socket connects at once
        return readyFuture<std::shared_ptr<QIODevice>>(std::shared_ptr<QIODevice>(socket));
    };
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const int requests = argc > 1 ? std::atoi(argv[1]) : 5000;
    const int connections = argc > 2 ? std::atoi(argv[2]) : 16;
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("app.sock"));
    serveApp(path.toLocal8Bit());
    Gateway gateway([path](const QString &) {
        return readyFuture<std::optional<GatewayRoute>>(std::optional(GatewayRoute{openerOf(path), {}, {}}));
    });
    require(gateway.listen(0).ok(), "gateway");
    std::thread clients([&, port = gateway.port()] {
        QJsonObject result = benchLatency(path.toLocal8Bit(), port, requests);
        result.insert(QStringLiteral("connections"), connections);
        result.insert(QStringLiteral("requests_per_second"), benchThroughput(port, connections));
        std::puts(QJsonDocument(result).toJson().constData());
        QMetaObject::invokeMethod(&application, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    QCoreApplication::exec();
    clients.join();
    gateway.close();
    return 0;
}
