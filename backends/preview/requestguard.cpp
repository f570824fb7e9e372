// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/preview/requestguard.h"

#include <http_parser.h>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qsizetype secretDigits = 32;

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool isPort(QByteArrayView text)
{
    return !text.isEmpty() && text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::optional<QByteArray> previewSecret(const QByteArray &host)
{
    static constexpr QByteArrayView domain(".localhost");
    const QByteArray lower = host.toLower();
    const QByteArrayView view(lower);
    if (view.size() < secretDigits + domain.size() || view.sliced(secretDigits, domain.size()) != domain)
        return std::nullopt;
    if (!std::all_of(view.begin(), view.begin() + secretDigits, isHex))
        return std::nullopt;
    const QByteArrayView port = view.sliced(secretDigits + domain.size());
    if (!port.isEmpty() && (port.front() != ':' || !isPort(port.sliced(1))))
        return std::nullopt;
    return lower.left(secretDigits);
}

struct RequestGuard::Private
{
    http_parser parser;
    QByteArray secret;
    QByteArray held; ///< the head under way
    QByteArray rest;
    QByteArray field;
    QByteArray host;
    QByteArray target;
    int hosts = 0;
    bool inHead = true;
    bool inHostValue = false;
    bool fieldDone = true;
    bool upgrade = false;
    bool wrongHost = false;

    static Private *of(http_parser *parser) { return static_cast<Private *>(parser->data); }
    static const http_parser_settings &settings();
    void headerField(const char *at, size_t length);
    void headerValue(const char *at, size_t length);
    void headComplete();
    void begin();
};

void RequestGuard::Private::begin()
{
    inHead = true;
    field.clear();
    host.clear();
    target.clear();
    hosts = 0;
    fieldDone = true;
    inHostValue = false;
}

void RequestGuard::Private::headerField(const char *at, size_t length)
{
    if (!inHead) // a trailer
        return;
    if (fieldDone)
        field.clear();
    fieldDone = false;
    inHostValue = false;
    if (field.size() < 16)
        field.append(at, static_cast<qsizetype>(length));
}

void RequestGuard::Private::headerValue(const char *at, size_t length)
{
    if (!inHead)
        return;
    if (!fieldDone) {
        fieldDone = true;
        inHostValue = field.compare("host", Qt::CaseInsensitive) == 0;
        hosts += inHostValue ? 1 : 0;
    }
    if (inHostValue)
        host.append(at, static_cast<qsizetype>(length));
}

void RequestGuard::Private::headComplete()
{
    inHead = false;
    upgrade = parser.upgrade != 0;
    const std::optional<QByteArray> named = hosts == 1 ? previewSecret(host) : std::nullopt;
    const bool proxyRequest = parser.method == HTTP_CONNECT || !(target.startsWith('/') || target == "*");
    wrongHost = !named || proxyRequest || (!secret.isEmpty() && secret != *named);
    if (!wrongHost)
        secret = *named;
}

const http_parser_settings &RequestGuard::Private::settings()
{
    static const http_parser_settings table = [] {
        http_parser_settings s;
        http_parser_settings_init(&s);
        s.on_message_begin = [](http_parser *p) {
            of(p)->begin();
            return 0;
        };
        s.on_url = [](http_parser *p, const char *at, size_t length) {
            of(p)->target.append(at, static_cast<qsizetype>(length));
            return 0;
        };
        s.on_header_field = [](http_parser *p, const char *at, size_t length) {
            of(p)->headerField(at, length);
            return 0;
        };
        s.on_header_value = [](http_parser *p, const char *at, size_t length) {
            of(p)->headerValue(at, length);
            return 0;
        };
        s.on_headers_complete = [](http_parser *p) {
            of(p)->headComplete();
            http_parser_pause(p, 1);
            return 0;
        };
        s.on_message_complete = [](http_parser *p) {
            of(p)->inHead = true; // what comes next is the next head
            http_parser_pause(p, 1);
            return 0;
        };
        return s;
    }();
    return table;
}

RequestGuard::RequestGuard()
    : d(std::make_unique<Private>())
{
    http_parser_init(&d->parser, HTTP_REQUEST);
    d->parser.data = d.get();
}

RequestGuard::~RequestGuard() = default;

RequestGuard::Verdict RequestGuard::feed(const char *data, qsizetype size, QByteArray &passed)
{
    while (size > 0) {
        const bool wasInHead = d->inHead;
        const auto taken = static_cast<qsizetype>(
            http_parser_execute(&d->parser, &Private::settings(), data, static_cast<size_t>(size)));
        const http_errno error = HTTP_PARSER_ERRNO(&d->parser);
        if (d->wrongHost)
            return Verdict::WrongHost;
        if (error == HPE_HEADER_OVERFLOW)
            return Verdict::TooLarge;
        if (error != HPE_OK && error != HPE_PAUSED)
            return Verdict::BadRequest;
        if (error == HPE_PAUSED)
            http_parser_pause(&d->parser, 0);
        if (wasInHead)
            d->held.append(data, taken);
        else
            passed.append(data, taken);
        data += taken;
        size -= taken;
        if (d->held.size() > maxHeadBytes)
            return Verdict::TooLarge;
        if (!d->inHead && wasInHead) { // the head is complete and right
            passed.append(d->held);
            d->held.clear();
        }
        if (d->upgrade && d->inHead) { // its message is complete
            d->rest = QByteArray(data, size);
            return Verdict::Upgrade;
        }
    }
    return Verdict::Pass;
}

QByteArray RequestGuard::secret() const
{
    return d->secret;
}

bool RequestGuard::headPending() const
{
    return !d->held.isEmpty();
}

bool RequestGuard::betweenRequests() const
{
    return d->inHead && d->held.isEmpty();
}

bool RequestGuard::headMethod() const
{
    return d->parser.method == HTTP_HEAD;
}

QByteArray RequestGuard::rest() const
{
    return d->rest;
}

} // namespace Flotilla
