// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <optional>
#include <utility>
#include <variant>

namespace Flotilla {

/// What went wrong, for code. The words for people are in Error::text.
enum class ErrorKind {
    Internal, ///< a defect of ours
    Invalid,  ///< the input is not acceptable; the same call will fail again
    NotFound,
    Conflict,     ///< somebody else holds or changed it
    Unauthorized, ///< missing or wrong key
    Forbidden,
    RateLimited,
    Overloaded,
    Quota,       ///< money or credits are used up; a retry does not help
    Unavailable, ///< the other side cannot be reached or is not installed
    Network,     ///< a connection broke
    Timeout,
    Protocol, ///< the other side answered something we do not understand
    Storage,
    DiskFull,
    Unsupported,
    Cancelled,
};

/// A failure as a value. `text` is one sentence for a person: what failed, where, what to do (translated).
/// `detail` is for the log and the Details button; it never holds a secret.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    QString text;
    QString detail;

    bool operator==(const Error &) const = default;
};

/// Either a value or an Error. Reading the wrong side is a programming error and aborts.
template <typename T>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    T &value() & { return std::get<0>(m_state); }
    const T &value() const & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
    {
    }

    [[nodiscard]] bool ok() const { return !m_error.has_value(); }
    explicit operator bool() const { return ok(); }
    const Error &error() const { return m_error.value(); }

private:
    std::optional<Error> m_error;
};

using Status = Result<void>;

} // namespace Flotilla

Q_DECLARE_METATYPE(Flotilla::Error)
