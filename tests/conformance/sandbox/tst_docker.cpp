// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/sandbox/containerconformance.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    Flotilla::ContainerConformance test(Flotilla::ContainerEngine::Kind::Docker);
    return Flotilla::conformanceMain(test, argc, argv);
}
