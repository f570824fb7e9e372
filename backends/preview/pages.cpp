// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/preview/pages.h"

#include <QCryptographicHash>

namespace Flotilla {

namespace {

constexpr char waitingStyle[] =
    ":root{color-scheme:light dark;--bg:#f7f7f8;--fg:#1d1d22;--dim:#6b6b76;--line:#d9d9e0;--accent:#4f5bd5}"
    "@media(prefers-color-scheme:dark){:root{--bg:#17181c;--fg:#ececf1;--dim:#9a9aa6;--line:#34353d;--accent:#8d97ff}}"
    "html,body{height:100%;margin:0}body{display:grid;place-items:center;background:var(--bg);color:var(--fg);"
    "font:15px/1.5 system-ui,sans-serif}main{max-width:26rem;padding:2rem;text-align:center}"
    "h1{font-size:1.15rem;font-weight:600;margin:1.25rem 0 .25rem}p{margin:0;color:var(--dim);overflow-wrap:anywhere}"
    "i{display:inline-block;width:28px;height:28px;border-radius:50%;border:3px solid var(--line);"
    "border-top-color:var(--accent);animation:t 1s linear infinite}@keyframes t{to{transform:rotate(1turn)}}"
    "@media(prefers-reduced-motion:reduce){i{animation:none}}";

constexpr char waitingScript[] =
    "(async function look(){try{const r=await fetch(location.href,{cache:'no-store',redirect:'manual'});"
    "if(!r.headers.get('x-flotilla-waiting')){location.reload();return}"
    "const d=new DOMParser().parseFromString(await r.text(),'text/html');"
    "for(const t of['h1','p'])document.querySelector(t).textContent=d.querySelector(t).textContent}catch(e){}"
    "setTimeout(look,500)})()";

QByteArray digest(const char *text)
{
    return "'sha256-" + QCryptographicHash::hash(text, QCryptographicHash::Sha256).toBase64() + "'";
}

QByteArray answer(QByteArrayView status, QByteArrayView headers, QByteArrayView body, bool headOnly)
{
    QByteArray all("HTTP/1.1 ");
    all.append(status).append(
        "\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n");
    all.append(headers).append("Content-Length: ").append(QByteArray::number(body.size())).append("\r\n\r\n");
    if (!headOnly)
        all.append(body);
    return all;
}

QByteArrayView reasonOf(int status)
{
    switch (status) {
    case 400:
        return "400 Bad Request";
    case 408:
        return "408 Request Timeout";
    case 431:
        return "431 Request Header Fields Too Large";
    default:
        return "404 Not Found";
    }
}

} // namespace

QByteArray waitingPage(const QString &title, const QString &text, bool headOnly)
{
    static const QByteArray headers =
        "Content-Type: text/html; charset=utf-8\r\nRetry-After: 1\r\nX-Flotilla-Waiting: 1\r\n"
        "Content-Security-Policy: default-src 'none'; connect-src 'self'; style-src " +
        digest(waitingStyle) + "; script-src " + digest(waitingScript) + "\r\n";
    const QByteArray body =
        "<!doctype html><html><head><meta charset=\"utf-8\"><title>" + title.toHtmlEscaped().toUtf8() +
        "</title><meta name=\"viewport\" content=\"width=device-width\"><noscript><meta http-equiv=\"refresh\" "
        "content=\"2\"></noscript><style>" +
        waitingStyle + "</style></head><body><main><i></i><h1>" + title.toHtmlEscaped().toUtf8() + "</h1><p>" +
        text.toHtmlEscaped().toUtf8() + "</p></main><script>" + waitingScript + "</script></body></html>";
    return answer("503 Service Unavailable", headers, body, headOnly);
}

QByteArray plainAnswer(int status)
{
    const QByteArrayView reason = reasonOf(status);
    return answer(reason, "Content-Type: text/plain; charset=utf-8\r\n", QByteArray(reason.toByteArray() + '\n'),
                  false);
}

} // namespace Flotilla
