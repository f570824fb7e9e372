// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/helperrun.h"

#include "backends/hosts/ssh/helperframes.h"
#include "backends/hosts/ssh/programrun.h"
#include "backends/hosts/ssh/remotecommand.h"
#include "backends/hosts/ssh/runerrors.h"
#include "backends/hosts/ssh/sshlink.h"

#include <QJsonArray>

namespace Flotilla {

namespace {

using Ran = std::optional<CommandResult>;
constexpr std::chrono::seconds longestTurn{60}; ///< until the helper starts it

QJsonObject requestOf(const CommandSpec &command)
{
    QJsonObject env;
    for (auto it = command.env.cbegin(); it != command.env.cend(); ++it)
        env.insert(it.key(), it.value());
    const auto longest = command.timeout + std::chrono::seconds(2); // we end it earlier, if we are still there
    return {{QStringLiteral("op"), QStringLiteral("run")},
            {QStringLiteral("argv"), QJsonArray::fromStringList(QStringList{command.program} + command.args)},
            {QStringLiteral("cwd"), command.cwd},
            {QStringLiteral("env"), env},
            {QStringLiteral("timeout_ms"), qint64(longest.count())}};
}

class HelperRun : public ProgramRun
{
public:
    HelperRun(std::weak_ptr<SshLink> link, const CommandSpec &command, const QString &label);
    ~HelperRun() override;
    Future<Ran> begin(const QString &socket);

    void opened(quint64 id) override;
    qsizetype room(bool) const override { return 1024 * 1024; } // what comes is bounded by maxOutput
    qsizetype received(const char *bytes, qsizetype size, bool isError) override;
    QByteArray toSend(qsizetype most) override;
    bool sentAll() const override { return false; } // the channel's end would end the program
    void remoteFinished() override { finish(RunErrors::helperGone(m_command, m_label)); }
    void ended(const Result<ChannelEnd> &end) override;

private:
    void expired() override { finish(RunErrors::timeout(m_command)); }
    void take(const HelperFrames::Frame &frame);
    void takeOutput(QByteArray &stream, const QByteArray &bytes);
    void takeAnswer(const QJsonObject &answer);
    void finish(Result<Ran> result);

    QByteArray m_request;
    HelperFrames::Decoder m_decoder;
    QPromise<Result<Ran>> m_promise;
    qsizetype m_sent = 0; ///< of the input
    bool m_inputEnded = false;
};

HelperRun::HelperRun(std::weak_ptr<SshLink> link, const CommandSpec &command, const QString &label)
    : ProgramRun(std::move(link), command, label)
    , m_request(HelperFrames::frame(requestOf(m_command)))
{
    m_promise.start();
}

HelperRun::~HelperRun()
{
    dropTimer();
    finish(RunErrors::closed(m_label));
}

Future<Ran> HelperRun::begin(const QString &socket)
{
    auto future = m_promise.future();
    ChannelTarget target;
    target.kind = ChannelTarget::Kind::UnixSocket;
    target.text = socket.toUtf8();
    target.shown = m_command.program;
    open(target, longestTurn);
    return future;
}

void HelperRun::opened(quint64 id)
{
    m_channel = id;
    if (m_done) // too late
        endChannel(false);
}

QByteArray HelperRun::toSend(qsizetype most)
{
    if (m_done || m_inputEnded)
        return {};
    if (!m_request.isEmpty())
        return std::exchange(m_request, QByteArray());
    const QByteArray next = m_command.stdinData.mid(m_sent, most);
    m_sent += next.size();
    m_inputEnded = next.isEmpty(); // an empty frame is the end
    return HelperFrames::frame('I', next);
}

qsizetype HelperRun::received(const char *bytes, qsizetype size, bool)
{
    if (m_done)
        return size;
    m_decoder.feed(bytes, size);
    while (!m_done) {
        const auto frame = m_decoder.next();
        if (!frame)
            break;
        take(*frame);
    }
    if (m_decoder.broken())
        finish(RunErrors::noSense(m_command, m_label));
    return size;
}

void HelperRun::take(const HelperFrames::Frame &frame)
{
    if (frame.type == 'O')
        return takeOutput(m_result.standardOutput, frame.payload);
    if (frame.type == 'E')
        return takeOutput(m_result.standardError, frame.payload);
    const auto answer = HelperFrames::object(frame.payload);
    if (!answer)
        return finish(RunErrors::noSense(m_command, m_label));
    if (answer->contains(QLatin1String("started")))
        return startTimer();
    takeAnswer(*answer);
}

void HelperRun::takeOutput(QByteArray &stream, const QByteArray &bytes)
{
    if (stream.size() + bytes.size() > m_command.maxOutput)
        return finish(RunErrors::tooMuch(m_command));
    stream += bytes;
}

void HelperRun::takeAnswer(const QJsonObject &answer)
{
    const QString error = answer[QLatin1String("error")].toString();
    const int code = answer[QLatin1String("exit_code")].toInt(-1);
    if (answer[QLatin1String("ok")].toBool() && code >= 0 && code <= 255) {
        m_result.exitCode = code;
        finish(Ran(std::move(m_result)));
    } else if (error == QLatin1String("program")) {
        finish(RunErrors::noProgram(m_command, m_label));
    } else if (error == QLatin1String("folder")) {
        finish(RunErrors::noFolder(m_command, m_label));
    } else {
        Error failure = RunErrors::noSense(m_command, m_label);
        failure.detail = answer[QLatin1String("text")].toString().left(500);
        finish(failure);
    }
}

/// Before the request was on its way nothing can have been started.
void HelperRun::ended(const Result<ChannelEnd> &end)
{
    const bool refused = m_channel == 0 && !end &&
                         (end.error().kind == ErrorKind::Unavailable || end.error().kind == ErrorKind::Forbidden);
    if (refused)
        finish(Ran());
    else
        finish(end ? RunErrors::helperGone(m_command, m_label) : end.error());
}

/// What still runs is killed by the helper when the channel closes.
void HelperRun::finish(Result<Ran> result)
{
    if (!end())
        return;
    endChannel(false);
    m_promise.addResult(std::move(result));
    m_promise.finish();
}

} // namespace

Future<Ran> runByHelper(const std::shared_ptr<SshLink> &link, const QString &socket, const CommandSpec &command,
                        const QString &label)
{
    if (const auto acceptable = RemoteCommand::of(command); !acceptable) // the same bounds on either way
        return readyFuture<Ran>(acceptable.error());
    return std::make_shared<HelperRun>(link, command, label)->begin(socket);
}

} // namespace Flotilla
