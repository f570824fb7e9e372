// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <deque>
#include <functional>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace Flotilla {

/// A question of the page in a bar above it, one at a time; blocks nothing. Without an answer the answer is no.
class AskBar : public QWidget
{
    Q_OBJECT

public:
    struct Question
    {
        QString key; ///< one that still waits is not asked twice
        QString text;
        QString yes;
        QString no;                   ///< empty: something to read, with one button
        std::optional<QString> field; ///< a line of text to fill in, and what stands there already
        std::function<void(bool yes, const QString &text)> answer;
    };

    explicit AskBar(QWidget *parent = nullptr);
    void ask(Question question);
    void ask(const QString &key, const QString &text, const QString &yes, std::function<void(bool)> answer);
    bool takes(const QString &key) const; ///< or answers with no at once
    void cancelAll();                     ///< answers everything with no
    int waiting() const { return int(m_questions.size()); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void answer(bool yes);
    void showFront();
    void takeFocus();

    static constexpr int MaxQuestions = 5;
    static constexpr int MaxShown = 400; ///< characters
    QLabel *m_text;
    QLineEdit *m_field;
    QPushButton *m_yes;
    QPushButton *m_no;
    std::deque<Question> m_questions;
};

} // namespace Flotilla
