// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QWidget>

class QLabel;
class QPushButton;

namespace Flotilla {

class VersionModel;

/// The row of version pictures under the preview. A click looks at one, "Restore" goes there.
class VersionStrip : public QWidget
{
    Q_OBJECT

public:
    explicit VersionStrip(VersionModel *model, QWidget *parent = nullptr);
    void setLooking(int version); ///< 0: at the app as it is
    int looking() const { return m_looking; }

Q_SIGNALS:
    void lookRequested(int version); ///< 0: back to the app
    void restoreRequested(int version);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void setupUi();
    void updateButtons();

    VersionModel *m_model;
    QListView *m_list;
    QLabel *m_note;
    QPushButton *m_restore;
    QPushButton *m_leave;
    int m_looking = 0;
};

} // namespace Flotilla
