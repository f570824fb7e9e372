// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/builder.h"
#include "backends/agent/serve/calls.h"
#include "backends/agent/serve/control.h"
#include "backends/agent/serve/parts.h"
#include "backends/agent/serve/paths.h"
#include "backends/agent/serve/workspace.h"

namespace Flotilla::Agent {

namespace {

/// Waits for a build; the host may go away meanwhile, the build goes on.
class BuildCall : public Call
{
public:
    explicit BuildCall(ControlConnection &connection)
        : m_connection(connection)
    {
    }
    ~BuildCall() override { m_connection.parts().builder.forget(this); }
    Outcome frame(const Frame &) override { return {"invalid", "this call takes no further frames"}; }

    void run()
    {
        ControlConnection &connection = m_connection;
        connection.parts().builder.build(this, [&connection](const BuildResult &result) {
            connection.finish({{"build", toJson(result)}});
        });
    }

private:
    ControlConnection &m_connection;
};

class ApplyCall : public Call
{
public:
    explicit ApplyCall(ControlConnection &connection)
        : m_connection(connection)
        , m_staging(connection.parts().app)
    {
    }
    ~ApplyCall() override { m_connection.parts().builder.forget(this); }

    Outcome begin(const Json &request);
    Outcome frame(const Frame &frame) override;

private:
    Outcome commit();

    ControlConnection &m_connection;
    Staging m_staging;
    bool m_build = false;
    bool m_committed = false;
};

Outcome readFiles(const Json &list, std::vector<IncomingFile> &files)
{
    if (!list.is_array() && !list.is_null())
        return {"invalid", "\"files\" is not a list"};
    if (list.size() > maxFiles)
        return {"limit", "an app has at most 2,000 files"};
    for (const Json &item : list) {
        IncomingFile file{stringOf(item, "path"), numberOf(item, "size", -1)};
        if (!isValidPath(file.path))
            return {"invalid", "this is no path of a file: " + clipped(file.path, 200)};
        if (file.size < 0 || file.size > maxFileBytes)
            return {"limit", file.path + " is larger than 8 MiB"};
        files.push_back(std::move(file));
    }
    return {};
}

Outcome readDeleted(const Json &list, std::vector<std::string> &deleted)
{
    if (list.size() > maxFiles)
        return {"limit", "an app has at most 2,000 files"};
    for (const Json &item : list) {
        if (!item.is_string() || !isValidPath(item.get_ref<const std::string &>()))
            return {"invalid", "\"delete\" holds something that is no path"};
        deleted.push_back(item.get<std::string>());
    }
    return {};
}

Outcome ApplyCall::begin(const Json &request)
{
    std::vector<IncomingFile> files;
    std::vector<std::string> deleted;
    if (const Outcome outcome = readFiles(memberOf(request, "files"), files); !outcome.ok())
        return outcome;
    if (const Outcome outcome = readDeleted(memberOf(request, "delete"), deleted); !outcome.ok())
        return outcome;
    m_build = boolOf(request, "build");
    if (const Outcome outcome = m_staging.begin(std::move(files), std::move(deleted), boolOf(request, "replace"));
        !outcome.ok())
        return outcome;
    return m_staging.complete() ? commit() : Outcome();
}

Outcome ApplyCall::frame(const Frame &frame)
{
    if (frame.type != 'B' || m_committed)
        return {"invalid", "only the announced bytes may follow"};
    const Outcome written = m_staging.write(frame.payload);
    return written.ok() && m_staging.complete() ? commit() : written;
}

Outcome ApplyCall::commit()
{
    m_committed = true;
    if (const Outcome outcome = m_staging.commit(); !outcome.ok())
        return outcome;
    ControlConnection &connection = m_connection;
    Builder &builder = connection.parts().builder;
    if (m_build)
        builder.build(this, [&connection](const BuildResult &result) {
            connection.finish({{"build", toJson(result)}});
        });
    else
        connection.finish({{"build", toJson(builder.last())}});
    return {};
}

} // namespace

void beginApply(ControlConnection &connection, const Json &request)
{
    auto call = std::make_unique<ApplyCall>(connection);
    ApplyCall &apply = *call;
    connection.start(std::move(call));
    if (const Outcome outcome = apply.begin(request); !outcome.ok())
        connection.fail(outcome);
}

void beginBuild(ControlConnection &connection)
{
    auto call = std::make_unique<BuildCall>(connection);
    BuildCall &build = *call;
    connection.start(std::move(call));
    build.run();
}

} // namespace Flotilla::Agent
