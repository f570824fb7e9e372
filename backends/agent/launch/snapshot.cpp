// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/snapshot.h"

#include "backends/agent/launch/agentline.h"
#include "backends/agent/launch/hostprocess.h"
#include "backends/agent/launch/launchspec.h"
#include "backends/agent/launch/sandboxfolder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace Flotilla::Agent {

namespace {

constexpr int transferMs = 120'000;
constexpr std::int64_t maxArchive = std::int64_t(16) << 30;

std::int64_t nowInMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

bool writeBytes(const Fd &fd, const std::string &bytes)
{
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t size = write(fd.get(), bytes.data() + done, bytes.size() - done);
        if (size <= 0)
            return false;
        done += std::size_t(size);
    }
    return true;
}

void removeFolder(const std::string &path)
{
    for (const char *name : {"/files.tar", "/snapshot.json"})
        unlink((path + name).c_str());
    rmdir(path.c_str());
}

/// What the limits of the sandbox allow, and a little for headers.
std::int64_t mostBytes(const Json &label)
{
    const Json &limits = memberOf(label, "limits");
    const std::int64_t files = numberOf(limits, "workspace_bytes") + numberOf(limits, "data_bytes");
    return files <= 0 ? maxArchive : std::min(maxArchive, files + files / 4 + (std::int64_t(128) << 20));
}

bool receiveArchive(AgentLine &line, const Fd &file, std::int64_t most, std::int64_t &bytes, Failure &failure)
{
    Frame frame;
    Json answer;
    while (line.receive(frame, failure)) {
        if (frame.type != 'B')
            return AgentLine::isGood(frame, answer, failure);
        bytes += std::int64_t(frame.payload.size());
        if (bytes > most)
            return fail(failure, "internal", "The sandbox sent more than it may hold.");
        if (!writeBytes(file, frame.payload))
            return failWrite(failure, "the snapshot");
    }
    return false;
}

bool writeSnapshot(const SnapshotRequest &request, const std::string &draft, Json &meta, Failure &failure)
{
    const Json label = SandboxFolder::readLabel(request.root, request.sandbox);
    const Fd file(open((draft + "/files.tar").c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file)
        return failWrite(failure, draft);
    AgentLine line(request.root + "/sb/" + request.sandbox + "/control.sock", transferMs);
    std::int64_t bytes = 0;
    if (!line.send('J', R"({"op":"export"})", failure) || !receiveArchive(line, file, mostBytes(label), bytes, failure))
        return false;
    meta = request.meta.is_object() ? request.meta : Json::object();
    meta["id"] = request.snapshot;
    meta["sandbox"] = request.sandbox;
    meta["bytes"] = bytes;
    meta["created_ms"] = nowInMs();
    const Fd text(open((draft + "/snapshot.json").c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!text || !writeBytes(text, dump(meta)) || fsync(file.get()) != 0 || fsync(text.get()) != 0)
        return failWrite(failure, draft);
    return true;
}

Json readMeta(const std::string &folder, const std::string &id)
{
    const Json meta = parseJson(readSmallFile(folder + '/' + id + "/snapshot.json"));
    return stringOf(meta, "id") == id ? meta : Json();
}

} // namespace

bool parseSnapshotRequest(const std::string &text, SnapshotRequest &request, Failure &failure)
{
    const Json json = parseJson(text);
    request.root = stringOf(json, "root");
    request.sandbox = stringOf(json, "sandbox");
    request.folder = stringOf(json, "folder");
    request.snapshot = stringOf(json, "snapshot");
    request.meta = memberOf(json, "meta");
    for (const std::string *path : {&request.root, &request.folder}) {
        if (path->empty() || (*path)[0] != '/' || path->size() > 1024 || path->find('\0') != std::string::npos)
            return fail(failure, "invalid", "A path of the snapshot is not absolute.", *path);
    }
    if (!isSafeId(request.sandbox) || !isSafeId(request.snapshot))
        return fail(failure, "invalid", "The name of the snapshot is not acceptable.", request.snapshot);
    return true;
}

bool takeSnapshot(const SnapshotRequest &request, Json &answer, Failure &failure)
{
    if (!makePrivateFolder(request.folder, failure))
        return false;
    answer = readMeta(request.folder, request.snapshot);
    if (answer.is_object())
        return true;
    const std::string draft = request.folder + "/.draft-" + request.snapshot + '-' + std::to_string(getpid());
    if (mkdir(draft.c_str(), 0700) != 0)
        return failWrite(failure, draft);
    if (!writeSnapshot(request, draft, answer, failure)) {
        removeFolder(draft);
        return false;
    }
    if (rename(draft.c_str(), (request.folder + '/' + request.snapshot).c_str()) == 0)
        return true;
    removeFolder(draft); // somebody else was faster
    answer = readMeta(request.folder, request.snapshot);
    return answer.is_object() || failErrno(failure, "keep the snapshot in", request.folder);
}

bool fillFromSnapshot(const std::string &control, const std::string &folder, const std::string &snapshot,
                      Failure &failure)
{
    const std::string path = folder + '/' + snapshot + "/files.tar";
    const Fd file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file)
        return fail(failure, "not-found", "The snapshot is not there any more.", path);
    AgentLine line(control, transferMs);
    if (!line.send('J', R"({"op":"import","build":true})", failure))
        return false;
    std::string chunk(256 * 1024, '\0');
    for (ssize_t size = 0; (size = read(file.get(), chunk.data(), chunk.size())) > 0;) {
        if (!line.send('B', {chunk.data(), std::size_t(size)}, failure))
            return false;
    }
    if (!line.send('B', {}, failure)) // the end
        return false;
    Frame frame;
    Json answer;
    return line.receive(frame, failure) && AgentLine::isGood(frame, answer, failure);
}

bool restoreSnapshot(const SnapshotRequest &request, Json &answer, Failure &failure)
{
    auto folder = SandboxFolder::lock(request.root, request.sandbox, false, failure);
    if (!folder)
        return failure.kind.empty() ? fail(failure, "not-found", "The sandbox does not run.") : false;
    if (!fillFromSnapshot(folder->path() + "/control.sock", request.folder, request.snapshot, failure))
        return false;
    Json label = folder->label();
    label["restored"] = true;
    answer = Json::object();
    return folder->saveLabel(label) || failErrno(failure, "write the label in", folder->path());
}

Json listSnapshots(const std::string &folder)
{
    Json list = Json::array();
    DIR *dir = opendir(folder.c_str());
    while (const dirent *entry = dir ? readdir(dir) : nullptr) {
        if (!isSafeId(entry->d_name))
            continue;
        if (Json meta = readMeta(folder, entry->d_name); meta.is_object())
            list.push_back(std::move(meta));
    }
    if (dir)
        closedir(dir);
    return list;
}

bool removeSnapshots(const std::string &folder, const std::vector<std::string> &ids, Failure &failure)
{
    for (const std::string &id : ids) {
        std::string path = folder;
        path.append(1, '/').append(id);
        removeFolder(path);
        if (access(path.c_str(), F_OK) == 0)
            return failErrno(failure, "remove", path);
    }
    return true;
}

} // namespace Flotilla::Agent
