// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminalbridge.h"

#include <QLoggingCategory>

#include <algorithm>

namespace Flotilla {

namespace {
using namespace std::chrono_literals;
Q_LOGGING_CATEGORY(logTerminal, "flotilla.terminal")
constexpr qsizetype batchSize = 32 * 1024;
constexpr qsizetype mostTyped = 64 * 1024; // base64, in one call
} // namespace

TerminalBridge::TerminalBridge(QObject *parent)
    : QObject(parent)
{
    m_watch.setInterval(15s);
    connect(&m_watch, &QTimer::timeout, this, &TerminalBridge::ask);
}

void TerminalBridge::watch(bool on)
{
    m_asked = false;
    on ? m_watch.start() : m_watch.stop();
}

void TerminalBridge::ask()
{
    if (m_asked)
        return Q_EMIT stalled();
    m_asked = true;
    Q_EMIT asked();
}

void TerminalBridge::setLook(const QJsonObject &look)
{
    m_look = look;
    Q_EMIT looked(look);
}

void TerminalBridge::beginShell()
{
    ++m_shell;
    m_queue.clear();
    m_waiting = 0;
    Q_EMIT cleared();
}

void TerminalBridge::feed(const QByteArray &bytes)
{
    m_queue += bytes;
    pass();
}

void TerminalBridge::pass()
{
    while (!m_queue.isEmpty() && m_waiting < mostWaiting) {
        const QByteArray batch = m_queue.left(batchSize);
        m_queue.remove(0, batch.size());
        m_waiting += batch.size();
        Q_EMIT output(m_shell, QString::fromLatin1(batch.toBase64()));
    }
}

void TerminalBridge::ready(int columns, int rows)
{
    m_hasSelection = false;
    Q_EMIT pageReady(columns, rows);
}

void TerminalBridge::typed(const QString &base64)
{
    if (base64.size() <= mostTyped)
        Q_EMIT keys(QByteArray::fromBase64(base64.toLatin1()));
}

void TerminalBridge::resized(int columns, int rows)
{
    Q_EMIT sizeChanged(columns, rows);
}

void TerminalBridge::shown(int shell, int bytes)
{
    if (shell != m_shell || bytes <= 0)
        return;
    const qint64 seen = std::min<qint64>(bytes, m_waiting);
    m_waiting -= seen;
    Q_EMIT acknowledged(seen);
    pass();
}

void TerminalBridge::linkClicked(const QString &address)
{
    Q_EMIT linkAsked(address);
}

void TerminalBridge::found(int current, int count)
{
    Q_EMIT resultsChanged(std::max(current, -1) + 1, std::max(count, 0));
}

void TerminalBridge::failed(const QString &text)
{
    qCWarning(logTerminal, "the terminal's page failed: %s", qUtf8Printable(text.left(300)));
    Q_EMIT stalled();
}

} // namespace Flotilla
