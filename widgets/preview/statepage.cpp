// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/statepage.h"

#include "widgets/common/card.h"
#include "widgets/common/controls.h"
#include "widgets/common/icons.h"
#include "widgets/common/statuslabel.h"
#include "widgets/common/theme.h"
#include "widgets/preview/busyring.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr int PanelWidth = 460;
constexpr int IconSize = 40;
constexpr qsizetype CodeColumns = 52; ///< of monospace, as wide as the panel
constexpr int LinkFrame = 2;          ///< what a link has around its text

void clearLayout(QLayout *layout)
{
    while (QLayoutItem *item = layout->takeAt(0)) {
        if (QWidget *widget = item->widget())
            widget->deleteLater();
        delete item;
    }
}

QLabel *monoLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setFont(Theme::instance().monospace(12));
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

struct CodeLine
{
    QString text;
    qsizetype mark = -1;
};

/// The line without its indent, cut so that the column is in it.
CodeLine codeLineOf(const Diagnostic &diagnostic)
{
    QString line = diagnostic.lineText;
    line.replace(QLatin1Char('\t'), QLatin1Char(' '));
    const auto first = std::find_if(line.cbegin(), line.cend(), [](QChar c) { return c != QLatin1Char(' '); });
    const qsizetype indent = first - line.cbegin();
    line = line.trimmed();
    const qsizetype mark = diagnostic.column - 1 - indent;
    const qsizetype latest = std::max<qsizetype>(0, line.size() - CodeColumns);
    const qsizetype from = std::clamp<qsizetype>(mark - CodeColumns * 3 / 4, 0, latest);
    QString shown = line.mid(from, CodeColumns);
    if (from > 0)
        shown.front() = QChar(0x2026);
    if (from < latest)
        shown.back() = QChar(0x2026);
    return {shown, mark - from};
}

/// File, place, message and the line itself with a mark under the column.
QWidget *diagnosticCard(const Diagnostic &diagnostic, StatePage *page)
{
    auto *card = new Card(nullptr, Card::Fill::Window);
    card->setObjectName(QStringLiteral("diagnosticCard"));
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(Space::m, Space::s, Space::m, Space::m);
    column->setSpacing(Space::xs);
    const QString place =
        diagnostic.line > 0 ? QStringLiteral("%1:%2").arg(diagnostic.file).arg(diagnostic.line) : diagnostic.file;
    auto *link = makeButton(place, QStringLiteral("diagnosticPlaceButton"), ButtonKind::Link);
    QObject::connect(link, &QPushButton::clicked, page,
                     [page, diagnostic] { Q_EMIT page->openFile(diagnostic.file, diagnostic.line); });
    link->setVisible(!diagnostic.file.isEmpty());
    column->addWidget(link, 0, Qt::AlignLeft);
    auto *text = makeLabel(diagnostic.text.left(400));
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    text->setContentsMargins(LinkFrame, 0, 0, 0);
    column->addWidget(text);
    if (diagnostic.lineText.trimmed().isEmpty())
        return card;
    const CodeLine line = codeLineOf(diagnostic);
    auto *code = monoLabel(line.text);
    setTone(code, Tone::Muted);
    code->setContentsMargins(LinkFrame, 0, 0, 0);
    column->addWidget(code);
    if (line.mark >= 0 && line.mark <= line.text.size()) {
        auto *caret = monoLabel(QString(line.mark, QLatin1Char(' ')) + QLatin1Char('^'));
        setTone(caret, Tone::Failed);
        caret->setContentsMargins(LinkFrame, 0, 0, 0);
        column->addWidget(caret);
    }
    return card;
}

} // namespace

StatePage::StatePage(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("previewStatePage"));
    setupUi();
}

void StatePage::setupUi()
{
    m_panel = new Card(this);
    m_icon = new QLabel;
    m_ring = new BusyRing;
    m_title = makeLabel({}, TextSize::Large, Tone::Text, QFont::DemiBold);
    m_title->setObjectName(QStringLiteral("previewStateTitle"));
    m_text = makeLabel({}, TextSize::Base, Tone::Muted);
    m_text->setObjectName(QStringLiteral("previewStateText"));
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignHCenter);
    m_text->setTextFormat(Qt::PlainText);
    m_steps = new QWidget;
    auto *steps = new QHBoxLayout(m_steps);
    steps->setContentsMargins(0, Space::s, 0, 0);
    steps->setSpacing(Space::l);
    m_diagnostics = new QWidget;
    (new QVBoxLayout(m_diagnostics))->setContentsMargins(0, Space::s, 0, 0);
    m_details = monoLabel({});
    m_details->setWordWrap(true);
    m_first = makeButton({}, QStringLiteral("previewStateButton"), ButtonKind::Primary);
    m_second = makeButton({}, QStringLiteral("previewStateSecondButton"));
    m_more = makeButton(tr("Details"), QStringLiteral("previewStateDetailsButton"), ButtonKind::Quiet);
    m_more->setCheckable(true);
    connect(m_more, &QPushButton::toggled, m_details, &QWidget::setVisible);
    connect(m_first, &QPushButton::clicked, this, [this] { Q_EMIT triggered(m_scene.action); });
    connect(m_second, &QPushButton::clicked, this, [this] { Q_EMIT triggered(m_scene.second); });

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    for (QPushButton *button : {m_more, m_second, m_first})
        buttons->addWidget(button);
    buttons->addStretch();
    auto *column = new QVBoxLayout(m_panel);
    column->setContentsMargins(Space::xl, Space::xl, Space::xl, Space::xl);
    column->setSpacing(Space::s);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addWidget(m_ring, 0, Qt::AlignHCenter);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    column->addWidget(m_text);
    column->addWidget(m_steps, 0, Qt::AlignHCenter);
    column->addWidget(m_diagnostics);
    column->addWidget(m_details);
    column->addSpacing(Space::xs);
    column->addLayout(buttons);
    m_panel->setFixedWidth(PanelWidth);
    auto *row = new QHBoxLayout; // with an alignment the height would be that of text as wide as the page
    row->addStretch();
    row->addWidget(m_panel);
    row->addStretch();
    auto *center = new QVBoxLayout(this);
    center->addStretch();
    center->addLayout(row);
    center->addStretch();
}

void StatePage::setScene(const PreviewScene &scene, int lastGreen)
{
    m_scene = scene;
    m_ring->setVisible(scene.busy);
    m_icon->setVisible(!scene.busy && !scene.icon.isEmpty());
    if (!scene.icon.isEmpty())
        m_icon->setPixmap(iconPixmap(scene.icon, colors().muted, IconSize, devicePixelRatioF()));
    m_title->setText(scene.title);
    m_text->setText(scene.text);
    m_text->setVisible(!scene.text.isEmpty());
    showSteps(scene.step);
    showDiagnostics(scene.diagnostics);
    m_details->setText(scene.details.left(4000));
    m_details->hide();
    m_more->setChecked(false);
    m_more->setVisible(!scene.details.isEmpty());
    m_first->setText(actionText(scene.action, lastGreen));
    m_first->setVisible(scene.action != PreviewScene::Action::None);
    m_second->setText(actionText(scene.second, lastGreen));
    m_second->setVisible(scene.second != PreviewScene::Action::None);
    setAccessibleName(scene.title);
    update();
}

void StatePage::showSteps(int step)
{
    clearLayout(m_steps->layout());
    m_steps->setVisible(step >= 0);
    if (step < 0)
        return;
    const QStringList names{tr("Sandbox"), tr("Build"), tr("Open")};
    for (int i = 0; i < names.size(); ++i) {
        auto *label = new StatusLabel;
        label->setStatus(i < step ? StatusKind::Live : i == step ? StatusKind::Building : StatusKind::Idle, names[i]);
        m_steps->layout()->addWidget(label);
    }
}

void StatePage::showDiagnostics(const QList<Diagnostic> &diagnostics)
{
    clearLayout(m_diagnostics->layout());
    m_diagnostics->setVisible(!diagnostics.isEmpty());
    for (const Diagnostic &diagnostic : diagnostics)
        m_diagnostics->layout()->addWidget(diagnosticCard(diagnostic, this));
}

void StatePage::setLastFrame(const QPixmap &frame)
{
    m_lastFrame = frame;
    update();
}

QString StatePage::title() const
{
    return m_scene.title;
}

void StatePage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().window);
    if (!m_scene.overLastFrame || m_lastFrame.isNull())
        return;
    const QSize size = m_lastFrame.size() / m_lastFrame.devicePixelRatio();
    painter.drawPixmap((width() - size.width()) / 2, 0, m_lastFrame);
    QColor veil = colors().window;
    veil.setAlpha(190);
    painter.fillRect(rect(), veil);
}

} // namespace Flotilla
