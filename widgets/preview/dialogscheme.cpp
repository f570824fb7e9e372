// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/dialogscheme.h"

#include "widgets/common/webviews.h"

#include <QBuffer>
#include <QPointer>
#include <QUrlQuery>
#include <QWebEngineScript>
#include <QWebEngineUrlRequestJob>
#include <QWebEngineUrlScheme>

namespace Flotilla {

namespace {

constexpr char SchemeName[] = "flotilla-ask";
constexpr int DialogTextLimit = 2000;

void reply(QWebEngineUrlRequestJob *job, bool yes, const QString &text)
{
    auto *body = new QBuffer(job);
    body->setData((yes ? "y" : "n") + text.toUtf8());
    body->open(QIODevice::ReadOnly);
    job->reply("text/plain", body);
}

} // namespace

void DialogScheme::registerScheme()
{
    static const bool registered = [] {
        confineWebViews();
        QWebEngineUrlScheme scheme(SchemeName);
        scheme.setSyntax(QWebEngineUrlScheme::Syntax::Path);
        scheme.setFlags(QWebEngineUrlScheme::SecureScheme | QWebEngineUrlScheme::CorsEnabled |
                        QWebEngineUrlScheme::ContentSecurityPolicyIgnored);
        QWebEngineUrlScheme::registerScheme(scheme);
        return true;
    }();
    Q_UNUSED(registered)
}

QByteArray DialogScheme::name()
{
    return SchemeName;
}

bool DialogScheme::matches(const QUrl &url)
{
    return url.scheme() == QLatin1String(SchemeName);
}

QWebEngineScript DialogScheme::script()
{
    QWebEngineScript script;
    script.setName(QStringLiteral("flotilla-dialogs"));
    script.setWorldId(QWebEngineScript::MainWorld);
    script.setInjectionPoint(QWebEngineScript::DocumentCreation);
    script.setRunsOnSubFrames(true);
    script.setSourceCode(QStringLiteral(R"JS((() => {
    const ask = (kind, text, value) => {
        const part = words => encodeURIComponent(String(words).slice(0, 2000));
        const request = new XMLHttpRequest();
        request.open('GET', `flotilla-ask:${kind}?text=${part(text)}&value=${part(value)}`, false);
        try {
            request.send();
        } catch (error) {
            return 'n';
        }
        return request.responseText;
    };
    window.confirm = (text = '') => ask('confirm', text, '').startsWith('y');
    window.prompt = (text = '', value = '') => {
        const answer = ask('prompt', text, value);
        return answer.startsWith('y') ? answer.slice(1) : null;
    };
})())JS"));
    return script;
}

void DialogScheme::requestStarted(QWebEngineUrlRequestJob *job)
{
    const QUrl url = job->requestUrl();
    const QUrlQuery query(url);
    const bool prompt = url.path() == QLatin1String("prompt");
    PageDialog dialog;
    dialog.kind = prompt ? PageDialog::Kind::Prompt : PageDialog::Kind::Confirm;
    dialog.text = query.queryItemValue(QStringLiteral("text"), QUrl::FullyDecoded).left(DialogTextLimit);
    dialog.value = query.queryItemValue(QStringLiteral("value"), QUrl::FullyDecoded).left(DialogTextLimit);
    dialog.answer = [job = QPointer(job)](bool yes, const QString &text) {
        if (job)
            reply(job, yes, text);
    };
    Q_EMIT asked(job->initiator(), dialog);
}

} // namespace Flotilla
