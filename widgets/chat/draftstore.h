// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace Flotilla {

/// What was typed but not sent, per app, in one small file. Written half a second after the last change.
class DraftStore : public QObject
{
    Q_OBJECT

public:
    explicit DraftStore(const QString &dataDir, QObject *parent = nullptr);
    ~DraftStore() override;
    QString draft(const AppId &app) const { return m_drafts.texts.value(app.value); }
    void setDraft(const AppId &app, const QString &text);
    /// Pictures are kept in memory only.
    QList<ImageBlock> images(const AppId &app) const { return m_drafts.images.value(app.value); }
    void setImages(const AppId &app, const QList<ImageBlock> &images);
    struct Drafts
    {
        QHash<QString, QString> texts;
        QHash<QString, QList<ImageBlock>> images;
    };
    const Drafts &drafts() const { return m_drafts; }
    void setDrafts(const Drafts &drafts); ///< in place of what is there

private:
    void load();
    void save();
    QString m_file; ///< empty: kept in memory only
    Drafts m_drafts;
    QTimer m_timer;
};

} // namespace Flotilla
