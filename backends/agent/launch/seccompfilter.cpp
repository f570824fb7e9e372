// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/seccompfilter.h"

#include "backends/agent/launch/seccomprules.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <seccomp.h>

namespace Flotilla::Agent {

namespace {

constexpr scmp_datum_t lowWord = 0xffffffff; // the kernel reads these arguments as 32 bits; the rest must not matter

using Context = std::unique_ptr<void, decltype(&seccomp_release)>;

bool refuse(const Context &filter, int number, int error, std::initializer_list<scmp_arg_cmp> when = {})
{
    const int rc = seccomp_rule_add_array(filter.get(), SCMP_ACT_ERRNO(unsigned(error)), number, unsigned(when.size()),
                                          when.begin());
    return rc == 0 || rc == -EDOM; // EDOM: not a call of this architecture
}

bool refuseCalls(const Context &filter)
{
    for (const char *name : refusedCalls) {
        const int number = seccomp_syscall_resolve_name(name);
        if (number != __NR_SCMP_ERROR && !refuse(filter, number, EPERM))
            return false;
    }
    return true;
}

/// Calls younger than the list above (statmount, listmount, open_tree_attr, ...): unknown means refused, not allowed.
bool refuseUnknown(const Context &filter)
{
    constexpr int firstUnknown = 457;
    constexpr int mseal = 462;
    constexpr int end = 548; // x86-64 keeps the last x32 numbers below this
    for (int number = firstUnknown; number < end; ++number) {
        if (number != mseal && !refuse(filter, number, ENOSYS))
            return false;
    }
    return true;
}

bool refuseNamespaces(const Context &filter)
{
    for (const scmp_datum_t flag :
         {CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET}) {
        if (!refuse(filter, SCMP_SYS(clone), EPERM, {SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag)}))
            return false;
    }
    return refuse(filter, SCMP_SYS(clone3), ENOSYS); // its flags are in memory; the C library falls back to clone
}

/// Only local, IPv4, IPv6 and the route part of netlink, which getifaddrs and getaddrinfo use.
bool refuseSockets(const Context &filter)
{
    const int call = SCMP_SYS(socket);
    for (scmp_datum_t family = 0; family < AF_NETLINK; ++family) {
        const bool allowed = family == AF_UNIX || family == AF_INET || family == AF_INET6;
        if (!allowed && !refuse(filter, call, EAFNOSUPPORT, {SCMP_A0(SCMP_CMP_EQ, family)}))
            return false;
    }
    return refuse(filter, call, EAFNOSUPPORT, {SCMP_A0(SCMP_CMP_GT, AF_NETLINK)}) &&
           refuse(filter, call, EAFNOSUPPORT, {SCMP_A0(SCMP_CMP_EQ, AF_NETLINK), SCMP_A2(SCMP_CMP_NE, 0)});
}

bool refuseTerminalTricks(const Context &filter)
{
    for (const scmp_datum_t request : {scmp_datum_t(TIOCSTI), scmp_datum_t(TIOCLINUX), scmp_datum_t(TIOCSETD)}) {
        if (!refuse(filter, SCMP_SYS(ioctl), EPERM, {SCMP_A1(SCMP_CMP_MASKED_EQ, lowWord, request)}))
            return false;
    }
    return true;
}

/// The agent is PID 1: nobody inside may change its limits.
bool refuseLimitsOfAgent(const Context &filter)
{
    return refuse(filter, SCMP_SYS(prlimit64), EPERM,
                  {SCMP_A0(SCMP_CMP_MASKED_EQ, lowWord, 1), SCMP_A2(SCMP_CMP_NE, 0)});
}

} // namespace

Fd makeSeccompFilter()
{
    const Context filter(seccomp_init(SCMP_ACT_ALLOW), &seccomp_release);
    if (!filter || seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) != 0 ||
        seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2) != 0)
        return {};
    if (!refuseCalls(filter) || !refuseUnknown(filter) || !refuseNamespaces(filter) || !refuseSockets(filter) ||
        !refuseTerminalTricks(filter) || !refuseLimitsOfAgent(filter))
        return {};
    Fd program(memfd_create("seccomp", MFD_CLOEXEC));
    if (!program || seccomp_export_bpf(filter.get(), program.get()) != 0 || lseek(program.get(), 0, SEEK_SET) != 0)
        return {};
    return program;
}

Fd openSeccompFilter(const std::string &root)
{
    struct stat self
    {
    };
    if (stat("/proc/self/exe", &self) != 0)
        return makeSeccompFilter();
    const std::string path = root + "/seccomp-" + std::to_string(self.st_size) + '-' +
                             std::to_string(self.st_mtim.tv_sec) + '-' + std::to_string(self.st_mtim.tv_nsec);
    Fd cached(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (cached)
        return cached;
    Fd made = makeSeccompFilter();
    struct stat program
    {
    };
    const std::string draft = path + '.' + std::to_string(getpid());
    const Fd file(open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    off_t from = 0;
    const bool written = made && file && fstat(made.get(), &program) == 0 &&
                         sendfile(file.get(), made.get(), &from, std::size_t(program.st_size)) == program.st_size;
    if (!written || std::rename(draft.c_str(), path.c_str()) != 0)
        unlink(draft.c_str());
    return made;
}

} // namespace Flotilla::Agent
