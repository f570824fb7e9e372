// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/composer.h"

#include "widgets/common/card.h"
#include "widgets/common/chip.h"
#include "widgets/common/controls.h"
#include "widgets/common/format.h"
#include "widgets/common/growingtextedit.h"
#include "widgets/common/icons.h"
#include "widgets/common/imageattachments.h"
#include "widgets/common/modelpicker.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>

namespace Flotilla {

namespace {
constexpr int MinLines = 2;
constexpr int MaxLines = 10;
constexpr int ModelChipText = 84;
} // namespace

Composer::Composer(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("composer"));
    setupUi();
    connect(m_field, &GrowingTextEdit::submitted, this, &Composer::submit);
    connect(m_field, &GrowingTextEdit::imagesPasted, m_images, &ImageAttachments::add);
    connect(m_field, &GrowingTextEdit::focusChanged, m_card, &Card::setHighlighted);
    connect(m_field, &QPlainTextEdit::textChanged, this, [this] {
        updateButton();
        if (m_editing == 0)
            Q_EMIT draftChanged();
    });
    connect(m_images, &ImageAttachments::changed, this, &Composer::updateButton);
    connect(m_image, &Chip::clicked, m_images, &ImageAttachments::choose);
    connect(m_point, &Chip::clicked, this, [this] { Q_EMIT pickRequested(!m_picking); });
    connect(m_picked, &Chip::clicked, this, [this] { setPicked({}); });
    connect(m_models, &ModelPicker::chosen, this, &Composer::modelChosen);
    connect(m_models, &ModelPicker::settingsRequested, this, &Composer::settingsRequested);
    connect(&Theme::instance(), &Theme::changed, this, &Composer::updateButton);
    connect(m_button, &QPushButton::clicked, this, [this] { m_running ? Q_EMIT stopRequested() : submit(); });
    updateButton();
}

void Composer::setupUi()
{
    m_card = new Card(this, Card::Fill::Window);
    m_field = new GrowingTextEdit(MinLines, MaxLines);
    m_card->setField(m_field);
    m_banner = makeLabel(tr("Editing an earlier message. What came after it is replaced. Esc gives up."),
                         TextSize::Small, Tone::Muted);
    m_banner->setObjectName(QStringLiteral("editBanner"));
    m_banner->setWordWrap(true);
    m_banner->hide();
    m_field->setObjectName(QStringLiteral("composerField"));
    m_field->setAccessibleName(tr("Your wish"));
    m_field->setPlaceholderText(tr("Ask for a change, or point at something in the preview"));
    m_images = new ImageAttachments;
    m_images->setObjectName(QStringLiteral("composerImages"));
    m_picked = new Chip({});
    m_picked->setObjectName(QStringLiteral("pickedChip"));
    m_picked->setToolTip(tr("The element the wish is about. Click to remove it"));
    m_picked->hide();
    auto *column = new QVBoxLayout(m_card);
    column->setContentsMargins(Space::m, Space::m, Space::m, Space::m);
    column->setSpacing(Space::s);
    column->addWidget(m_banner);
    column->addWidget(m_field);
    column->addWidget(m_images);
    column->addWidget(m_picked, 0, Qt::AlignLeft);
    column->addWidget(makeRow());
    m_note = makeLabel({}, TextSize::Small, Tone::Muted);
    m_note->setObjectName(QStringLiteral("composerNote"));
    m_note->setWordWrap(true);
    m_note->hide();
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(Space::m, Space::xs, Space::m, Space::m);
    all->setSpacing(Space::xs);
    all->addWidget(m_card);
    all->addWidget(m_note);
}

QWidget *Composer::makeRow()
{
    m_point = new Chip(tr("Point"));
    m_point->setObjectName(QStringLiteral("pointChip"));
    m_point->setToolTip(tr("Pick an element in the preview (%1)").arg(formatShortcut(QStringLiteral("Ctrl+Shift+P"))));
    m_image = new Chip(tr("+ Image"));
    m_image->setObjectName(QStringLiteral("imageChip"));
    m_image->setToolTip(tr("Add a picture; you can also paste or drop one"));
    m_models = new ModelPicker;
    m_models->setObjectName(QStringLiteral("modelChip"));
    m_models->setMaximumTextWidth(ModelChipText);
    m_button = makeButton(tr("Build"), QStringLiteral("buildButton"), ButtonKind::Primary);
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::s);
    for (QWidget *chip :
         {static_cast<QWidget *>(m_point), static_cast<QWidget *>(m_image), static_cast<QWidget *>(m_models)})
        layout->addWidget(chip);
    layout->addStretch();
    layout->addWidget(m_button);
    return row;
}

QString Composer::draft() const
{
    return m_editing > 0 ? m_kept : m_field->toPlainText();
}

QString Composer::text() const
{
    return m_field->toPlainText();
}

QList<ImageBlock> Composer::images() const
{
    return m_images->blocks();
}

void Composer::setDraft(const QString &text)
{
    m_field->setPlainText(text);
    m_field->moveCursor(QTextCursor::End);
}

QList<ImageBlock> Composer::draftImages() const
{
    return m_editing > 0 ? m_keptImages : m_images->blocks();
}

void Composer::setDraftImages(const QList<ImageBlock> &images)
{
    m_images->setBlocks(images);
}

void Composer::addImages(const QList<QImage> &images)
{
    m_images->add(images);
    focusField();
}

void Composer::forgetSent()
{
    setPicked({});
    m_editing > 0 ? endEditing() : clear();
}

void Composer::clear()
{
    endEditing();
    m_field->clear();
    m_images->clear();
    setPicked({});
}

void Composer::setRunning(bool running)
{
    const bool hadFocus = m_button->hasFocus();
    m_running = running;
    updateButton();
    if (hadFocus && !m_button->isEnabled())
        focusField();
}

void Composer::updateButton()
{
    const bool something = !m_field->text().isEmpty() || m_images->count() > 0;
    m_button->setText(m_running ? tr("Stop") : m_editing > 0 ? tr("Send again") : tr("Build"));
    m_button->setIcon(m_running ? icon(QStringLiteral("stop"), colors().failed) : QIcon());
    m_button->setToolTip(m_running ? tr("Stop and keep what was made") : formatShortcut(QStringLiteral("Ctrl+Return")));
    m_button->setEnabled(m_running || something);
    setKind(m_button, m_running ? ButtonKind::Danger : ButtonKind::Primary);
}

void Composer::setModels(const QList<ModelChoice> &choices)
{
    m_models->setChoices(choices);
}

void Composer::setModel(const QString &ref)
{
    m_models->setCurrent(ref);
}

QString Composer::model() const
{
    return m_models->current();
}

void Composer::setNote(const QString &note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void Composer::setPicked(const PickedElement &element)
{
    m_element = element;
    const QString words = element.text.isEmpty() ? element.selector : element.text.simplified();
    m_picked->setText(tr("About: %1  ✕").arg(words.left(36)));
    m_picked->setVisible(!element.selector.isEmpty());
    if (!element.selector.isEmpty())
        focusField();
}

void Composer::setPicking(bool picking)
{
    m_picking = picking;
    m_point->setText(picking ? tr("Click something…") : tr("Point"));
}

void Composer::setCanPick(bool can)
{
    m_point->setEnabled(can);
}

void Composer::beginEditing(qint64 message, const QString &text, const QList<ImageBlock> &images)
{
    if (m_editing == 0) {
        m_kept = m_field->toPlainText();
        m_keptImages = m_images->blocks();
    }
    m_editing = message;
    m_banner->show();
    setDraft(text);
    setDraftImages(images);
    updateButton();
    focusField();
}

void Composer::endEditing()
{
    if (m_editing == 0)
        return;
    m_banner->hide();
    setDraft(m_kept);
    setDraftImages(m_keptImages);
    m_editing = 0;
    m_kept.clear();
    m_keptImages.clear();
    updateButton();
}

void Composer::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
}

Wish Composer::wish() const
{
    Wish wish;
    wish.prompt = m_field->text();
    if (!m_element.selector.isEmpty()) {
        wish.prompt += QStringLiteral("\n\n") + tr("This is about the element `%1`").arg(m_element.selector);
        if (!m_element.text.isEmpty())
            wish.prompt += QLatin1Char('\n') + tr("with the text \"%1\"").arg(m_element.text.simplified());
        wish.prompt += QStringLiteral("\n```html\n%1\n```").arg(m_element.html);
    }
    wish.model = m_models->current();
    wish.images = m_images->blocks();
    return wish;
}

void Composer::submit()
{
    if (!m_running && m_button->isEnabled())
        Q_EMIT submitted(wish());
}

void Composer::keyPressEvent(QKeyEvent *event)
{
    if (isSubmitKey(event))
        return submit();
    if (event->key() == Qt::Key_Escape && m_editing > 0)
        return endEditing();
    if (event->key() == Qt::Key_Escape && m_picking)
        return Q_EMIT pickRequested(false);
    QWidget::keyPressEvent(event);
}

} // namespace Flotilla
