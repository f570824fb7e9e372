// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/compiler.h"

#include "backends/agent/serve/esbuildoutput.h"
#include "backends/agent/serve/importcheck.h"
#include "backends/agent/serve/page.h"
#include "backends/agent/serve/paths.h"
#include "backends/agent/serve/watchdog.h"
#include "backends/agent/serve/workspace.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t maxCompilerOutput = 256 * 1024;
constexpr std::size_t maxMetafileBytes = 4 << 20;
constexpr std::size_t maxSourceBytes = 1 << 20;
constexpr std::size_t maxScriptBytes = 16 << 20;
constexpr std::size_t maxExportsBytes = 4 << 20;
constexpr const char *scriptName = "app.js";
constexpr const char *stylesName = "app.css";
constexpr std::int64_t compileTimeoutMs = 30'000;
/// One thread: an app is small, and starting more of them takes esbuild longer than they save (measured: 16 instead of
/// 20 ms of processor time per build).
constexpr const char *oneThread = "GOMAXPROCS=1";
/// Go's runtime looks after its threads every 20 us at first; nobody needs that in 15 ms of work for one thread
/// (measured: 15 instead of 116 switches of context, a tenth less processor time).
constexpr unsigned long lazyTimersNs = 20'000'000;
constexpr const char *entryName = "flotilla-entry.tsx";
constexpr const char *metafileName = "meta.json";
constexpr const char *fixedArguments[] = {
    "--bundle",
    "--format=esm",
    "--platform=browser",
    "--target=chrome102",
    "--charset=utf8",
    "--jsx=automatic",
    "--entry-names=app",
    "--public-path=/",
    "--asset-names=assets/[name]-[hash]",
    "--packages=external",
    "--alias:@=./src",
    "--tsconfig-raw={}",
    "--define:process.env.NODE_ENV=\"production\"",
    "--define:process.env={}",
    "--define:import.meta.env={\"MODE\":\"production\",\"PROD\":true,\"DEV\":false,\"BASE_URL\":\"/\"}",
    "--loader:.js=jsx",
    "--loader:.svg=dataurl",
    "--loader:.md=text",
    "--log-limit=50",
    "--log-level=warning",
    "--color=false",
};
/// Where the maps are that esbuild makes when somebody wants them; making them takes 2 of its 15 ms.
constexpr const char *mapLinks[] = {"--footer:js=//# sourceMappingURL=app.js.map",
                                    "--footer:css=/*# sourceMappingURL=app.css.map */"};
constexpr const char *assetExtensions[] = {"png",   "jpg", "jpeg", "gif", "webp", "avif", "ico", "woff",
                                           "woff2", "ttf", "mp3",  "mp4", "wav",  "webm", "pdf"};

} // namespace

Compiler::Compiler(Loop &loop, Processes &processes, Watchdog &watchdog, const AppFolder &app, const Options &options,
                   const char *prefix)
    : m_loop(loop)
    , m_processes(processes)
    , m_watchdog(watchdog)
    , m_app(app)
    , m_options(options)
    , m_prefix(prefix)
{
}

Compiler::~Compiler() = default;

bool Compiler::isInstalled() const
{
    return ::access((m_options.runtimeDir + "/bin/esbuild").c_str(), X_OK) == 0;
}

void Compiler::run(const CompileJob &job, Done done)
{
    m_job = job;
    m_done = std::move(done);
    m_outputText.clear();
    m_killReason.clear();
    m_exited = false;
    m_listsImports = false;
    if (!isInstalled())
        return fail("The compiler for React apps is not installed in this sandbox");
    if (!makeFolder())
        return fail(std::string("The folder for the built app cannot be made: ") + std::strerror(errno));
    if (!startProcess())
        fail(std::string("The compiler cannot be started: ") + std::strerror(errno));
}

bool Compiler::makeFolder()
{
    if (!m_work) {
        ::mkdir(m_options.workDir.c_str(), 0700);
        m_work = openFolder(m_options.workDir);
    }
    m_distName = m_prefix + std::to_string(++m_run);
    removeTree(m_work.get(), m_distName);
    if (::mkdirat(m_work.get(), m_distName.c_str(), 0700) != 0)
        return false;
    m_dist = openBeneath(m_work.get(), m_distName, O_RDONLY | O_DIRECTORY);
    return bool(m_dist);
}

std::vector<std::string> Compiler::arguments() const
{
    const std::string dist = m_options.workDir + '/' + m_distName;
    std::vector<std::string> argv{m_options.runtimeDir + "/bin/esbuild"};
    if (m_job.main.empty())
        argv.insert(argv.end(), {"--loader=tsx", std::string("--sourcefile=") + entryName});
    else
        argv.push_back("./" + m_job.main);
    argv.push_back("--outdir=" + dist);
    if (m_listsImports)
        argv.push_back("--metafile=" + dist + '/' + metafileName);
    if (m_job.withMaps)
        argv.emplace_back("--sourcemap=external");
    argv.insert(argv.end(), std::begin(mapLinks), std::end(mapLinks));
    argv.insert(argv.end(), std::begin(fixedArguments), std::end(fixedArguments));
    for (const char *extension : assetExtensions)
        argv.push_back(std::string("--loader:.") + extension + "=file");
    return argv;
}

std::string Compiler::generatedEntry() const
{
    std::vector<std::string> styles;
    for (const char *style : {"src/index.css", "src/styles.css", "src/style.css", "src/globals.css"}) {
        if (m_app.exists(style))
            styles.emplace_back(style);
    }
    const std::string module = m_job.app.substr(0, m_job.app.rfind('.'));
    return entrySource(module, m_app.readSmall(m_job.app, maxSourceBytes), styles);
}

bool Compiler::startProcess()
{
    int in[2], out[2];
    if (::pipe2(in, O_CLOEXEC) != 0)
        return false;
    Fd inReader(in[0]), inWriter(in[1]);
    if (::pipe2(out, O_CLOEXEC) != 0)
        return false;
    Fd outReader(out[0]), outWriter(out[1]);
    ::fcntl(out[0], F_SETFL, O_NONBLOCK);
    if (m_job.main.empty() && !writeAll(in[1], generatedEntry())) // a few hundred bytes: a pipe holds them
        return false;
    inWriter.reset();
    m_marker = m_watchdog.newMarker();
    ProcessSpec spec{arguments(), m_app.path(), {"HOME=/tmp", oneThread}, m_marker, in[0], out[1], out[1]};
    spec.timerSlackNs = lazyTimersNs;
    const SpawnResult spawned = m_processes.start(spec, [this](const ProcessEnd &end) {
        m_end = end;
        m_exited = true;
        finishWhenOver();
    });
    if (spawned.pid < 0) {
        errno = spawned.error;
        return false;
    }
    watch(spawned.pid, std::move(outReader));
    return true;
}

void Compiler::watch(pid_t pid, Fd output)
{
    m_pid = pid;
    m_output = std::move(output);
    const auto kill = [this](const std::string &reason) {
        m_killReason = reason;
        killTree(m_pid, m_marker);
    };
    m_workload = m_watchdog.add({m_pid, m_marker, false, kill});
    m_loop.add(m_output.get(), EPOLLIN, [this](std::uint32_t) { readOutput(); });
    m_timeout = m_loop.after(compileTimeoutMs, [kill] { kill("timeout"); });
}

void Compiler::readOutput()
{
    std::array<char, 16 * 1024> buffer;
    const ssize_t count = ::read(m_output.get(), buffer.data(), buffer.size());
    if (count > 0) {
        m_outputText.append(buffer.data(), std::min(std::size_t(count), maxCompilerOutput - m_outputText.size()));
    } else if (count == 0 || errno != EAGAIN) {
        m_loop.remove(m_output.get());
        m_output.reset();
        finishWhenOver();
    }
}

void Compiler::finishWhenOver()
{
    if (!m_exited || m_output)
        return;
    if (m_listsImports || m_job.withMaps || m_end.exitCode != 0 || !mayImportUnavailable())
        return finish();
    cleanUp();
    m_exited = false;
    m_listsImports = true;
    if (!startProcess())
        fail(std::string("The compiler cannot be started: ") + std::strerror(errno));
}

std::vector<std::string> Compiler::availablePackages() const
{
    const Fd runtime = openFolder(m_options.runtimeDir);
    return importMapKeys(readSmallFile(runtime.get(), "importmap.json", 256 * 1024));
}

bool Compiler::mayImportUnavailable() const
{
    const std::string script = readSmallFile(m_dist.get(), scriptName, maxScriptBytes);
    const std::string styles = readSmallFile(m_dist.get(), stylesName, maxScriptBytes);
    const bool isWhole = !script.empty() && script.size() < maxScriptBytes && styles.size() < maxScriptBytes;
    return !isWhole || mayImportForeign(script, styles, availablePackages());
}

void Compiler::cleanUp()
{
    m_loop.cancel(m_timeout);
    m_watchdog.remove(m_workload);
    if (m_output)
        m_loop.remove(m_output.get());
    m_output.reset();
    m_pid = 0;
    std::string().swap(m_outputText);
}

void Compiler::cancel()
{
    if (m_pid == 0)
        return;
    m_processes.forget(m_pid);
    killTree(m_pid, m_marker);
    cleanUp();
    discard(m_distName);
}

void Compiler::discard(const std::string &distName)
{
    if (!distName.empty() && m_work)
        removeTree(m_work.get(), distName);
}

void Compiler::fail(const std::string &text)
{
    CompileResult failed;
    failed.text = text;
    m_done(std::move(failed));
}

void Compiler::finish()
{
    CompileResult finished = result();
    cleanUp();
    m_done(std::move(finished));
}

CompileResult Compiler::result()
{
    CompileResult finished;
    finished.diagnostics = parseEsbuildOutput(m_outputText);
    locate(finished.diagnostics);
    if (m_end.exitCode == 0) {
        addForeignImports(finished.diagnostics);
        addWrongNames(finished.diagnostics);
    }
    std::size_t errors = 0;
    for (const Diagnostic &diagnostic : finished.diagnostics)
        errors += diagnostic.error ? 1 : 0;
    finished.ok = m_end.exitCode == 0 && errors == 0;
    if (!finished.ok && !m_killReason.empty())
        finished.text = "The compiler was stopped: " + m_killReason;
    else if (!finished.ok && errors == 0)
        finished.text = "The compiler failed: " + clipped(m_outputText, maxDiagnosticText - 64);
    else if (!finished.ok)
        finished.text = std::to_string(errors) + (errors == 1 ? " build error" : " build errors");
    finished.distName = m_distName;
    finished.dist = std::move(m_dist);
    return finished;
}

void Compiler::locate(std::vector<Diagnostic> &diagnostics) const
{
    for (Diagnostic &diagnostic : diagnostics) {
        if (diagnostic.file == entryName) { // ours; the app's part in it is App
            diagnostic.file = m_job.app;
            diagnostic.line = diagnostic.column = 1;
        }
        if (isValidPath(diagnostic.file) && diagnostic.line > 0)
            locateInSource(diagnostic, m_app.readSmall(diagnostic.file, maxSourceBytes));
    }
}

void Compiler::addForeignImports(std::vector<Diagnostic> &diagnostics) const
{
    const std::vector<std::string> available = availablePackages();
    if (available.empty() || !m_listsImports)
        return;
    const std::string metafile = readSmallFile(m_dist.get(), metafileName, maxMetafileBytes);
    ::unlinkat(m_dist.get(), metafileName, 0);
    for (const ForeignImport &import : foreignImports(metafile, available)) {
        if (diagnostics.size() == maxDiagnostics)
            return;
        const bool isReadable = isValidPath(import.file);
        diagnostics.push_back(describeForeignImport(
            import, isReadable ? m_app.readSmall(import.file, maxSourceBytes) : std::string(), available));
    }
}

void Compiler::addWrongNames(std::vector<Diagnostic> &diagnostics) const
{
    const Fd runtime = openFolder(m_options.runtimeDir);
    const std::string exports = readSmallFile(runtime.get(), "exports.json", maxExportsBytes);
    const std::string script = readSmallFile(m_dist.get(), scriptName, maxScriptBytes);
    for (WrongName &wrong : wrongNames(script, exports)) {
        if (diagnostics.size() == maxDiagnostics)
            return;
        if (wrong.import.file == entryName)
            wrong.diagnostic.file = m_job.app;
        else if (isValidPath(wrong.import.file))
            placeNamedImport(wrong, m_app.readSmall(wrong.import.file, maxSourceBytes));
        diagnostics.push_back(std::move(wrong.diagnostic));
    }
}

} // namespace Flotilla::Agent
