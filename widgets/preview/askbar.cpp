// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/askbar.h"

#include "widgets/common/controls.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace Flotilla {

AskBar::AskBar(QWidget *parent)
    : QWidget(parent)
    , m_text(makeLabel({}))
    , m_yes(makeButton({}, QStringLiteral("askYesButton")))
    , m_no(makeButton(tr("Not now"), QStringLiteral("askNoButton"), ButtonKind::Quiet))
{
    setObjectName(QStringLiteral("previewAskBar"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Space::l, Space::s, Space::m, Space::s);
    row->addWidget(m_text, 1);
    row->addWidget(m_no);
    row->addWidget(m_yes);
    connect(m_yes, &QPushButton::clicked, this, [this] { answer(true); });
    connect(m_no, &QPushButton::clicked, this, [this] { answer(false); });
    hide();
}

void AskBar::ask(const QString &key, const QString &text, const QString &yes, std::function<void(bool)> answer)
{
    const bool known =
        std::any_of(m_questions.begin(), m_questions.end(), [&](const Question &q) { return q.key == key; });
    if (known || m_questions.size() >= MaxQuestions)
        return answer(false);
    m_questions.push_back({key, text, yes, std::move(answer)});
    showFront();
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
    m_questions.pop_front();
    showFront();
    question.answer(yes);
}

void AskBar::showFront()
{
    setVisible(!m_questions.empty());
    if (m_questions.empty())
        return;
    m_text->setText(m_questions.front().text);
    m_yes->setText(m_questions.front().yes);
}

void AskBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().accentSoft);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colors().border);
}

} // namespace Flotilla
