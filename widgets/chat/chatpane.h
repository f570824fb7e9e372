// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/chat/composer.h"
#include "widgets/chat/conversationmodel.h"
#include "widgets/chat/conversationview.h"

#include <QWidget>

class QStackedWidget;
class QPushButton;

namespace Flotilla {

/// Conversation above, composer below, and the button that jumps to the end.
class ChatPane : public QWidget
{
    Q_OBJECT

public:
    static constexpr int MinimumWidth = 320, PreferredWidth = 400, MaximumWidth = 560;

    explicit ChatPane(QWidget *parent = nullptr);
    ConversationModel *model() const { return m_model; }
    ConversationView *view() const { return m_view; }
    Composer *composer() const { return m_composer; }

    void setSummary(const AppSummary &app);
    void setVersions(const QList<VersionSummary> &versions);
    void editMessage(qint64 id);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void setupUi();
    void placeJump();
    void updateEmpty();
    void updateUseErrors();

    ConversationModel *m_model;
    ConversationView *m_view;
    QStackedWidget *m_stack;
    QPushButton *m_jump;
    Composer *m_composer;
    QHash<int, QString> m_useErrors; ///< by version
    int m_fixable = 0;
};

} // namespace Flotilla
