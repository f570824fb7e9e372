// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/filechoice.h"

#include "widgets/common/controls.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

namespace Flotilla {

FileChoice::FileChoice(Words words, QWidget *parent)
    : QWidget(parent)
    , m_words(std::move(words))
    , m_file(makeButton({}, m_words.name + QLatin1String("QPushButton")))
    , m_none(makeIconButton(
          QStringLiteral("close"), m_words.back,
          QStringLiteral("no%1%2QToolButton").arg(m_words.name.at(0).toUpper()).arg(m_words.name.mid(1))))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::xs);
    layout->addWidget(m_file);
    layout->addWidget(m_none);
    connect(m_file, &QPushButton::clicked, this, &FileChoice::ask);
    connect(m_none, &QToolButton::clicked, this, [this] { takeBack(); });
    setFocusProxy(m_file);
}

void FileChoice::say(const QString &text, const QString &toolTip, bool taken)
{
    m_file->setText(text);
    m_file->setToolTip(toolTip);
    m_none->setVisible(taken);
}

void FileChoice::ask()
{
    auto *dialog = new QFileDialog(this, m_words.title, m_folder, m_words.filter);
    dialog->setObjectName(m_words.name + QLatin1String("QFileDialog"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) { take(path); });
    dialog->open();
}

} // namespace Flotilla
