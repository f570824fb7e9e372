// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/imagepull.h"

#include "backends/sandbox/sandboxwords.h"

#include <QJsonObject>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qsizetype mostLayers = 1000;
constexpr qint64 mostBytes = 1ll << 50;
constexpr qint64 megabyte = 1'000'000;

bool says(const QString &text, std::initializer_list<const char *> phrases)
{
    return std::any_of(phrases.begin(), phrases.end(), [&text](const char *phrase) {
        return text.contains(QLatin1String(phrase), Qt::CaseInsensitive);
    });
}

} // namespace

bool ImagePull::take(const QJsonObject &object)
{
    const QString status = object[QLatin1String("status")].toString();
    const QString id = object[QLatin1String("id")].toString().left(80);
    const QJsonObject detail = object[QLatin1String("progressDetail")].toObject();
    if (m_layers.size() >= mostLayers && !m_layers.contains(id))
        return false;
    if (status == QLatin1String("Downloading")) {
        Layer &layer = m_layers[id];
        layer.total = std::clamp(detail[QLatin1String("total")].toInteger(), layer.total, mostBytes);
        layer.done = std::clamp(detail[QLatin1String("current")].toInteger(), layer.done, layer.total);
    } else if (status == QLatin1String("Download complete") && m_layers.contains(id)) {
        m_layers[id].done = m_layers[id].total;
    }
    m_unpacking = m_unpacking || status == QLatin1String("Extracting");
    const ImageProgress before = m_progress;
    m_progress = sum();
    return before.step != m_progress.step || before.done / megabyte != m_progress.done / megabyte ||
           before.total / megabyte != m_progress.total / megabyte;
}

ImageProgress ImagePull::sum() const
{
    ImageProgress all;
    for (const Layer &layer : m_layers) {
        all.done += layer.done;
        all.total += layer.total;
    }
    if (m_unpacking && all.done == all.total)
        all.step = ImageProgress::Step::Unpacking;
    return all;
}

QString toText(const QString &image, const ImageProgress &progress)
{
    if (progress.step == ImageProgress::Step::Unpacking)
        return SandboxWords::tr("Unpacking %1").arg(image);
    if (progress.total < megabyte)
        return SandboxWords::tr("Pulling %1").arg(image);
    return SandboxWords::tr("Pulling %1 - %2 of %3 MB")
        .arg(image, QString::number(progress.done / megabyte), QString::number(progress.total / megabyte));
}

Error pullFault(const QString &image, const QString &host, const QString &said, const QString &helper)
{
    const QString words = QString(said).remove(image); // its name may be "rustls"
    const auto fault = [&](ErrorKind kind, const QString &sentence) { return Error{kind, sentence, said}; };
    if (says(words, {"no space left"}))
        return fault(ErrorKind::DiskFull, SandboxWords::tr("There is no room for the image %1 on %2. Make some, then "
                                                           "try again.")
                                              .arg(image, host));
    if (says(words, {"no matching manifest", "no image found in", "does not match the specified platform"}))
        return fault(ErrorKind::Unsupported, SandboxWords::tr("The image %1 is not made for the processor of %2. Name "
                                                              "one that is.")
                                                 .arg(image, host));
    const bool refused = says(words, {"denied", "unauthorized", "authentication required", "no basic auth"});
    if (refused && !helper.isEmpty())
        return fault(ErrorKind::Unauthorized,
                     SandboxWords::tr("The registry of the image %1 asks who you are. Your login is kept by %2, which "
                                      "Flotilla does not ask: fetch the image on %3 with \"docker pull\" or \"podman "
                                      "pull\", then try again.")
                         .arg(image, helper, host));
    if (refused)
        return fault(ErrorKind::Unauthorized,
                     SandboxWords::tr("There is no image %1, or its registry asks who you are. Check the name, or sign "
                                      "in on this computer with \"podman login\" or \"docker login\", then try again.")
                         .arg(image));
    if (says(words, {"connection refused", "no such host", "timeout", "dial tcp", "network is unreachable",
                     "server misbehaving", "tls", "http response to https", "pinging container registry"}))
        return fault(ErrorKind::Network, SandboxWords::tr("The registry of the image %1 cannot be reached from %2. "
                                                          "Check its address, and the network of %2.")
                                             .arg(image, host));
    if (says(words, {"manifest unknown", "name unknown", "not found", "does not exist", "no such image", "not known"}))
        return fault(ErrorKind::NotFound,
                     SandboxWords::tr("There is no image %1. Check its name and its tag.").arg(image));
    return fault(
        ErrorKind::Unavailable,
        SandboxWords::tr("The image %1 could not be fetched. Check its name and the network of %2.").arg(image, host));
}

} // namespace Flotilla
