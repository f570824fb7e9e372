// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/containerprivate.h"

#include "backends/sandbox/doctortext.h"

namespace Flotilla {

namespace {

PreflightCheck check(const char *id, const QString &title, bool ok, const QString &text, const QString &remedy,
                     bool required = true)
{
    return {QLatin1String(id), title, ok, required, text, ok ? QString() : remedy};
}

QString whole(const Error &error)
{
    return QString(error.text + QLatin1Char(' ') + error.detail).trimmed().left(600);
}

PreflightCheck limits(const Result<void> &possible)
{
    return check("cgroup", DoctorText::tr("Hard limits"), possible.ok(),
                 possible ? DoctorText::tr("Memory, processes and processor time are capped.")
                          : whole(possible.error()),
                 DoctorText::tr("Use cgroup v2 with delegation for rootless engines, or the engine of the system."));
}

PreflightCheck privileges(const ContainerEngine &engine)
{
    return check("rootless", DoctorText::tr("Privileges of the engine"), engine.rootless,
                 engine.rootless ? DoctorText::tr("The engine runs without root.")
                                 : DoctorText::tr("The engine runs as root. Who may use its socket can become root."),
                 DoctorText::tr("Use rootless Podman, or rootless Docker: dockerd-rootless-setuptool.sh install"),
                 false);
}

} // namespace

ContainerBackend::Private::Task<QList<PreflightCheck>> ContainerBackend::Private::examine(Self self)
{
    QList<PreflightCheck> checks;
    const ContainerEngine engine = self->api->engine();
    Future<ContainerEngine> asked = EngineApi::identify(self->host, self->http, engine.socket, engine.kind);
    const Result<ContainerEngine> answer = co_await outcome(asked);
    if (!self->q)
        co_return closing();
    checks.append(
        check("engine", self->api->label(), answer.ok(),
              answer ? DoctorText::tr("Version %1 at %2.").arg(answer->version, engine.socket) : whole(answer.error()),
              self->api->isPodman() ? QStringLiteral("systemctl --user enable --now podman.socket")
                                    : QStringLiteral("sudo systemctl enable --now docker")));
    if (!answer)
        co_return checks;
    const Result<Ground> ground = co_await findGround(self);
    checks.append(limits(ground ? Status() : Status(ground.error())));
    checks.append(privileges(*answer));
    if (!ground)
        co_return checks;
    const Result<QString> base = co_await image(self, {});
    checks.append(check("image", DoctorText::tr("Base image"), base.ok(), base ? *base : whole(base.error()),
                        DoctorText::tr("Make room on the disk of the container engine, then try again.")));
    SandboxSpec spec;
    spec.id.value = QLatin1String("trial-") + newId();
    if (!self->q)
        co_return closing();
    Future<SandboxInfo> trial = self->q->create(spec);
    const Result<SandboxInfo> made = co_await outcome(trial);
    bool esbuild = false;
    if (made && self->q) {
        Future<QJsonObject> greeted = (*self->q->agent(spec.id))->hello();
        const Result<QJsonObject> hello = co_await outcome(greeted);
        esbuild = hello && (*hello)[QLatin1String("esbuild")].toBool();
    }
    if (!self->q)
        co_return closing();
    Future<void> ending = self->q->terminate(spec.id);
    co_await outcome(ending);
    checks.append(check("trial", DoctorText::tr("Trial sandbox"), made.ok(),
                        made ? DoctorText::tr("Started.") : whole(made.error()),
                        DoctorText::tr("Fix the points above first.")));
    if (made) // only a sandbox can look for it
        checks.append(check("esbuild", QStringLiteral("esbuild"), esbuild,
                            esbuild ? DoctorText::tr("React apps can be built.")
                                    : DoctorText::tr("The runtime in %1 has no esbuild.").arg(self->layout.runtime),
                            QStringLiteral("packaging/start --build-only")));
    co_return checks;
}

} // namespace Flotilla
