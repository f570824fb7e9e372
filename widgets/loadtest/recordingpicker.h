// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/loadtest/filechoice.h"

namespace Flotilla {

/// Whose answers a run replays: nobody's, or those of a file, which a click asks for or which is dropped on `dropArea`.
class RecordingPicker : public FileChoice
{
    Q_OBJECT

public:
    explicit RecordingPicker(QWidget *dropArea, QWidget *parent = nullptr);
    void setCurrent(const QString &path);
    const QString &current() const { return m_path; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void take(const QString &path) override;
    void takeBack() override;

    QString m_path;
};

} // namespace Flotilla
