// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <memory>
#include <optional>

namespace Flotilla {

/// The secret (lower case) when `host` is exactly `<32 hex digits>.localhost[:port]`, in any case. Nothing otherwise.
std::optional<QByteArray> previewSecret(const QByteArray &host);

/// Reads the bytes of one client connection and lets through only requests that name the host of the first one. A head
/// is held back until it is complete and checked; bodies pass at once. One thread.
class RequestGuard
{
public:
    static constexpr qsizetype maxHeadBytes = 64 * 1024;

    enum class Verdict {
        Pass,       ///< go on
        Upgrade,    ///< the last head asks for another protocol; what came behind it is in rest()
        BadRequest, ///< not HTTP/1
        TooLarge,   ///< a head over maxHeadBytes
        WrongHost,  ///< missing, doubled, malformed or not that of the first request; a proxy request
    };

    RequestGuard();
    ~RequestGuard();

    /// Appends to `passed` what may go to the app. After anything but Pass the guard is used up.
    Verdict feed(const char *data, qsizetype size, QByteArray &passed);

    QByteArray secret() const;    ///< of the first request; empty until its head is complete
    bool headPending() const;     ///< part of a head is held back
    bool betweenRequests() const; ///< nothing of the next request has come
    bool headMethod() const;      ///< the last request was a HEAD
    QByteArray rest() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Flotilla
