// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>

namespace Flotilla {

/// tests/fakes/fakeregistry.py, ended with the object.
class TestRegistry
{
public:
    explicit TestRegistry(const QString &login = {}); ///< "NAME:PASSWORD": it asks for that
    ~TestRegistry();
    TestRegistry(const TestRegistry &) = delete;
    TestRegistry &operator=(const TestRegistry &) = delete;

    [[nodiscard]] bool started() const { return !m_port.isEmpty(); }
    [[nodiscard]] QString address() const { return QStringLiteral("127.0.0.1:") + m_port; }
    /// "tiny" -> "127.0.0.1:PORT/flotilla/tiny:1"
    [[nodiscard]] QString image(const char *name) const;

private:
    QProcess m_process;
    QString m_port;
};

} // namespace Flotilla
