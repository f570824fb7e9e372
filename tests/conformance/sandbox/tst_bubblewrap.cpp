// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/host.h"
#include "tests/conformance/sandbox/sandboxconformance.h"
#include "tests/conformance/sandbox/subjects.h"

#include <QCoreApplication>

namespace Flotilla {

class TestBubblewrap : public SandboxConformance
{
    Q_OBJECT

protected:
    std::unique_ptr<SandboxBackend> makeBackend(Host *host, HttpClient *) override { return bubblewrapOn(host); }
};

} // namespace Flotilla

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    Flotilla::TestBubblewrap test;
    return Flotilla::conformanceMain(test, argc, argv);
}

#include "tst_bubblewrap.moc"
