// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/hostquestion.h"

#include <QObject>
#include <QQueue>

namespace Flotilla {

class HostSession;
class Sheet;

/// Shows what a host asks (its key, a passphrase, a password) as sheets over the window, one after the other. Closing
/// one refuses. Answers are handed on and forgotten.
class HostQuestions : public QObject
{
    Q_OBJECT

public:
    HostQuestions(HostSession *session, QWidget *over);

private:
    struct Waiting
    {
        quint64 id = 0;
        HostQuestion question;
    };
    void next();
    void askKey(const Waiting &waiting);
    void askWords(const Waiting &waiting);
    void answer(quint64 id, const HostAnswer &answer);

    HostSession *m_session;
    QWidget *m_over;
    QQueue<Waiting> m_waiting;
    bool m_asking = false;
};

} // namespace Flotilla
