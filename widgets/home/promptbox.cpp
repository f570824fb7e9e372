// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/promptbox.h"

#include "widgets/common/card.h"
#include "widgets/common/controls.h"
#include "widgets/common/flowlayout.h"
#include "widgets/common/format.h"
#include "widgets/common/growingtextedit.h"
#include "widgets/common/icons.h"
#include "widgets/common/imageattachments.h"
#include "widgets/common/theme.h"

#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace Flotilla {

namespace {
constexpr int mostVariants = 4;
// A guess, in tokens, of a usual first version: the system prompt and the wish in, the files out.
constexpr double usualInput = 6000;
constexpr double usualOutput = 7500;
constexpr double tokensPerImage = 1500;
} // namespace

std::optional<double> PromptBox::expectedCost(const std::optional<ModelChoice> &model, qsizetype promptLength,
                                              int images, int variants)
{
    if (!model || !model->price)
        return std::nullopt;
    const double input = usualInput + double(promptLength) / 4 + images * tokensPerImage;
    const double one = (input * model->price->input + usualOutput * model->price->output) / 1e6;
    return one * variants;
}

PromptBox::PromptBox(QWidget *parent)
    : QWidget(parent)
    , m_card(new Card)
    , m_field(new GrowingTextEdit(2, 10))
    , m_images(new ImageAttachments)
    , m_model(new ModelPicker)
    , m_host(new Chip(tr("This computer")))
    , m_imageChip(new Chip(tr("+ Image")))
    , m_variantsChip(new Chip({}))
    , m_cost(makeLabel({}, TextSize::Base, Tone::Muted))
    , m_build(makeButton(tr("Build  ⌃↵"), QStringLiteral("buildQPushButton"), ButtonKind::Primary))
{
    m_card->setField(m_field);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(new ShadowFrame(m_card, Metric::cardRadius));
    auto *layout = new QVBoxLayout(m_card);
    layout->setContentsMargins(Space::l, Space::l, Space::l, Space::m);
    layout->setSpacing(Space::s);
    layout->addWidget(m_field);
    layout->addWidget(m_images);
    layout->addWidget(chipRow());
    m_field->setObjectName(QStringLiteral("promptQPlainTextEdit"));
    m_field->setFont(Theme::instance().font(TextSize::Large));
    m_field->setPlaceholderText(tr("Describe an app: a habit tracker with a weekly chart, a quiz about moss…"));
    m_field->setAccessibleName(tr("What to build"));
    connect(m_field, &GrowingTextEdit::submitted, this, &PromptBox::build);
    connect(m_field, &GrowingTextEdit::textChanged, this, &PromptBox::refresh);
    connect(m_field, &GrowingTextEdit::imagesPasted, m_images, &ImageAttachments::add);
    connect(m_field, &GrowingTextEdit::focusChanged, m_card, &Card::setHighlighted);
    connect(m_images, &ImageAttachments::changed, this, &PromptBox::refresh);
    connect(m_imageChip, &Chip::clicked, m_images, &ImageAttachments::choose);
    connect(m_build, &QPushButton::clicked, this, &PromptBox::build);
    connect(m_model, &ModelPicker::chosen, this, &PromptBox::refresh);
    setVariants(1);
}

QWidget *PromptBox::chipRow()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::s);
    m_host->setStatic(true);
    m_imageChip->setObjectName(QStringLiteral("imageChip"));
    m_imageChip->setToolTip(tr("Add a picture: a sketch, a screenshot. You can also paste or drop one."));
    m_variantsChip->setObjectName(QStringLiteral("variantsChip"));
    m_variantsChip->setToolTip(tr("How many apps to make from this wish"));
    auto *menu = new QMenu;
    for (int count = 1; count <= mostVariants; ++count)
        connect(menu->addAction(tr("%n variant(s)", nullptr, count)), &QAction::triggered, this,
                [this, count] { setVariants(count); });
    m_variantsChip->setMenu(menu);
    for (QWidget *chip : std::initializer_list<QWidget *>{m_model, m_host, m_imageChip, m_variantsChip})
        layout->addWidget(chip);
    layout->addStretch();
    m_cost->setObjectName(QStringLiteral("costQLabel"));
    m_cost->setToolTip(tr("What a first version usually costs with this model"));
    layout->addWidget(m_cost);
    layout->addWidget(m_build);
    m_build->setToolTip(formatShortcut(QStringLiteral("Ctrl+Return")));
    m_build->setAccessibleName(tr("Build"));
    return row;
}

void PromptBox::setText(const QString &text)
{
    m_field->setPlainText(text);
    focusField();
    m_field->moveCursor(QTextCursor::End);
}

QString PromptBox::text() const
{
    return m_field->text();
}

Wish PromptBox::wish() const
{
    return {m_field->toPlainText(), m_model->current(), m_images->blocks()};
}

void PromptBox::setWish(const Wish &wish, int variants)
{
    m_field->setPlainText(wish.prompt);
    m_field->moveCursor(QTextCursor::End);
    m_images->setBlocks(wish.images);
    setVariants(variants);
}

void PromptBox::addImages(const QList<QImage> &images)
{
    m_images->add(images);
}

void PromptBox::chooseImages()
{
    m_images->choose();
}

void PromptBox::clear()
{
    m_field->clear();
    m_images->clear();
    setVariants(1);
}

void PromptBox::keyPressEvent(QKeyEvent *event)
{
    isSubmitKey(event) ? build() : QWidget::keyPressEvent(event);
}

void PromptBox::setBusy(bool busy)
{
    m_busy = busy;
    m_build->setText(busy ? tr("Starting…") : tr("Build  ⌃↵"));
    refresh();
}

void PromptBox::focusField()
{
    m_field->setFocus();
}

void PromptBox::setVariants(int count)
{
    m_variants = count;
    m_variantsChip->setText(tr("%n variant(s)", nullptr, count));
    m_variantsChip->updateGeometry();
    refresh();
}

void PromptBox::setBudget(double dollars)
{
    m_budget = dollars;
    refresh();
}

QString PromptBox::costText(const std::optional<double> &cost) const
{
    if (!cost)
        return {};
    if (*cost <= 0)
        return tr("Free");
    if (m_budget > 0 && *cost > m_budget * m_variants)
        return tr("≈ %1, stops at %2").arg(formatMoney(*cost), formatMoney(m_budget * m_variants));
    return tr("≈ %1").arg(formatMoney(*cost));
}

void PromptBox::refresh()
{
    const auto cost =
        expectedCost(m_model->currentChoice(), m_field->toPlainText().size(), m_images->count(), m_variants);
    m_cost->setText(costText(cost));
    m_cost->setToolTip(cost && *cost > 0
                           ? tr("An estimate: about %1 tokens read and %2 written, as a usual first version takes.")
                                 .arg(formatCount(qint64(usualInput)), formatCount(qint64(usualOutput)))
                           : QString());
    m_build->setEnabled(!m_busy && (!text().isEmpty() || m_images->count() > 0));
}

void PromptBox::build()
{
    if (!m_build->isEnabled())
        return;
    Wish wish = this->wish();
    wish.prompt = text().isEmpty() ? tr("Build what this picture shows.") : text();
    Q_EMIT buildRequested(wish, m_variants);
}

} // namespace Flotilla
