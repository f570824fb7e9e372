// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/llm/languagemodel.h"
#include "backends/llm/requestpriority.h"

#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>

namespace Flotilla {

class Clock;
class HttpClient;
class SecretStore;

/// The way to name a model everywhere (settings, flotillactl --model, the store):
/// "sampler", "anthropic:NAME", "openai:NAME", each of the two also with "@BASEURL".
struct ModelRef
{
    enum class Kind { Sampler, Anthropic, OpenAi };
    Kind kind = Kind::Sampler;
    QString name;
    QUrl baseUrl; ///< empty: the provider's default, or the setting or environment variable

    static Result<ModelRef> parse(const QString &text);
    QString toString() const;
    bool operator==(const ModelRef &) const = default;
};

/// One endpoint that the user configured or that was found on this machine.
struct Endpoint
{
    QString id; ///< "anthropic", "openai", "ollama", or a name given by the user
    QString label;
    ModelRef::Kind kind = ModelRef::Kind::OpenAi;
    QUrl baseUrl;
    bool found = false; ///< discovered on a usual port, not configured
    bool hasKey = false;
};

/// How the sampler streams; the default is full pace.
struct SamplerPace
{
    double tokensPerSecond = 0; ///< 0: as fast as possible
    int firstTokenMs = 0;
    int answerMs = 0; ///< instead of tokensPerSecond: the whole answer ends so long after the request
};

/// Knows every model that can be used now. Lives on the service thread; methods may be called from any thread.
class ModelCatalog : public QObject
{
    Q_OBJECT

public:
    ModelCatalog(HttpClient *http, SecretStore *secrets, Clock *clock, QObject *parent = nullptr);
    ~ModelCatalog() override;

    /// Configured endpoints (anthropic and openai always, custom ones by setEndpoints) and found local servers.
    Future<QList<Endpoint>> endpoints();
    /// User-defined base URLs: replaces the list. "anthropic" and "openai" override the defaults.
    void setEndpoints(const QList<Endpoint> &endpoints);
    void setSamplerPace(SamplerPace pace);
    /// Replaces the built-in sampler (tests, or a build without it).
    using SamplerFactory = std::function<std::shared_ptr<LanguageModel>(SamplerPace)>;
    void setSamplerFactory(SamplerFactory factory);

    /// Models of every endpoint that answers; the sampler is always there, last when another one has a key.
    Future<QList<ModelInfo>> models();
    /// Finds servers on the usual local ports (Ollama 11434, LM Studio 1234, llama.cpp 8080, vLLM 8000), on ::1 too.
    Future<QList<Endpoint>> discoverLocal();
    /// The "Test" button: resolve, connect, authenticate, list models; the error names the failing step and the remedy.
    Future<QString> test(const QString &endpointId);

    /// The model for a reference, ready to stream, wrapped in the Governor (retries, pacing). Service thread only.
    Result<std::shared_ptr<LanguageModel>> open(const ModelRef &ref,
                                                RequestPriority priority = RequestPriority::Interactive);
    /// What the app uses when nothing was chosen: the user's last choice is the caller's business. A key in the
    /// environment counts at once, a key in the keychain after endpoints() or models() was asked. Any thread.
    ModelRef defaultModel() const;
    /// The same, but looks into the keychain first when nobody has yet, for at most two seconds.
    Future<ModelRef> findDefaultModel();

Q_SIGNALS:
    void changed();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Flotilla
