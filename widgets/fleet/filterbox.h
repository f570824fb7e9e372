// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/fleet/fleetfilter.h"

#include <QLineEdit>
#include <QTimer>

class QCompleter;
class QStringListModel;

namespace Flotilla {

/// Where the filter is typed. Completes keys, then the values there are (hosts, labels, states). What cannot be
/// understood is said by failed(), the last filter that could stays in force.
class FilterBox : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterBox(QWidget *parent = nullptr);
    void setHosts(const QStringList &labels) { m_hosts = labels; }
    void setLabels(const QStringList &labels) { m_labels = labels; }
    void setFilterText(const QString &text); ///< takes effect at once
    /// Replaces every term of `key` ("host:") by `value`; an empty value removes them.
    void setTerm(const QString &key, const QString &value);
    QString term(const QString &key) const; ///< the value of the first such term
    QStringList completions(const QString &word) const;

Q_SIGNALS:
    void filterChanged(const Flotilla::FleetFilter &filter);
    void failed(const QString &text); ///< empty: it is fine again
    void left();                      ///< downwards, to what it found

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QPair<int, int> wordAtCursor() const; ///< begin, length
    void complete();
    void insertCompletion(const QString &text);
    void apply();

    QCompleter *m_completer;
    QStringListModel *m_choices;
    QStringList m_hosts;
    QStringList m_labels;
    QTimer m_delay;
};

} // namespace Flotilla
