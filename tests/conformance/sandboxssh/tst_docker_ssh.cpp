// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/sandboxssh/containersshconformance.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    Flotilla::ContainerSshConformance test(Flotilla::ContainerEngine::Kind::Docker);
    return Flotilla::conformanceMain(test, argc, argv);
}
