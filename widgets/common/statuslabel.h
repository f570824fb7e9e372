// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tokens.h"

#include <QWidget>

namespace Flotilla {

/// A dot and its word. Elides; the whole text is the tool tip then.
class StatusLabel : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLabel(QWidget *parent = nullptr);
    void setStatus(StatusKind kind, const QString &word);
    void setColored(bool colored); ///< the word in the dot's colour too
    StatusKind kind() const { return m_kind; }
    QString word() const { return m_word; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StatusKind m_kind = StatusKind::Idle;
    QString m_word;
    bool m_colored = false;
};

} // namespace Flotilla
