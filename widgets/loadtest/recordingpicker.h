// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;
class QToolButton;

namespace Flotilla {

/// Whose answers a run replays: nobody's, or those of a file, which a click asks for or which is dropped on `dropArea`.
class RecordingPicker : public QWidget
{
    Q_OBJECT

public:
    explicit RecordingPicker(QWidget *dropArea, QWidget *parent = nullptr);
    void setCurrent(const QString &path);
    const QString &current() const { return m_path; }

Q_SIGNALS:
    void chosen(); ///< by the user

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void ask();
    void take(const QString &path);

    QString m_path;
    QPushButton *m_file;
    QToolButton *m_none;
};

} // namespace Flotilla
