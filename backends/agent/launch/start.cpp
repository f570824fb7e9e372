// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/start.h"

#include "backends/agent/launch/agentcopy.h"
#include "backends/agent/launch/cgroup.h"
#include "backends/agent/launch/end.h"
#include "backends/agent/launch/etcfolder.h"
#include "backends/agent/launch/greeting.h"
#include "backends/agent/launch/launchchild.h"
#include "backends/agent/launch/ownscope.h"
#include "backends/agent/launch/sandboxfolder.h"
#include "backends/agent/launch/seccompfilter.h"
#include "backends/agent/launch/snapshot.h"
#include "backends/agent/launch/staging.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <chrono>

namespace Flotilla::Agent {

namespace {

struct Pipe
{
    Fd read;
    Fd write;
};

bool makePipe(Pipe &pipe)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    pipe.read.reset(ends[0]);
    pipe.write.reset(ends[1]);
    return true;
}

/// False when whoever asked was killed, or its connection was lost: a sandbox would belong to nobody.
bool isAwaited()
{
    pollfd answer{STDOUT_FILENO, 0, 0};
    return poll(&answer, 1, 0) != 1 || (answer.revents & (POLLERR | POLLHUP)) == 0;
}

bool failUnawaited(Failure &failure)
{
    return fail(failure, "unavailable", "Nobody waits for the sandbox any more.");
}

CgroupTree treeFor(const LaunchSpec &spec)
{
    return spec.program > 0 ? delegatedTree({spec.program}) : CgroupTree::ofThisProcess();
}

std::int64_t nowMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// One start, from the locked folder to the agent's answer.
class Start
{
public:
    Start(const LaunchSpec &spec, SandboxFolder &folder)
        : m_spec(spec)
        , m_folder(folder)
    {
    }
    bool run(Json &answer, Failure &failure);
    /// What was made so far, also when it could not be written down.
    [[nodiscard]] const Json &label() const { return m_label; }

private:
    bool prepare(ChildPlan &plan, Failure &failure);
    bool openPipes(ChildPlan &plan, Failure &failure);
    bool fork(ChildPlan plan, Failure &failure);
    bool writeLabel(Failure &failure);
    void rememberInner();
    void letGo();

    const LaunchSpec &m_spec;
    SandboxFolder &m_folder;
    Starting m_starting;
    Pipe m_gate;
    Fd m_info; ///< a file: at a pipe without a reader bubblewrap would end before its child, which would wait for good
    ProcessRef m_outer;
    Json m_label;
};

bool Start::openPipes(ChildPlan &plan, Failure &failure)
{
    Pipe errors;
    m_info.reset(memfd_create("info", MFD_CLOEXEC));
    plan.info.reset(dup(m_info.get()));
    if (!makePipe(m_gate) || !makePipe(errors) || !plan.info)
        return failErrno(failure, "make", "a pipe");
    plan.gate = std::move(m_gate.read);
    plan.errors = std::move(errors.write);
    m_starting.errors = std::move(errors.read);
    return true;
}

bool Start::prepare(ChildPlan &plan, Failure &failure)
{
    plan.user = geteuid() == 0 ? sandboxUser(m_spec) : 0;
    plan.sources = {agentFor(m_spec.root, m_spec.agent),
                    access(m_spec.runtime.c_str(), R_OK) == 0 ? m_spec.runtime : "",
                    {},
                    m_spec.data};
    if (!prepareEtc(m_spec.root, plan.sources.etc, failure) || !prepareData(m_spec, plan.user, failure))
        return false;
    plan.cgroup = treeFor(m_spec)
                      .make(m_spec.owner, m_spec.id, {m_spec.limits.memoryBytes, m_spec.limits.processes, m_spec.cpus})
                      .value_or(std::string());
    m_label = Json{{"v", 1},
                   {"id", m_spec.id},
                   {"app", m_spec.app},
                   {"owner", m_spec.owner},
                   {"created_ms", nowMs()},
                   {"limits", m_spec.limitsJson},
                   {"user", plan.user != 0 ? plan.user : geteuid()},
                   {"cgroup", plan.cgroup},
                   {"from", m_spec.from},
                   {"boot", bootId()}};
    plan.control = m_folder.makeSocket("control.sock");
    plan.app = m_folder.makeSocket("app.sock");
    if (!plan.control || !plan.app)
        return failErrno(failure, "make the sockets in", m_folder.path());
    plan.seccomp = openSeccompFilter(m_spec.root);
    if (!plan.seccomp)
        return fail(failure, "unsupported", "The system call filter could not be built on this host.");
    return openPipes(plan, failure);
}

bool Start::writeLabel(Failure &failure)
{
    return m_folder.saveLabel(m_label) || failErrno(failure, "write the label in", m_folder.path());
}

bool Start::fork(ChildPlan plan, Failure &failure)
{
    m_starting.control = m_folder.connectTo("control.sock");
    const pid_t pid = ::fork();
    if (pid < 0)
        return failErrno(failure, "start", m_spec.bwrap);
    if (pid == 0) {
        m_gate.write.reset();
        runChild(std::move(plan));
    }
    m_outer = processRef(pid);
    m_starting.process = openProcess(m_outer);
    m_label["outer_pid"] = m_outer.pid;
    m_label["outer_start"] = m_outer.start;
    if (!writeLabel(failure))
        return false; // closing the gate ends the child
    if (write(m_gate.write.get(), "", 1) != 1)
        m_gate.write.reset(); // the child gave up before; what it says about that is heard next
    return true;
}

void Start::rememberInner()
{
    std::string text;
    char buffer[1024];
    const ssize_t size = pread(m_info.get(), buffer, sizeof buffer, 0);
    const Json info = size > 0 ? parseJson(std::string(buffer, std::size_t(size))) : Json();
    const ProcessRef inner = processRef(pid_t(numberOf(info, "child-pid")));
    m_label["pid"] = inner.pid;
    m_label["start"] = inner.start;
}

/// bubblewrap would only wait for its child from here on; the sandbox needs no parent.
void Start::letGo()
{
    killProcess(m_starting.process);
}

bool Start::run(Json &answer, Failure &failure)
{
    ChildPlan plan{m_spec, {}, 0, {}, {}, {}, {}, {}, {}, {}};
    Json hello;
    if (!prepare(plan, failure) || !fork(std::move(plan), failure) ||
        !greet(m_starting, m_spec.deadlineMs, hello, failure))
        return false;
    rememberInner();
    if (numberOf(m_label, "start") == 0)
        return fail(failure, "internal", "The process of the sandbox could not be found.");
    if (!m_spec.from.empty() &&
        !fillFromSnapshot(m_folder.path() + "/control.sock", m_spec.snapshots, m_spec.from, failure))
        return false;
    m_label["restored"] = true;
    if (!writeLabel(failure))
        return false;
    if (!isAwaited())
        return failUnawaited(failure);
    letGo();
    answer = {{"created_ms", m_label["created_ms"]},
              {"pid", m_label["pid"]},
              {"start", m_label["start"]},
              {"existed", false},
              {"user", m_label["user"]},
              {"cgroup", m_label["cgroup"]},
              {"hello", hello}};
    return true;
}

bool answerExisting(const SandboxFolder &folder, const Json &label, int deadlineMs, Json &answer)
{
    Starting starting;
    starting.control = folder.connectTo("control.sock");
    Json hello;
    Failure failure;
    if (!processOf(label).alive() || !isComplete(label) || !greet(starting, deadlineMs, hello, failure))
        return false;
    answer = {{"existed", true},
              {"created_ms", numberOf(label, "created_ms")},
              {"user", numberOf(label, "user")},
              {"cgroup", stringOf(label, "cgroup")},
              {"hello", hello}};
    return true;
}

} // namespace

bool startSandbox(const LaunchSpec &spec, Json &answer, Failure &failure)
{
    if (!isAwaited())
        return failUnawaited(failure);
    auto folder = SandboxFolder::lock(spec.root, spec.id, true, failure);
    if (!folder)
        return false;
    const Json label = folder->label();
    if (label.is_object() && stringOf(label, "owner") != spec.owner)
        return fail(failure, "invalid", "The sandbox belongs to another installation.", spec.id);
    if (answerExisting(*folder, label, spec.deadlineMs, answer))
        return true;
    endProcesses(label);
    Start start(spec, *folder);
    if (start.run(answer, failure))
        return true;
    endProcesses(start.label());
    folder->remove();
    return false;
}

} // namespace Flotilla::Agent
