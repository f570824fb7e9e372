// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/hosts/hostquestions.h"

#include "widgets/common/icons.h"
#include "widgets/common/sheet.h"
#include "widgets/common/theme.h"
#include "widgets/hosts/hostsession.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

QLineEdit *answerField(const QString &prompt, bool visible, int number)
{
    auto *field = new QLineEdit;
    field->setObjectName(QStringLiteral("answer%1QLineEdit").arg(number));
    field->setAccessibleName(prompt);
    field->setEchoMode(visible ? QLineEdit::Normal : QLineEdit::Password);
    if (visible)
        return field;
    auto *reveal = field->addAction(icon("eye"), QLineEdit::TrailingPosition);
    reveal->setToolTip(HostQuestions::tr("Show what you typed"));
    QObject::connect(reveal, &QAction::triggered, field, [field] {
        field->setEchoMode(field->echoMode() == QLineEdit::Password ? QLineEdit::Normal : QLineEdit::Password);
    });
    return field;
}

} // namespace

HostQuestions::HostQuestions(HostSession *session, QWidget *over)
    : QObject(over)
    , m_session(session)
    , m_over(over)
{
    connect(session, &HostSession::asked, this, [this](quint64 id, const HostQuestion &question) {
        m_waiting.enqueue({id, question});
        next();
    });
}

void HostQuestions::next()
{
    if (m_asking || m_waiting.isEmpty())
        return;
    m_asking = true;
    const Waiting waiting = m_waiting.dequeue();
    if (waiting.question.kind == HostQuestion::Kind::UnknownHostKey)
        askKey(waiting);
    else
        askWords(waiting);
}

void HostQuestions::answer(quint64 id, const HostAnswer &answer)
{
    m_asking = false;
    m_session->answer(id, answer);
    next();
}

void HostQuestions::askKey(const Waiting &waiting)
{
    const HostQuestion &question = waiting.question;
    auto *sheet =
        new Sheet(m_over, question.title.isEmpty() ? tr("Is this %1?").arg(question.host) : question.title, 520);
    sheet->addText(question.text);
    auto *print = new QLabel(question.fingerprint);
    print->setObjectName(QStringLiteral("fingerprintQLabel"));
    print->setFont(Theme::instance().monospace(13));
    print->setWordWrap(true);
    print->setTextInteractionFlags(Qt::TextSelectableByMouse);
    print->setAccessibleName(tr("Fingerprint"));
    auto *copy = makeIconButton(QStringLiteral("copy"), tr("Copy the fingerprint"),
                                QStringLiteral("copyFingerprintQToolButton"));
    connect(copy, &QToolButton::clicked, sheet,
            [text = question.fingerprint] { QApplication::clipboard()->setText(text); });
    auto *row = new QHBoxLayout;
    row->addWidget(print, 1);
    row->addWidget(copy);
    sheet->body()->addLayout(row);
    sheet->addText(tr("If you go on, the key is remembered. Should it ever change, Flotilla refuses to connect and "
                      "says so."));
    QPushButton *trust = sheet->addButton(tr("Trust this key"), QStringLiteral("trustKeyQPushButton"));
    connect(trust, &QPushButton::clicked, this, [this, sheet, id = waiting.id] {
        sheet->close();
        answer(id, {true, {}});
    });
    connect(sheet, &Sheet::rejected, this, [this, id = waiting.id] { answer(id, {}); });
    sheet->open(sheet->cancelButton()); // Enter must not trust by accident
}

void HostQuestions::askWords(const Waiting &waiting)
{
    const HostQuestion &question = waiting.question;
    auto *sheet = new Sheet(m_over, question.title.isEmpty() ? question.host : question.title);
    if (!question.text.isEmpty())
        sheet->addText(question.text);
    QList<QLineEdit *> fields;
    QStringList prompts = question.prompts;
    if (prompts.isEmpty())
        prompts.append(question.kind == HostQuestion::Kind::Passphrase ? tr("Passphrase") : tr("Password"));
    for (int i = 0; i < prompts.size(); ++i) {
        sheet->body()->addWidget(makeLabel(prompts[i], TextSize::Base, Tone::Text));
        fields.append(answerField(prompts[i], question.visible.value(i, false), i));
        sheet->body()->addWidget(fields.last());
    }
    QPushButton *go =
        sheet->addButton(question.kind == HostQuestion::Kind::Passphrase ? tr("Unlock the key") : tr("Log in"),
                         QStringLiteral("answerQPushButton"), ButtonKind::Primary);
    connect(go, &QPushButton::clicked, this, [this, sheet, fields, id = waiting.id] {
        HostAnswer given{true, {}};
        for (QLineEdit *field : fields) {
            given.answers.append(field->text());
            field->clear();
        }
        sheet->close();
        answer(id, given);
    });
    connect(sheet, &Sheet::rejected, this, [this, id = waiting.id] { answer(id, {}); });
    sheet->open(fields.first());
}

} // namespace Flotilla
