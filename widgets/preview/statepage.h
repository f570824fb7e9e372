// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/preview/previewscene.h"

#include <QPixmap>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Flotilla {

class BusyRing;

/// The page that stands in the preview when the app cannot be shown: icon or turning ring, words, steps, the place of a
/// build error, and at most two buttons. Over the dimmed last picture of the app where there is one.
class StatePage : public QWidget
{
    Q_OBJECT

public:
    explicit StatePage(QWidget *parent = nullptr);
    void setScene(const PreviewScene &scene, int lastGreen);
    void setLastFrame(const QPixmap &frame);
    QString title() const;

Q_SIGNALS:
    void triggered(Flotilla::PreviewScene::Action action);
    void openFile(const QString &path, int line);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void setupUi();
    void showSteps(int step);
    void showDiagnostics(const QList<Diagnostic> &diagnostics);

    QWidget *m_panel;
    QLabel *m_icon;
    BusyRing *m_ring;
    QLabel *m_title;
    QLabel *m_text;
    QWidget *m_steps;
    QWidget *m_diagnostics;
    QLabel *m_details;
    QPushButton *m_first;
    QPushButton *m_second;
    QPushButton *m_more;
    PreviewScene m_scene;
    QPixmap m_lastFrame;
};

} // namespace Flotilla
