// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/modelcatalog.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace Flotilla {

namespace {

Error badModelRef(const QString &text)
{
    const QString words = QCoreApplication::translate(
        "Models", "“%1” does not name a model. Use sampler, anthropic:NAME, openai:NAME or openai:NAME@BASEURL.");
    return {ErrorKind::Invalid, words.arg(text.left(200)), {}};
}

/// What follows the last @ is no part of a model's name: "localhost:11434/v1". Its wish must not go to the vendor.
bool isAddressWithoutScheme(const QString &name)
{
    static const QRegularExpression address(
        QStringLiteral("^$|://|^localhost(/|$)|^[^/]+:\\d{1,5}(/|$)|^\\d+(\\.\\d+){3}(/|$)"));
    const qsizetype at = name.lastIndexOf(QLatin1Char('@'));
    return at > 0 && name.mid(at + 1).contains(address);
}

Error addressWithoutScheme(const QString &text)
{
    const QString words = QCoreApplication::translate(
        "Models",
        "The address in “%1” has to begin with http:// or https://, as in openai:NAME@http://localhost:8080/v1.");
    return {ErrorKind::Invalid, words.arg(text.left(200)), {}};
}

bool isUsableBaseUrl(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() &&
           (url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https"));
}

} // namespace

Result<ModelRef> ModelRef::parse(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed == QLatin1String("sampler"))
        return ModelRef{};
    const qsizetype colon = trimmed.indexOf(QLatin1Char(':'));
    const QString provider = trimmed.left(colon < 0 ? 0 : colon);
    ModelRef ref;
    if (provider == QLatin1String("anthropic"))
        ref.kind = Kind::Anthropic;
    else if (provider == QLatin1String("openai"))
        ref.kind = Kind::OpenAi;
    else
        return badModelRef(text);
    ref.name = trimmed.mid(colon + 1);
    // A model's name may hold an @ ("claude@20260101"); only one before http:// or https:// starts the address.
    const qsizetype at =
        qMax(ref.name.lastIndexOf(QLatin1String("@http://")), ref.name.lastIndexOf(QLatin1String("@https://")));
    if (at >= 0) {
        ref.baseUrl = QUrl(ref.name.mid(at + 1), QUrl::StrictMode);
        ref.name.truncate(at);
        if (!isUsableBaseUrl(ref.baseUrl))
            return badModelRef(text);
    }
    if (at < 0 && isAddressWithoutScheme(ref.name))
        return addressWithoutScheme(text);
    ref.name = ref.name.trimmed();
    if (ref.name.isEmpty())
        return badModelRef(text);
    return ref;
}

QString ModelRef::toString() const
{
    if (kind == Kind::Sampler)
        return QStringLiteral("sampler");
    const QString provider = kind == Kind::Anthropic ? QStringLiteral("anthropic:") : QStringLiteral("openai:");
    const QString base = baseUrl.isEmpty() ? QString() : QLatin1Char('@') + baseUrl.toString();
    return provider + name + base;
}

} // namespace Flotilla
