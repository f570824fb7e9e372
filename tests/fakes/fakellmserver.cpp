// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fakes/fakellmserver.h"

#include <QJsonDocument>
#include <QTcpSocket>

#include <sys/socket.h>

namespace Flotilla {

namespace {

constexpr int TickMs = 4;
constexpr qsizetype MaxRecorded = 4000;

QString lastUserText(const QJsonObject &body)
{
    const QJsonArray messages = body.value(QLatin1String("messages")).toArray();
    for (qsizetype i = messages.size() - 1; i >= 0; --i) {
        const QJsonObject message = messages.at(i).toObject();
        if (message.value(QLatin1String("role")).toString() != QLatin1String("user"))
            continue;
        const QJsonValue content = message.value(QLatin1String("content"));
        if (content.isString())
            return content.toString();
        return QString::fromUtf8(QJsonDocument(content.toArray()).toJson(QJsonDocument::Compact));
    }
    return {};
}

int answersSoFar(const QJsonObject &body)
{
    int count = 0;
    const QJsonArray messages = body.value(QLatin1String("messages")).toArray();
    for (const QJsonValue &message : messages)
        count += message.toObject().value(QLatin1String("role")).toString() == QLatin1String("assistant");
    return count;
}

} // namespace

/// One client connection: reads requests, plays frames when they are due.
class FakeConnection : public QObject
{
public:
    FakeConnection(QTcpSocket *socket, FakeLlmServer *server)
        : QObject(server)
        , m_socket(socket)
        , m_server(server)
    {
        socket->setParent(this);
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(socket, &QTcpSocket::readyRead, this, [this] { read(); });
        connect(socket, &QTcpSocket::disconnected, this, [this] { m_server->forget(this); });
    }

    bool isStreaming() const { return m_position < m_frames.size(); }

    void answer(int status, const QByteArray &type, const QByteArray &body, const QJsonObject &extra = {})
    {
        write(head(status, type, extra) + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    }

    void play(const QList<FakeFrame> &frames, double tokensPerSecond, int firstTokenMs, const QByteArray &type,
              const QJsonObject &extra)
    {
        write(head(200, type, extra) + "Transfer-Encoding: chunked\r\n\r\n");
        m_frames = frames;
        m_position = 0;
        m_tokenNs = tokensPerSecond > 0 ? qint64(1e9 / tokensPerSecond) : 0;
        m_due = m_server->m_clock.nsecsElapsed() + qint64(firstTokenMs) * 1'000'000;
        m_due += dueStep();
        m_server->streamStarted();
    }

    /// Sends everything that is due at `now`.
    void advance(qint64 now)
    {
        QByteArray batch;
        while (isStreaming() && m_due <= now) {
            const FakeFrame &frame = m_frames.at(m_position);
            if (frame.action == FakeFrame::Action::Stall) {
                m_due = std::numeric_limits<qint64>::max();
                break;
            }
            if (frame.action == FakeFrame::Action::Drop) {
                write(batch);
                m_frames.clear();
                m_socket->flush();
                m_socket->disconnectFromHost();
                return;
            }
            batch += frame.bytes;
            if (++m_position < m_frames.size())
                m_due += dueStep();
            else
                batch += "0\r\n\r\n";
        }
        if (!batch.isEmpty())
            write(batch);
    }

private:
    qint64 dueStep() const
    {
        if (m_frames.isEmpty())
            return 0;
        const FakeFrame &next = m_frames.at(m_position);
        return next.tokens * m_tokenNs + qint64(next.waitMs) * 1'000'000;
    }

    static QByteArray head(int status, const QByteArray &type, const QJsonObject &extra)
    {
        QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + " Fake\r\nContent-Type: " + type +
                          "\r\nrequest-id: req_fake\r\n";
        for (auto it = extra.begin(); it != extra.end(); ++it)
            head += it.key().toLatin1() + ": " + it.value().toVariant().toByteArray() + "\r\n";
        return head;
    }

    /// Straight to the socket when nothing waits in Qt's buffer: a third of the cost of QTcpSocket::write.
    void write(const QByteArray &bytes)
    {
        qsizetype sent = 0;
        if (m_socket->bytesToWrite() == 0)
            sent = qMax<ssize_t>(0, ::send(int(m_socket->socketDescriptor()), bytes.constData(), size_t(bytes.size()),
                                           MSG_DONTWAIT | MSG_NOSIGNAL));
        if (sent < bytes.size())
            m_socket->write(bytes.sliced(sent));
    }

    void read()
    {
        m_input += m_socket->readAll();
        if (m_input.startsWith('\x16')) // a TLS greeting
            return m_socket->disconnectFromHost();
        const qsizetype end = m_input.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        FakeLlmServer::Request request = parseHead(m_input.first(end));
        const qsizetype length = request.headers.value("content-length").toLongLong();
        if (m_input.size() < end + 4 + length)
            return;
        request.body = m_input.mid(end + 4, length);
        m_input.remove(0, end + 4 + length);
        m_server->handle(this, request);
    }

    static FakeLlmServer::Request parseHead(const QByteArray &head)
    {
        const QByteArrayList lines = head.split('\n');
        const QByteArrayList first = lines.first().trimmed().split(' ');
        FakeLlmServer::Request request;
        request.method = first.value(0);
        request.path = first.value(1);
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
        }
        return request;
    }

    QTcpSocket *m_socket;
    FakeLlmServer *m_server;
    QByteArray m_input;
    QList<FakeFrame> m_frames;
    qsizetype m_position = 0;
    qint64 m_tokenNs = 0;
    qint64 m_due = 0;
};

QJsonObject FakeLlmServer::Request::json() const
{
    return QJsonDocument::fromJson(body).object();
}

FakeLlmServer::FakeLlmServer(QObject *parent)
    : QObject(parent)
{
    m_clock.start();
    m_server.setListenBacklogSize(4096);
    m_server.setMaxPendingConnections(4096);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(TickMs);
    connect(&m_timer, &QTimer::timeout, this, &FakeLlmServer::tick);
    connect(&m_server, &QTcpServer::newConnection, this, &FakeLlmServer::accept);
}

FakeLlmServer::~FakeLlmServer() = default;

bool FakeLlmServer::listen(quint16 port)
{
    return m_server.listen(QHostAddress::LocalHost, port);
}

QUrl FakeLlmServer::anthropicBase() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port()));
}

QUrl FakeLlmServer::openAiBase() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1/v1").arg(port()));
}

void FakeLlmServer::setScript(const FakeScript &script)
{
    m_script = script;
    m_requests.clear();
    m_encoded.clear();
    m_modelRequests = m_plainTurns = m_closedEarly = m_refused = 0;
    m_tokens = script.burst > 0 ? script.burst : script.requestsPerMinute;
    m_refilled = m_clock.nsecsElapsed();
}

int FakeLlmServer::openStreams() const
{
    return int(
        std::count_if(m_connections.begin(), m_connections.end(), [](const auto *c) { return c->isStreaming(); }));
}

void FakeLlmServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection())
        m_connections.append(new FakeConnection(socket, this));
}

void FakeLlmServer::forget(FakeConnection *connection)
{
    m_closedEarly += connection->isStreaming();
    m_connections.removeOne(connection);
    connection->deleteLater();
}

void FakeLlmServer::handle(FakeConnection *connection, const Request &request)
{
    if (m_requests.size() >= MaxRecorded)
        m_requests.removeFirst();
    m_requests.append(request);
    Q_EMIT requestReceived();
    const QByteArray path =
        request.path.left(request.path.indexOf('?') < 0 ? request.path.size() : request.path.indexOf('?'));
    const bool anthropic = request.headers.contains("anthropic-version");
    const FakeFormat format = anthropic ? FakeFormat::Anthropic : FakeFormat::OpenAi;
    if (!hasKey(request))
        connection->answer(401, "application/json", errorBody(format, 401, QStringLiteral("invalid x-api-key")));
    else if (path == "/v1/models")
        connection->answer(200, "application/json", modelsBody(format, m_script.models));
    else if (path == "/v1/messages")
        answerModel(connection, request, FakeFormat::Anthropic);
    else if (path == "/v1/chat/completions")
        answerModel(connection, request, FakeFormat::OpenAi);
    else
        connection->answer(404, "application/json", errorBody(format, 404, QStringLiteral("no such route")));
}

void FakeLlmServer::answerModel(FakeConnection *connection, const Request &request, FakeFormat format)
{
    const QJsonObject body = request.json();
    if (const QString field = rejectedField(body); !field.isEmpty()) {
        const QString message = QStringLiteral("Unrecognized request argument supplied: %1").arg(field);
        return connection->answer(400, "application/json", errorBody(format, 400, message));
    }
    if (!takeToken())
        return connection->answer(429, "application/json", errorBody(format, 429, QStringLiteral("Too many requests.")),
                                  limitHeaders(true));
    ++m_modelRequests;
    const FakeTurn *turn = chooseTurn(body);
    if (!turn)
        return connection->answer(500, "application/json",
                                  errorBody(format, 500, QStringLiteral("the script has no turn")));
    if (turn->status != 200 || turn->hasBody) {
        const QByteArray type =
            turn->contentType.isEmpty() ? QByteArray("application/json") : turn->contentType.toLatin1();
        const QByteArray text =
            turn->hasBody ? turn->body : errorBody(format, turn->status, QStringLiteral("Fake refusal."));
        return connection->answer(turn->status, type, text, turn->headers);
    }
    const FakeContext context{
        format, body.value(QLatin1String("model")).toString(),
        body.value(QLatin1String("stream_options")).toObject().value(QLatin1String("include_usage")).toBool()};
    QList<FakeFrame> &frames = m_encoded[QStringLiteral("%1 %2 %3 %4")
                                             .arg(turn - m_script.turns.constData())
                                             .arg(int(format))
                                             .arg(context.usageWanted)
                                             .arg(context.model)];
    if (frames.isEmpty())
        frames = encodeTurn(*turn, context);
    connection->play(frames, turn->tokensPerSecond < 0 ? m_script.tokensPerSecond : turn->tokensPerSecond,
                     turn->firstTokenMs < 0 ? m_script.firstTokenMs : turn->firstTokenMs, "text/event-stream",
                     m_script.limitHeaders ? limitHeaders(false) : turn->headers);
}

bool FakeLlmServer::takeToken()
{
    if (m_script.requestsPerMinute <= 0)
        return true;
    const double most = m_script.burst > 0 ? m_script.burst : m_script.requestsPerMinute;
    const qint64 now = m_clock.nsecsElapsed();
    m_tokens = qMin(most, m_tokens + double(now - m_refilled) / 60e9 * m_script.requestsPerMinute);
    m_refilled = now;
    m_refused += m_tokens < 1;
    if (m_tokens < 1)
        return false;
    m_tokens -= 1;
    return true;
}

/// retry-after in whole seconds, as servers send it; the reset is the time of the next request.
QJsonObject FakeLlmServer::limitHeaders(bool refused) const
{
    const double next = qMax(0.0, 1 - m_tokens) * 60 / qMax(1e-9, m_script.requestsPerMinute);
    QJsonObject headers{
        {QStringLiteral("x-ratelimit-remaining-requests"), QString::number(qint64(m_tokens))},
        {QStringLiteral("x-ratelimit-reset-requests"), QString::number(next, 'f', 3) + QLatin1Char('s')}};
    if (!m_script.limitHeaders)
        headers = {};
    if (refused)
        headers.insert(QStringLiteral("retry-after"), QString::number(qint64(next) + 1));
    return headers;
}

/// The first conditional turn that fits, else the next plain one (the last one repeats).
const FakeTurn *FakeLlmServer::chooseTurn(const QJsonObject &body)
{
    const int depth = answersSoFar(body);
    const QString said = lastUserText(body);
    const QString model = body.value(QLatin1String("model")).toString();
    QList<const FakeTurn *> plain;
    for (const FakeTurn &turn : std::as_const(m_script.turns)) {
        const bool fits = turn.conditional && (turn.request == 0 || turn.request == m_modelRequests) &&
                          (turn.depth < 0 || turn.depth == depth) && (turn.model.isEmpty() || turn.model == model) &&
                          said.contains(turn.contains);
        if (fits)
            return &turn;
        if (!turn.conditional)
            plain.append(&turn);
    }
    if (plain.isEmpty())
        return nullptr;
    const qsizetype wanted = m_script.byDepth ? depth : m_plainTurns++;
    return plain.at(qMin(wanted, plain.size() - 1));
}

QString FakeLlmServer::rejectedField(const QJsonObject &body) const
{
    for (const QString &field : m_script.reject) {
        if (body.contains(field))
            return field;
    }
    return {};
}

bool FakeLlmServer::hasKey(const Request &request) const
{
    const QByteArray key = m_script.key.toUtf8();
    return key.isEmpty() || request.headers.value("x-api-key") == key ||
           request.headers.value("authorization") == "Bearer " + key;
}

void FakeLlmServer::streamStarted()
{
    if (!m_timer.isActive())
        m_timer.start();
    QMetaObject::invokeMethod(this, &FakeLlmServer::tick, Qt::QueuedConnection);
}

void FakeLlmServer::tick()
{
    const qint64 now = m_clock.nsecsElapsed();
    const QList<FakeConnection *> connections = m_connections;
    bool any = false;
    for (FakeConnection *connection : connections) {
        if (connection->isStreaming())
            connection->advance(now);
        any = any || connection->isStreaming();
    }
    if (!any)
        m_timer.stop();
}

} // namespace Flotilla
