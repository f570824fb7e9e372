// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"
#include "backends/hosts/ssh/helperframes.h"

namespace Flotilla {

class SshLink;

/// The helper of one connection (`flotilla-agent host`): starts it on the host, holds it while this object lives, and
/// starts another when it ended, a few times. Programs go through socket() meanwhile. Service thread.
class HostHelper : public QObject
{
    Q_OBJECT

public:
    HostHelper(std::shared_ptr<SshLink> link, QString label, QString folder, QObject *parent = nullptr);
    void start(const QString &agent);           ///< the checked program on the host; once
    QString socket() const { return m_socket; } ///< empty: none listens (yet)

private:
    void launch();
    void hold(const QString &socket);
    void held(const QString &socket, const std::shared_ptr<QIODevice> &stream);
    void readAnswer(const QString &socket);
    void lost();

    std::shared_ptr<SshLink> m_link;
    QString m_label;
    QString m_folder;
    QString m_agent;
    QString m_socket;
    std::shared_ptr<QIODevice> m_hold;
    HelperFrames::Decoder m_decoder;
    bool m_answered = false;
    int m_starts = 0;
};

} // namespace Flotilla
