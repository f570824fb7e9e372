// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <deque>
#include <functional>

class QLabel;
class QPushButton;

namespace Flotilla {

/// A question of the page in a bar above it, one at a time; blocks nothing. Without an answer the answer is no.
class AskBar : public QWidget
{
    Q_OBJECT

public:
    explicit AskBar(QWidget *parent = nullptr);
    /// A question with the same `key` that still waits is not asked twice.
    void ask(const QString &key, const QString &text, const QString &yes, std::function<void(bool)> answer);
    void cancelAll(); ///< answers everything with no
    int waiting() const { return int(m_questions.size()); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Question
    {
        QString key;
        QString text;
        QString yes;
        std::function<void(bool)> answer;
    };
    void answer(bool yes);
    void showFront();

    static constexpr int MaxQuestions = 5;
    QLabel *m_text;
    QPushButton *m_yes;
    QPushButton *m_no;
    std::deque<Question> m_questions;
};

} // namespace Flotilla
