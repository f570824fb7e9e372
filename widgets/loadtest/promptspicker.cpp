// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/promptspicker.h"

#include "backends/fleet/loadtest/loadprompts.h"
#include "widgets/common/controls.h"
#include "widgets/common/format.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

namespace Flotilla {

PromptsPicker::PromptsPicker(QWidget *parent)
    : QWidget(parent)
    , m_file(makeButton({}, QStringLiteral("promptsQPushButton")))
    , m_none(makeIconButton(QStringLiteral("close"), tr("Back to the built-in wishes"),
                            QStringLiteral("noPromptsQToolButton")))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::xs);
    layout->addWidget(m_file);
    layout->addWidget(m_none);
    m_file->setToolTip(tr("A text file, one wish a line. They are taken in turn."));
    connect(m_file, &QPushButton::clicked, this, &PromptsPicker::ask);
    connect(m_none, &QToolButton::clicked, this, [this] {
        setCurrent({});
        Q_EMIT chosen();
    });
    setFocusProxy(m_file);
    setCurrent({});
}

void PromptsPicker::setCurrent(const QStringList &prompts)
{
    m_prompts = prompts;
    m_file->setText(prompts.isEmpty() ? tr("Built-in, %1. Choose a file…").arg(formatCount(loadPromptCount()))
                                      : tr("%n of your own", nullptr, int(prompts.size())));
    m_none->setVisible(!prompts.isEmpty());
}

void PromptsPicker::open(const QString &path)
{
    const auto prompts = loadPromptsFromFile(path);
    if (!prompts.ok()) {
        Q_EMIT failed(prompts.error().text);
        return;
    }
    setCurrent(*prompts);
    Q_EMIT chosen();
}

void PromptsPicker::ask()
{
    auto *dialog = new QFileDialog(this, tr("Wishes, one a line"), {}, tr("Text files (*.txt *.md);;All files (*)"));
    dialog->setObjectName(QStringLiteral("promptsQFileDialog"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &PromptsPicker::open);
    dialog->open();
}

} // namespace Flotilla
