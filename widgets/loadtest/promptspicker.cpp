// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/promptspicker.h"

#include "backends/fleet/loadtest/loadprompts.h"
#include "widgets/common/format.h"

#include <QFileInfo>

namespace Flotilla {

PromptsPicker::PromptsPicker(QWidget *parent)
    : FileChoice({QStringLiteral("prompts"), tr("Wishes, one a line"), tr("Text files (*.txt *.md);;All files (*)"),
                  tr("Back to the built-in wishes")},
                 parent)
{
    setCurrent({});
}

void PromptsPicker::setCurrent(const QStringList &prompts)
{
    m_prompts = prompts;
    say(prompts.isEmpty() ? tr("Built-in, %1. Choose a file…").arg(formatCount(loadPromptCount()))
                          : tr("%n of your own", nullptr, int(prompts.size())),
        tr("A text file, one wish a line. They are taken in turn."), !prompts.isEmpty());
}

void PromptsPicker::take(const QString &path)
{
    const auto prompts = loadPromptsFromFile(path);
    if (!prompts.ok()) {
        Q_EMIT failed(prompts.error().text);
        return;
    }
    setFolder(QFileInfo(path).absolutePath());
    setCurrent(*prompts);
    Q_EMIT chosen();
}

void PromptsPicker::takeBack()
{
    setCurrent({});
    Q_EMIT chosen();
}

} // namespace Flotilla
