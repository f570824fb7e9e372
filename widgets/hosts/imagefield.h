// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"
#include "backends/core/result.h"
#include "backends/sandbox/imagebuild.h"

#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace Flotilla {

class HostSession;

/// The name of a container image, or a new one: Build… takes a folder with a Containerfile, which may be dropped on the
/// field as well. What is built shows below the field, with Cancel, and puts its name into it. A build ends with the
/// field.
class ImageField : public QWidget
{
    Q_OBJECT

public:
    /// Where an image is built now.
    struct Place
    {
        HostId host;     ///< empty: nowhere
        QString backend; ///< empty: the host's engine
        QString problem; ///< why nowhere
    };
    ImageField(HostSession *session, std::function<Place()> place, QWidget *parent = nullptr);
    ~ImageField() override;

    QString text() const;
    void setText(const QString &text);
    QLineEdit *edit() const { return m_edit; }
    bool isBuilding() const { return !m_job.isEmpty(); }
    /// `file` empty: Containerfile, else Dockerfile.
    void build(const QString &folder, const QString &file = {});
    void refresh(); ///< the place may have changed

Q_SIGNALS:
    void changed(); ///< its text, or whether something is being built

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeBuildPanel();
    void chooseFolder();
    void show(const BuildProgress &progress);
    void finish(const Result<BuiltImage> &built);
    void cancel();
    void setOutputShown(bool shown);

    HostSession *m_session;
    std::function<Place()> m_place;
    QLineEdit *m_edit;
    QPushButton *m_build;
    QWidget *m_panel;
    QLabel *m_state;
    QProgressBar *m_bar;
    QPushButton *m_more;
    QPushButton *m_cancel;
    QPlainTextEdit *m_output;
    QString m_job; ///< empty: nothing is being built
};

} // namespace Flotilla
