// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projectservice.h"
#include "widgets/common/modelpicker.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace Flotilla {

class Card;
class GrowingTextEdit;
class ImageAttachments;

/// The one field of Home: a wish, its pictures, model, host and number of variants, what it will cost, and Build.
class PromptBox : public QWidget
{
    Q_OBJECT

public:
    explicit PromptBox(QWidget *parent = nullptr);

    ModelPicker *modelPicker() const { return m_model; }
    void setText(const QString &text); ///< and puts the cursor at its end
    QString text() const;
    Wish wish() const; ///< as it stands, without what Build adds
    void setWish(const Wish &wish, int variants);
    void addImages(const QList<QImage> &images);
    void chooseImages();
    void clear();
    void setBusy(bool busy); ///< the wish is on its way
    void focusField();
    int variants() const { return m_variants; }
    void setBudget(double dollars); ///< of one wish; 0: none. Said beside a wish that usually costs more

    /// What a first version usually costs with this model; nothing when the price is not known.
    static std::optional<double> expectedCost(const std::optional<ModelChoice> &model, qsizetype promptLength,
                                              int images, int variants);

Q_SIGNALS:
    void buildRequested(const Flotilla::Wish &wish, int variants);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *chipRow();
    void setVariants(int count);
    void build();
    void refresh();
    QString costText(const std::optional<double> &cost) const;

    Card *m_card;
    GrowingTextEdit *m_field;
    ImageAttachments *m_images;
    ModelPicker *m_model;
    Chip *m_host;
    Chip *m_imageChip;
    Chip *m_variantsChip;
    QLabel *m_cost;
    QPushButton *m_build;
    int m_variants = 1;
    double m_budget = 0;
    bool m_busy = false;
};

} // namespace Flotilla
