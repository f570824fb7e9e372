// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/loadtest/filechoice.h"

#include <QStringList>

namespace Flotilla {

/// What the apps of a run are asked for: the built-in wishes, or those of a text file.
class PromptsPicker : public FileChoice
{
    Q_OBJECT

public:
    explicit PromptsPicker(QWidget *parent = nullptr);
    void setCurrent(const QStringList &prompts); ///< none: the built-in ones
    const QStringList &current() const { return m_prompts; }
    void take(const QString &path) override;

private:
    void takeBack() override;

    QStringList m_prompts;
};

} // namespace Flotilla
