// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;
class QToolButton;

namespace Flotilla {

/// One row of a form: a button that says which file was chosen and asks for another one, and a cross that takes it
/// back.
class FileChoice : public QWidget
{
    Q_OBJECT

public:
    struct Words
    {
        QString name; ///< of its parts for tests: "recording" is recordingQPushButton and so on
        QString title;
        QString filter;
        QString back; ///< what the cross does
    };
    explicit FileChoice(Words words, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(); ///< by the user
    void failed(const QString &sentence);

protected:
    /// Whether there is a file to take back.
    void say(const QString &text, const QString &toolTip, bool taken);
    void setFolder(const QString &folder) { m_folder = folder; } ///< where the question for a file begins

    virtual void take(const QString &path) = 0;
    virtual void takeBack() = 0;

private:
    void ask();

    Words m_words;
    QString m_folder;
    QPushButton *m_file;
    QToolButton *m_none;
};

} // namespace Flotilla
