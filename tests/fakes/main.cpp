// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fakes/fakellmserver.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

using namespace Flotilla;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("port"), QStringLiteral("port on 127.0.0.1; 0 chooses one"),
                      QStringLiteral("port"), QStringLiteral("0")});
    parser.addPositionalArgument(QStringLiteral("script"),
                                 QStringLiteral("JSON script, see README.md; without it every answer is Hello."));
    parser.process(app);
    QTextStream out(stdout);
    QTextStream err(stderr);

    FakeScript script = FakeScript::saying(QStringLiteral("Hello."));
    if (!parser.positionalArguments().isEmpty()) {
        QFile file(parser.positionalArguments().first());
        QString error = file.open(QIODevice::ReadOnly) ? QString() : file.errorString();
        if (error.isEmpty())
            script = FakeScript::fromJson(file.readAll(), &error);
        if (!error.isEmpty()) {
            err << "fake-llm-server: " << error << Qt::endl;
            return 1;
        }
    }
    FakeLlmServer server;
    server.setScript(script);
    if (!server.listen(quint16(parser.value(QStringLiteral("port")).toUInt()))) {
        err << "fake-llm-server: the port is taken" << Qt::endl;
        return 1;
    }
    out << server.port() << Qt::endl;
    return QCoreApplication::exec();
}
