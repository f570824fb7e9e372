// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/setupparts.h"

#include "widgets/common/controls.h"
#include "widgets/common/decimalbox.h"
#include "widgets/common/format.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/runcharts.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

namespace Flotilla {

namespace {
constexpr int pageWidth = 1120;
constexpr int fieldWidth = 210;

/// As tall as its content, or as what is left of the page.
class FittingScrollArea : public QScrollArea
{
public:
    FittingScrollArea() { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum); }
    QSize sizeHint() const override { return widget()->sizeHint(); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QScrollArea::eventFilter(watched, event);
    }
};

/// `content` in the middle of what is wider than a page.
QWidget *centred(QWidget *content)
{
    auto *middle = new QWidget;
    auto *row = new QHBoxLayout(middle);
    row->setContentsMargins(0, 0, 0, 0);
    content->setMaximumWidth(pageWidth);
    row->addStretch(1);
    row->addWidget(content, 1000);
    row->addStretch(1);
    setSurface(middle, "window");
    return middle;
}
} // namespace

void setupPage(QWidget *page, QWidget *content, QWidget *footer)
{
    auto *scroll = new FittingScrollArea;
    scroll->setAccessibleName(page->accessibleName());
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus); // its fields have it, and come into view with it
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(centred(content));
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scroll);
    layout->addWidget(centred(footer));
    layout->addStretch(1);
}

PresetTile::PresetTile(const QString &number, const QString &caption)
    : m_caption(caption)
{
    setText(number);
    setCheckable(true);
    setAccessibleName(QStringLiteral("%1, %2").arg(number, caption));
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PresetTile::paintEvent(QPaintEvent *)
{
    const auto &c = colors();
    QPainter painter(this);
    drawRounded(&painter, QRectF(rect()), Metric::cardRadius, isChecked() ? c.accentSoft : c.surface,
                isChecked()    ? c.accent
                : underMouse() ? c.faint
                               : c.border);
    const QRect box = rect().adjusted(Space::l, Space::m, -Space::l, -Space::m);
    painter.setPen(c.text);
    painter.setFont(Theme::instance().tabular(TextSize::Hero, QFont::Bold));
    painter.drawText(box, Qt::AlignLeft | Qt::AlignTop, text());
    painter.setPen(c.muted);
    painter.setFont(Theme::instance().font());
    painter.drawText(box, Qt::AlignLeft | Qt::AlignBottom,
                     painter.fontMetrics().elidedText(m_caption, Qt::ElideRight, box.width()));
    if (hasFocus())
        drawFocusRing(&painter, QRectF(rect()), Metric::cardRadius);
}

SetupForm::SetupForm(QWidget *parent)
    : Card(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(Space::l, Space::m, Space::l, Space::m);
    m_grid->setHorizontalSpacing(Space::m);
    m_grid->setVerticalSpacing(Space::s);
    m_grid->setColumnStretch(3, 1);
}

void SetupForm::addRow(const QString &word, QWidget *control, QWidget *more)
{
    const int row = m_rows++;
    auto *label = makeLabel(word, TextSize::Base, Tone::Muted);
    label->setBuddy(control);
    label->setMinimumWidth(130);
    control->setAccessibleName(word);
    m_grid->addWidget(label, row, 0, Qt::AlignVCenter);
    const bool wide = qobject_cast<QLineEdit *>(control);
    if (wide)
        m_grid->addWidget(control, row, 1, 1, 3);
    else
        m_grid->addWidget(control, row, 1, Qt::AlignLeft | Qt::AlignVCenter);
    if (more)
        m_grid->addWidget(more, row, 2, Qt::AlignVCenter);
    m_grid->setRowMinimumHeight(row, Metric::row);
    m_grid->setRowStretch(row, 0);
    m_grid->setRowStretch(row + 1, 1); // what is left over stays below
}

QSpinBox *SetupForm::addCount(const QString &word, int least, int most)
{
    auto *box = new QSpinBox;
    box->setRange(least, most);
    box->setGroupSeparatorShown(true);
    box->setFixedSize(fieldWidth, Metric::control);
    addRow(word, box);
    return box;
}

QDoubleSpinBox *SetupForm::addSeconds(const QString &word, double least, double most)
{
    auto *box = new DecimalBox;
    box->setRange(least, most);
    box->setDecimals(0);
    box->setSuffix(tr(" s"));
    box->setFixedSize(fieldWidth, Metric::control);
    addRow(word, box);
    return box;
}

QLineEdit *SetupForm::addText(const QString &word, const QString &placeholder, const QString &objectName)
{
    auto *field = new QLineEdit;
    field->setObjectName(objectName);
    field->setPlaceholderText(placeholder);
    addRow(word, field);
    return field;
}

QComboBox *SetupForm::addChoice(const QString &word, const QStringList &choices, QDoubleSpinBox **seconds, double least,
                                double most)
{
    auto *box = new QComboBox;
    box->addItems(choices);
    box->setFixedWidth(fieldWidth);
    if (most > 0) {
        *seconds = new DecimalBox;
        (*seconds)->setRange(least, most);
        (*seconds)->setDecimals(least < 1 ? 1 : 0);
        (*seconds)->setSuffix(tr(" s"));
        (*seconds)->setFixedSize(110, Metric::control);
        (*seconds)->setAccessibleName(word);
    }
    addRow(word, box, most > 0 ? *seconds : nullptr);
    return box;
}

CheckLine::CheckLine(bool fine, const QString &text)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::s);
    auto *sign = new QLabel;
    const auto &c = colors();
    sign->setPixmap(iconPixmap(fine ? QStringLiteral("check") : QStringLiteral("warning"), fine ? c.live : c.building,
                               Metric::smallIcon, devicePixelRatioF()));
    layout->addWidget(sign, 0, Qt::AlignTop);
    auto *words = makeLabel(text, TextSize::Base, fine ? Tone::Muted : Tone::Text);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(words, 1);
}

ReferenceCard::ReferenceCard(QWidget *parent)
    : Card(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(Space::l, Space::m, Space::l, Space::m);
    grid->setVerticalSpacing(Space::xs);
    grid->addWidget(makeLabel(tr("To beat: Modal Vibe"), TextSize::Base, Tone::Text, QFont::DemiBold), 0, 0, 1, 2);
    for (const auto &milestone : RunCharts::reference()) {
        const int row = grid->rowCount();
        auto *apps = makeLabel(milestone.apps == 1 ? tr("1 app") : tr("%1 apps").arg(formatCount(milestone.apps)),
                               TextSize::Base, Tone::Muted);
        auto *time = makeLabel(formatSeconds(milestone.seconds));
        apps->setFont(Theme::instance().tabular());
        time->setFont(Theme::instance().tabular());
        grid->addWidget(apps, row, 0);
        grid->addWidget(time, row, 1, Qt::AlignRight);
    }
    auto *note =
        makeLabel(tr("Their published times, with a language model's time in them."), TextSize::Small, Tone::Muted);
    note->setWordWrap(true);
    grid->addWidget(note, grid->rowCount(), 0, 1, 2);
}

} // namespace Flotilla
