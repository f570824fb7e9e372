// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/http/httpclient.h"
#include "backends/sandbox/container/containerbackend.h"
#include "backends/sandbox/container/enginereply.h"

#include <QPointer>

#include <chrono>
#include <functional>

namespace Flotilla {

class HttpUpload;

struct EngineCall
{
    QByteArray method = "GET";
    QString path; ///< "/containers/json", below the version
    QList<std::pair<QString, QString>> query;
    QByteArray body;
    std::shared_ptr<HttpUpload> upload{}; ///< instead of `body`, sent as it comes; for stream()
    QByteArray contentType = "application/json";
    HttpHeaders headers{}; ///< and these
    std::chrono::milliseconds timeout{60'000};
};

/// The Engine REST API of one Docker or Podman, over a host. Absorbs what is written differently by the two
/// (protocols.md 3.12). What comes back is untrusted: bounded. Lives on the service thread.
class EngineApi : public QObject
{
    Q_OBJECT

public:
    /// `host` and `http` outlive this object.
    EngineApi(Host *host, HttpClient *http, ContainerEngine engine, QObject *parent = nullptr);

    /// Any answer of the engine is a success here: EngineReply::verdict() tells what it means. Unavailable, with a
    /// sentence, when nobody answers.
    Future<EngineReply> call(const EngineCall &call);
    /// What the engine says of itself and of the limits that it can set here.
    Future<QJsonObject> info();
    /// For calls that stream JSON objects (pull, import, build): each goes to `object`; the reply has no body.
    /// An object with "error" ends as a reply that failed, with its words. With `wish` it is cancelled when that goes.
    Future<EngineReply> stream(const EngineCall &call, std::function<void(const QJsonObject &)> object,
                               QObject *wish = nullptr);

    /// Everything that is asked or awaited from now on ends with Cancelled; `host` and `http` are not used any more.
    void close() { m_host = nullptr; }

    [[nodiscard]] const ContainerEngine &engine() const { return m_engine; }
    [[nodiscard]] bool isPodman() const { return m_engine.kind == ContainerEngine::Kind::Podman; }
    [[nodiscard]] QString label() const; ///< "Podman"
    /// A sentence for people around what the engine said.
    [[nodiscard]] Error failure(const QString &sentence, const EngineReply &reply) const;

    /// Asks who listens there, and which version to speak. Unavailable when it is no engine of ours; the sentence then
    /// names the kind that was `expected`.
    static Future<ContainerEngine> identify(Host *host, HttpClient *http, const QString &socket,
                                            ContainerEngine::Kind expected = ContainerEngine::Kind::Docker);

private:
    static QCoro::Task<Result<QString>> reach(QPointer<EngineApi> self);
    static QCoro::Task<Result<QJsonObject>> askInfo(QPointer<EngineApi> self);
    static QCoro::Task<Result<EngineReply>> perform(QPointer<EngineApi> self, EngineCall call);
    static QCoro::Task<Result<EngineReply>> performStream(QPointer<EngineApi> self, EngineCall call,
                                                          std::function<void(const QJsonObject &)> object,
                                                          std::optional<QPointer<QObject>> wish);
    static QCoro::Task<Result<ContainerEngine>> ask(Host *host, HttpClient *http, ContainerEngine engine);
    [[nodiscard]] Error unreachable(const Error &why) const;

    Host *m_host;
    HttpClient *m_http;
    ContainerEngine m_engine;
};

} // namespace Flotilla
