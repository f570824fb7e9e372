// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/seccompprofile.h"

#include "backends/agent/launch/seccomprules.h"

#include <linux/sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <seccomp.h>
#include <set>

namespace Flotilla::Agent {

namespace {

constexpr std::uint64_t word = 0xffffffff; // the kernel reads these arguments as 32 bits; the rest must not matter

Json when(int index, std::uint64_t mask, std::uint64_t value)
{
    return {{"index", index}, {"op", "SCMP_CMP_MASKED_EQ"}, {"value", mask}, {"valueTwo", value}};
}

Json allow(const char *name, Json conditions)
{
    return {{"names", {name}}, {"action", "SCMP_ACT_ALLOW"}, {"args", std::move(conditions)}};
}

/// Every call of this architecture that libseccomp knows by name, without the refused ones.
std::set<std::string> allowedNames()
{
    std::set<std::string> names;
    for (int number = 0; number < 600; ++number) {
        const std::unique_ptr<char, decltype(&std::free)> name(
            seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number), &std::free);
        if (name)
            names.insert(name.get());
    }
    for (const char *refused : refusedCalls)
        names.erase(refused);
    for (const char *conditional : {"clone", "clone3", "socket", "ioctl", "prlimit64"})
        names.erase(conditional);
    return names;
}

/// Conditions that together hold for every 32-bit value but the excluded: aligned blocks, halved where one is inside.
void addAllBut(const std::set<std::uint64_t> &excluded, std::uint64_t from, int bits, Json &rules)
{
    const auto inside = excluded.lower_bound(from);
    const std::uint64_t size = std::uint64_t(1) << bits;
    if (inside == excluded.end() || *inside >= from + size) {
        rules.push_back(allow("ioctl", {when(1, word & ~(size - 1), from)}));
    } else if (bits > 0) {
        addAllBut(excluded, from, bits - 1, rules);
        addAllBut(excluded, from + size / 2, bits - 1, rules);
    }
}

void addConditional(Json &rules)
{
    constexpr std::uint64_t namespaces =
        CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
    rules.push_back(allow("clone", {when(0, namespaces, 0)}));
    // its flags are in memory; the C library falls back to clone
    rules.push_back({{"names", {"clone3"}}, {"action", "SCMP_ACT_ERRNO"}, {"errnoRet", ENOSYS}});
    for (const std::uint64_t family : {AF_UNIX, AF_INET, AF_INET6})
        rules.push_back(allow("socket", {when(0, word, family)}));
    rules.push_back(allow("socket", {when(0, word, AF_NETLINK), when(2, word, 0)})); // routes: getifaddrs
    rules.push_back(allow("prlimit64", {when(0, word, 0)}));                         // one's own limits
    rules.push_back(allow("prlimit64", {when(2, ~0ull, 0)}));                        // reading those of others
    addAllBut({TIOCSTI, TIOCLINUX, TIOCSETD}, 0, 32, rules);
}

const char *architectureOf(const std::string &machine)
{
    return machine == "aarch64" ? "SCMP_ARCH_AARCH64" : "SCMP_ARCH_X86_64";
}

} // namespace

Json seccompProfile(const std::string &machine)
{
    Json rules = Json::array();
    rules.push_back({{"names", allowedNames()}, {"action", "SCMP_ACT_ALLOW"}});
    addConditional(rules);
    return {{"defaultAction", "SCMP_ACT_ERRNO"},
            {"architectures", {architectureOf(machine)}},
            {"syscalls", std::move(rules)}};
}

} // namespace Flotilla::Agent
