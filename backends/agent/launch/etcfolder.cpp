// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/etcfolder.h"

#include "backends/agent/launch/hostprocess.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace Flotilla::Agent {

namespace {

namespace fs = std::filesystem;

bool put(const std::string &path, const std::string &text)
{
    const Fd fd(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    return fd && fchmod(fd.get(), 0644) == 0 && write(fd.get(), text.data(), text.size()) == ssize_t(text.size());
}

bool putAccounts(const std::string &dir)
{
    return put(dir + "/passwd",
               "app:x:1000:1000:Generated app:/tmp:/bin/sh\nnobody:x:65534:65534::/:/usr/sbin/nologin\n") &&
           put(dir + "/group", "app:x:1000:\nnogroup:x:65534:\n") &&
           put(dir + "/hosts", "127.0.0.1 localhost flotilla\n::1 localhost\n") &&
           put(dir + "/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n") && put(dir + "/empty", "");
}

/// What is missing on the host is missing inside; nothing here is needed by everything.
void copyFromHost(const std::string &dir)
{
    std::error_code ignored;
    fs::copy("/etc/ld.so.cache", dir + "/ld.so.cache", ignored);
    fs::copy("/etc/alternatives", dir + "/alternatives", fs::copy_options::copy_symlinks | fs::copy_options::recursive,
             ignored);
    fs::copy("/etc/localtime", dir + "/localtime", fs::copy_options::copy_symlinks, ignored);
    fs::create_directory(dir + "/ssl", ignored);
    fs::copy("/etc/ssl/openssl.cnf", dir + "/ssl/openssl.cnf", ignored);
    for (const char *name : {"", "/ssl", "/alternatives"})
        chmod((dir + name).c_str(), 0755);
}

std::string changeOf(const char *path)
{
    struct stat info
    {
    };
    return stat(path, &info) == 0 ? std::to_string(info.st_mtime) : "0";
}

} // namespace

bool prepareEtc(const std::string &root, std::string &path, Failure &failure)
{
    path = root + "/etc-2-" + changeOf("/etc/ld.so.cache") + '-' + changeOf("/etc/alternatives");
    if (access(path.c_str(), F_OK) == 0)
        return true;
    std::string draft = root + "/etc-XXXXXX";
    if (!mkdtemp(draft.data()))
        return failErrno(failure, "create a folder in", root);
    if (!putAccounts(draft))
        return failErrno(failure, "write to the folder", draft);
    copyFromHost(draft);
    if (rename(draft.c_str(), path.c_str()) != 0) { // somebody else was faster
        std::error_code ignored;
        fs::remove_all(draft, ignored);
    }
    return access(path.c_str(), F_OK) == 0 || failErrno(failure, "prepare the folder", path);
}

} // namespace Flotilla::Agent
