// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/askbar.h"

#include "widgets/common/controls.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace Flotilla {

AskBar::AskBar(QWidget *parent)
    : QWidget(parent)
    , m_text(makeLabel({}))
    , m_field(new QLineEdit)
    , m_yes(makeButton({}, QStringLiteral("askYesButton")))
    , m_no(makeButton({}, QStringLiteral("askNoButton"), ButtonKind::Quiet))
{
    setObjectName(QStringLiteral("previewAskBar"));
    m_text->setObjectName(QStringLiteral("askText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_field->setObjectName(QStringLiteral("askField"));
    m_field->setAccessibleName(tr("Your answer"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Space::l, Space::s, Space::m, Space::s);
    row->setSpacing(Space::s);
    row->addWidget(m_text, 3);
    row->addWidget(m_field, 2);
    row->addWidget(m_no);
    row->addWidget(m_yes);
    connect(m_yes, &QPushButton::clicked, this, [this] { answer(true); });
    connect(m_no, &QPushButton::clicked, this, [this] { answer(false); });
    connect(m_field, &QLineEdit::returnPressed, this, [this] { answer(true); });
    hide();
}

bool AskBar::takes(const QString &key) const
{
    return m_questions.size() < MaxQuestions &&
           std::none_of(m_questions.begin(), m_questions.end(), [&](const Question &one) { return one.key == key; });
}

void AskBar::ask(Question question)
{
    if (!takes(question.key))
        return question.answer(false, {});
    m_questions.push_back(std::move(question));
    if (m_questions.size() == 1)
        showFront();
}

void AskBar::ask(const QString &key, const QString &text, const QString &yes, std::function<void(bool)> answer)
{
    ask({key, text, yes, tr("Not now"), std::nullopt,
         [answer = std::move(answer)](bool agreed, const QString &) { answer(agreed); }});
}

void AskBar::cancelAll()
{
    while (!m_questions.empty())
        answer(false);
}

void AskBar::answer(bool yes)
{
    if (m_questions.empty())
        return;
    const Question question = std::move(m_questions.front());
    const QString text = m_field->text();
    m_questions.pop_front();
    showFront();
    question.answer(yes, question.field ? text : QString());
}

void AskBar::showFront()
{
    setVisible(!m_questions.empty());
    if (m_questions.empty())
        return;
    const Question &question = m_questions.front();
    m_text->setText(question.text.size() > MaxShown ? question.text.left(MaxShown) + QChar(0x2026) : question.text);
    m_field->setVisible(question.field.has_value());
    m_field->setText(question.field.value_or(QString()));
    m_yes->setText(question.yes);
    m_no->setText(question.no);
    m_no->setVisible(!question.no.isEmpty());
    takeFocus();
}

/// From the page, which waits for the answer; never from somebody who types in the chat.
void AskBar::takeFocus()
{
    const QWidget *focus = QApplication::focusWidget();
    if (!focus || !parentWidget() || !parentWidget()->isAncestorOf(focus))
        return;
    m_field->isVisibleTo(this) ? m_field->setFocus() : m_yes->setFocus();
    m_field->selectAll();
}

void AskBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        return answer(false);
    QWidget::keyPressEvent(event);
}

void AskBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().accentSoft);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colors().border);
}

} // namespace Flotilla
