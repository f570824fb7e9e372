// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/failure.h"
#include "backends/agent/launch/hostprocess.h"
#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/json.h"

#include <optional>
#include <string>
#include <vector>

namespace Flotilla::Agent {

/// ROOT/sb/ID on the host, which the sandbox never sees: label.json, control.sock, app.sock (containers see hand/).
/// Holding one holds its lock: create and terminate of the same id wait for each other. The label is written before the
/// process may start, so that whatever is killed when, somebody can find and reap what was left.
class SandboxFolder
{
public:
    /// Empty when it does not exist and `create` is false, or (with the failure filled in) when it cannot be had.
    static std::optional<SandboxFolder> lock(const std::string &root, const std::string &id, bool create,
                                             Failure &failure);
    static std::vector<std::string> ids(const std::string &root);
    /// The label without taking the lock; discarded when there is none.
    static Json readLabel(const std::string &root, const std::string &id);

    [[nodiscard]] Json label() const;
    bool saveLabel(const Json &label) const;
    /// Listening; the caller passes it on.
    [[nodiscard]] Fd makeSocket(const char *name) const;
    [[nodiscard]] Fd connectTo(const char *name) const;
    void remove();
    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] int fd() const { return m_fd.get(); }

private:
    SandboxFolder(std::string path, Fd fd);
    std::string m_path;
    Fd m_fd;
};

/// The process of a label: PID 1 of the sandbox, or, when its launcher was killed half-way, what that had started.
struct LabelledProcess
{
    ProcessRef inner; ///< start 0: not running
    ProcessRef outer; ///< bubblewrap itself, while it starts
    [[nodiscard]] bool alive() const { return inner.start != 0 || outer.start != 0; }
};
LabelledProcess processOf(const Json &label);
/// False while a sandbox still lacks the files of the snapshot that it starts with.
bool isComplete(const Json &label);

/// Creates ROOT and below as private folders of this user; refuses one that belongs to somebody else.
bool makePrivateFolder(const std::string &path, Failure &failure);

} // namespace Flotilla::Agent
