// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projectservice.h"
#include "widgets/preview/pagescripts.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace Flotilla {

class Card;
class Chip;
class GrowingTextEdit;
class ImageAttachments;
class ModelPicker;
struct ModelChoice;

/// Where a change is asked for: text, pictures, a pointed-at element, the model, Build or Stop.
class Composer : public QWidget
{
    Q_OBJECT

public:
    explicit Composer(QWidget *parent = nullptr);

    QString draft() const;
    void setDraft(const QString &text);
    QString text() const; ///< what the field shows: the draft, or the message that is edited
    QList<ImageBlock> images() const;
    const PickedElement &picked() const { return m_element; }
    QList<ImageBlock> draftImages() const;
    void setDraftImages(const QList<ImageBlock> &images);
    void addImages(const QList<QImage> &images);
    void clear();
    /// What was sent is gone; after an edit the draft from before it is back.
    void forgetSent();
    void setRunning(bool running);
    void setModels(const QList<ModelChoice> &choices);
    void setModel(const QString &ref);
    QString model() const;
    void setNote(const QString &note); ///< budget or cost, under the field
    void setPicked(const PickedElement &element);
    void setPicking(bool picking);
    void setCanPick(bool can);
    /// Another text takes the place of an older message; Esc gives up.
    void beginEditing(qint64 message, const QString &text, const QList<ImageBlock> &images);
    qint64 editing() const { return m_editing; }
    void endEditing();
    void focusField();

Q_SIGNALS:
    void submitted(const Flotilla::Wish &wish);
    void stopRequested();
    void pickRequested(bool start);
    void modelChosen(const QString &ref);
    void settingsRequested();
    void draftChanged();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void setupUi();
    QWidget *makeRow();
    void submit();
    void updateButton();
    Wish wish() const;

    Card *m_card;
    QLabel *m_banner;
    GrowingTextEdit *m_field;
    ImageAttachments *m_images;
    Chip *m_point;
    Chip *m_picked;
    Chip *m_image;
    ModelPicker *m_models;
    QLabel *m_note;
    QPushButton *m_button;
    PickedElement m_element;
    QString m_kept; ///< the draft from before an edit
    QList<ImageBlock> m_keptImages;
    qint64 m_editing = 0;
    bool m_running = false;
    bool m_picking = false;
};

} // namespace Flotilla
