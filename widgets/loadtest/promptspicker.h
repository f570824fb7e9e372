// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QPushButton;
class QToolButton;

namespace Flotilla {

/// What the apps of a run are asked for: the built-in wishes, or those of a text file.
class PromptsPicker : public QWidget
{
    Q_OBJECT

public:
    explicit PromptsPicker(QWidget *parent = nullptr);
    void setCurrent(const QStringList &prompts); ///< none: the built-in ones
    const QStringList &current() const { return m_prompts; }
    void open(const QString &path);

Q_SIGNALS:
    void chosen(); ///< by the user
    void failed(const QString &sentence);

private:
    void ask();

    QStringList m_prompts;
    QPushButton *m_file;
    QToolButton *m_none;
};

} // namespace Flotilla
