// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/turnrecorder.h"

#include "backends/core/clock.h"
#include "backends/projects/messagejson.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr auto saveEvery = 400ms;
constexpr auto showEvery = 100ms;
constexpr auto saveEveryInBackground = 5000ms;
constexpr auto showEveryInBackground = 1000ms;

} // namespace

TurnRecorder::TurnRecorder(Store *store, Clock *clock, Message message, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
    , m_message(std::move(message))
    , m_begin(clock->monotonic())
{
    m_saveTimer.setSingleShot(true);
    m_saveTimer.setInterval(saveEvery);
    m_showTimer.setSingleShot(true);
    m_showTimer.setInterval(showEvery);
    connect(&m_saveTimer, &QTimer::timeout, this, &TurnRecorder::save);
    connect(&m_showTimer, &QTimer::timeout, this, [this] {
        if (std::exchange(m_showAgain, false))
            show();
    });
}

void TurnRecorder::setBackground(bool background)
{
    m_background = background;
    m_saveTimer.setInterval(background ? saveEveryInBackground : saveEvery);
    m_showTimer.setInterval(background ? showEveryInBackground : showEvery);
}

double TurnRecorder::seconds() const
{
    return std::chrono::duration<double>(m_clock->monotonic() - m_begin).count();
}

void TurnRecorder::touch()
{
    if (!m_saveTimer.isActive())
        m_saveTimer.start();
    if (m_showTimer.isActive())
        m_showAgain = true;
    else
        show();
}

void TurnRecorder::show()
{
    m_showTimer.start();
    Q_EMIT beforeSnapshot();
    m_message.seconds = seconds();
    Q_EMIT changed(m_message);
}

void TurnRecorder::save()
{
    Q_EMIT beforeSnapshot();
    m_message.seconds = seconds();
    const Status saved = keepProgress();
    if (saved)
        return;
    m_problem = saved.error();
    Q_EMIT storeFailed(m_problem);
}

Status TurnRecorder::keepProgress()
{
    WorkingFiles files;
    for (const QString &path : std::as_const(m_dirtyFiles))
        files.insert(path,
                     m_workspace->contains(path) ? std::optional(m_workspace->files().value(path)) : std::nullopt);
    const Status kept = m_store->versions().keepProgress(recordOf(m_message), files, !m_background);
    if (kept)
        m_dirtyFiles.clear();
    return kept;
}

void TurnRecorder::settle()
{
    m_saveTimer.stop();
    m_showTimer.stop();
    m_showAgain = false;
    Q_EMIT beforeSnapshot();
    m_message.seconds = seconds();
}

Result<int> TurnRecorder::commit(VersionRecord version)
{
    settle();
    version.seconds = m_message.seconds;
    version.created = m_clock->now();
    const auto number = m_store->versions().commit(version, m_workspace->files(), recordOf(m_message));
    if (number) {
        m_message.version = *number;
        m_dirtyFiles.clear();
    }
    return number;
}

Status TurnRecorder::keepUnchanged()
{
    settle();
    m_dirtyFiles.clear();
    const Status cleared = m_store->versions().clearWorkingFiles(m_message.app);
    return cleared ? m_store->conversation().update(recordOf(m_message)) : cleared;
}

Status TurnRecorder::keepMessage()
{
    settle();
    return keepProgress();
}

} // namespace Flotilla
