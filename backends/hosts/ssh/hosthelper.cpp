// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/hosthelper.h"

#include "backends/core/continuation.h"
#include "backends/core/log.h"
#include "backends/hosts/ssh/channeluser.h"
#include "backends/hosts/ssh/remoterun.h"
#include "backends/hosts/ssh/sshlink.h"
#include "backends/hosts/ssh/sshstream.h"

#include <QIODevice>

namespace Flotilla {

namespace {

constexpr int mostStarts = 3; ///< on one connection; then programs go through the login shell
constexpr std::chrono::seconds startTimeout{30};

void notThere(const QString &label, const QString &why)
{
    qCInfo(logCore).noquote() << "no helper on" << label << why;
}

} // namespace

HostHelper::HostHelper(std::shared_ptr<SshLink> link, QString label, QString folder, QObject *parent)
    : QObject(parent)
    , m_link(std::move(link))
    , m_label(std::move(label))
    , m_folder(std::move(folder))
{
}

void HostHelper::start(const QString &agent)
{
    if (!m_agent.isEmpty())
        return;
    m_agent = agent;
    launch();
}

void HostHelper::launch()
{
    if (m_starts++ >= mostStarts)
        return;
    const QString name = QStringLiteral("helper-") + randomHex(8);
    CommandSpec spec;
    spec.program = m_agent;
    spec.args = QStringList{QStringLiteral("host"), m_folder, name};
    spec.timeout = startTimeout;
    spec.maxOutput = 64 * 1024;
    RemoteRunOptions options;
    options.label = m_label;
    whenDone(this, runRemotely(m_link, spec, options), [this, name](const Result<CommandResult> &ran) {
        if (!ran || ran->exitCode != 0)
            return notThere(m_label, ran ? QString::fromUtf8(ran->standardError.left(500)) : ran.error().detail);
        hold(m_folder + QLatin1Char('/') + name);
    });
}

void HostHelper::hold(const QString &socket)
{
    ChannelTarget target;
    target.kind = ChannelTarget::Kind::UnixSocket;
    target.text = socket.toUtf8();
    target.shown = socket;
    whenDone(this, openSshStream(m_link, target), [this, socket](const Result<std::shared_ptr<QIODevice>> &stream) {
        if (stream)
            held(socket, *stream);
        else
            notThere(m_label, stream.error().detail);
    });
}

void HostHelper::held(const QString &socket, const std::shared_ptr<QIODevice> &stream)
{
    m_hold = stream;
    m_decoder = {};
    m_answered = false;
    connect(stream.get(), &QIODevice::readyRead, this, [this, socket] { readAnswer(socket); });
    connect(stream.get(), &QIODevice::readChannelFinished, this, &HostHelper::lost);
    stream->write(HelperFrames::frame({{QStringLiteral("op"), QStringLiteral("hold")}}));
}

void HostHelper::readAnswer(const QString &socket)
{
    const QByteArray bytes = m_hold->read(64 * 1024);
    if (m_answered) // there is nothing more to say
        return;
    m_decoder.feed(bytes.constData(), bytes.size());
    const auto frame = m_decoder.next();
    m_answered = frame || m_decoder.broken();
    const auto answer = frame ? HelperFrames::object(frame->payload) : std::nullopt;
    if (answer && (*answer)[QLatin1String("protocol")].toInt() == 1)
        m_socket = socket;
}

void HostHelper::lost()
{
    if (!m_hold)
        return;
    m_socket.clear();
    m_hold->disconnect(this);
    m_hold.reset();
    notThere(m_label, QStringLiteral("any more"));
    launch();
}

} // namespace Flotilla
