// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/build.h"
#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/loop.h"
#include "backends/agent/serve/process.h"

#include <functional>
#include <string>
#include <vector>

namespace Flotilla::Agent {

class AppFolder;
class Watchdog;

struct CompileJob
{
    std::string main;      ///< the app's own entry; empty: one is made that mounts `app`
    std::string app;       ///< "src/App.tsx"
    bool withMaps = false; ///< app.js.map and app.css.map, too
};

struct CompileResult
{
    bool ok = false;
    std::string text; ///< why there is no diagnostic, in a sentence
    std::vector<Diagnostic> diagnostics;
    std::string distName;
    Fd dist;
};

/// Runs esbuild over a react app, one run at a time, into a new folder `prefix`N per run.
class Compiler
{
public:
    using Done = std::function<void(CompileResult)>;

    Compiler(Loop &loop, Processes &processes, Watchdog &watchdog, const AppFolder &app, const Options &options,
             const char *prefix);
    ~Compiler();
    [[nodiscard]] bool isInstalled() const;
    /// `done` is called once unless cancel() comes first. It may be called before this returns.
    void run(const CompileJob &job, Done done);
    void cancel();
    void discard(const std::string &distName);

private:
    bool makeFolder();
    bool startProcess();
    void watch(pid_t pid, Fd output);
    std::vector<std::string> arguments() const;
    std::string generatedEntry() const;
    void readOutput();
    void finishWhenOver();
    std::vector<std::string> availablePackages() const;
    bool mayImportUnavailable() const;
    void finish();
    void fail(const std::string &text);
    void cleanUp();
    CompileResult result();
    void locate(std::vector<Diagnostic> &diagnostics) const;
    void addForeignImports(std::vector<Diagnostic> &diagnostics) const;
    void addWrongNames(std::vector<Diagnostic> &diagnostics) const;

    Loop &m_loop;
    Processes &m_processes;
    Watchdog &m_watchdog;
    const AppFolder &m_app;
    const Options &m_options;
    const char *m_prefix;
    CompileJob m_job;
    bool m_listsImports = false; ///< in a second run, when the built files of the first may load an unknown package
    Done m_done;
    Fd m_work;
    Fd m_dist;
    std::string m_distName;
    int m_run = 0;
    pid_t m_pid = 0;
    bool m_exited = false;
    ProcessEnd m_end;
    std::string m_marker;
    int m_workload = 0;
    std::string m_killReason;
    Fd m_output;
    std::string m_outputText;
    Loop::TimerId m_timeout = 0;
};

} // namespace Flotilla::Agent
