// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/stylesheet.h"

#include "widgets/common/tokens.h"

#include <QHash>

namespace Flotilla {

namespace {

// Fields name no colour of their text: with one, Qt 6.4 makes the placeholder half of it, which is too pale to read.
// @name stands for a token; the properties "kind", "tone" and "surface" are set by the helpers in controls.h.
constexpr auto sheetTemplate = R"(
QMainWindow, QDialog, QWidget[surface="window"] { background: @window; }
QWidget[surface="surface"] { background: @surface; }
QWidget[surface="raised"] { background: @raised; }
QLabel { color: @text; background: transparent; }
QLabel[tone="muted"] { color: @muted; }
QLabel[tone="faint"] { color: @faint; }
QLabel[tone="accent"] { color: @accentFill; }
QLabel[tone="live"] { color: @live; }
QLabel[tone="failed"] { color: @failed; }
QLabel[tone="building"] { color: @building; }
QLabel:disabled { color: @faint; }

QPushButton, QToolButton[kind="button"] {
    background: @raised; color: @text; border: 1px solid @border; border-radius: @radiuspx;
    padding: 0 12px; min-height: 30px; max-height: 30px; }
QPushButton:hover, QToolButton[kind="button"]:hover { border-color: @faint; }
QPushButton:pressed { background: @border; }
QPushButton:disabled { color: @faint; }
QPushButton:focus, QToolButton[kind="button"]:focus { border: 2px solid @accent; padding: 0 11px; min-height: 28px; max-height: 28px; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }
QPushButton[kind="primary"] { background: @accentFill; color: @onAccent; border: 1px solid @accentFill; font-weight: 600; padding: 0 14px; }
QPushButton[kind="primary"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[kind="primary"]:pressed { background: @accentPressed; border-color: @accentPressed; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; padding: 0 13px; }
QPushButton[kind="primary"]:disabled { background: @raised; color: @faint; border-color: @border; }
QPushButton[kind="danger"] { color: @failed; font-weight: 600; }
QPushButton[kind="quiet"] { background: transparent; border: 1px solid transparent; color: @muted; }
QPushButton[kind="quiet"]:hover { background: @raised; color: @text; }
QPushButton[kind="quiet"]:checked { background: @raised; color: @text; }
QPushButton[kind="quiet"]:focus { border: 2px solid @accent; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: @accentFill; padding: 0 1px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid @accent; padding: 0; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: @radiuspx; padding: 5px; color: @muted; }
QToolButton:hover { background: @raised; color: @text; }
QToolButton:pressed { background: @border; }
QToolButton:checked { background: @raised; color: @text; }
QToolButton:focus { border: 2px solid @accent; padding: 4px; }

QLineEdit, QPlainTextEdit, QTextEdit, QTextBrowser {
    background: @surface; border: 1px solid @border; border-radius: @radiuspx;
    selection-background-color: @accentFill; selection-color: @onAccent; }
QLineEdit { padding: 0 11px; min-height: 30px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @accent; }
QLineEdit:focus { padding: 0 10px; min-height: 28px; }
QLineEdit[leading="icon"] { padding-left: 2px; }
QLineEdit[leading="icon"]:focus { padding-left: 1px; }
QLineEdit[state="invalid"], QLineEdit[state="invalid"]:focus { border-color: @failed; }
QLineEdit:disabled, QPlainTextEdit:disabled { color: @faint; background: @window; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QPlainTextEdit[kind="bare"], QTextEdit[kind="bare"], QTextBrowser[kind="bare"], QLineEdit[kind="bare"] {
    background: transparent; border: none; border-radius: 0; padding: 0; }

QMenu { background: @surface; color: @text; border: 1px solid @border; border-radius: @radiuspx; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 10px; border-radius: 6px; min-height: 18px; }
QMenu::item:selected { background: @accentSoft; color: @text; }
QMenu::item:disabled { color: @faint; }
QMenu::icon { padding-left: 10px; }
QMenu::separator { height: 1px; background: @border; margin: 5px 6px; }

QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; margin: 0; }
QScrollBar:horizontal { height: 12px; margin: 0; }
QScrollBar::handle { background: @scrollHandle; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea { background: transparent; border: none; }
QScrollArea[kind="ringed"] { border: 2px solid transparent; border-radius: @radiuspx; }
QScrollArea[kind="ringed"]:focus { border-color: @accent; }

QAbstractItemView { background: @surface; color: @text; border: 1px solid @border; border-radius: @radiuspx; outline: 0;
    selection-background-color: @accentSoft; selection-color: @text; alternate-background-color: @window; }
QAbstractItemView[kind="bare"] { background: transparent; border: none; border-radius: 0; }
QListView::item, QTreeView::item { min-height: 28px; padding: 0 8px; border: none; }
QListWidget::item { min-height: 34px; border-radius: @radiuspx; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected { background: @accentSoft; color: @text; }
QListView::item:hover:!selected, QTreeView::item:hover:!selected { background: @raised; }
QTableView { gridline-color: @border; }
QTableView::item { padding: 0 5px; border: none; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: @window; color: @muted; border: none; border-bottom: 1px solid @border; padding: 6px 8px; }
QHeaderView::section:first { border-top-left-radius: 7px; }
QHeaderView::section:last { border-top-right-radius: 7px; }
QHeaderView::section:only-one { border-top-left-radius: 7px; border-top-right-radius: 7px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @border; padding: 4px; }

QTabWidget::pane { border: none; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted; border: 1px solid transparent; border-radius: @radiuspx; padding: 6px 12px; margin-right: 2px; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { background: @raised; color: @text; }
QTabBar::tab:focus { border-color: @accent; }

QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: @accent; }
QProgressBar { background: @raised; border: none; border-radius: 2px; min-height: 4px; max-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px 8px; }
QCheckBox, QRadioButton { color: @text; spacing: 8px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: @faint; }
QGroupBox { border: none; }
QStatusBar, QToolBar { background: @window; border: none; }
QFrame[kind="line"] { background: @border; border: none; min-height: 1px; max-height: 1px; }
QFrame[kind="vline"] { background: @border; border: none; min-width: 1px; max-width: 1px; }
)";

QString mixed(const QColor &a, const QColor &b, double share)
{
    const auto channel = [share](int x, int y) { return qRound(x * (1 - share) + y * share); };
    return QColor(channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())).name();
}

QHash<QString, QString> tokenTexts(const Palette &c)
{
    return {
        {QStringLiteral("window"), c.window.name()},
        {QStringLiteral("surface"), c.surface.name()},
        {QStringLiteral("raised"), c.raised.name()},
        {QStringLiteral("border"), c.border.name()},
        {QStringLiteral("text"), c.text.name()},
        {QStringLiteral("muted"), c.muted.name()},
        {QStringLiteral("faint"), c.faint.name()},
        {QStringLiteral("accent"), c.accent.name()},
        {QStringLiteral("accentFill"), c.accentFill.name()},
        {QStringLiteral("accentHover"), mixed(c.accentFill, c.dark ? QColor(Qt::white) : QColor(Qt::black), 0.10)},
        {QStringLiteral("accentPressed"), mixed(c.accentFill, QColor(Qt::black), 0.20)},
        {QStringLiteral("onAccent"), c.onAccent.name()},
        {QStringLiteral("accentSoft"), c.accentSoft.name()},
        {QStringLiteral("live"), c.live.name()},
        {QStringLiteral("failed"), c.failed.name()},
        {QStringLiteral("building"), c.building.name()},
        {QStringLiteral("scrollHandle"), mixed(c.border, c.faint, 0.25)},
        {QStringLiteral("radius"), QString::number(Metric::radius)},
    };
}

} // namespace

QString buildStyleSheet(const Palette &colors)
{
    const auto tokens = tokenTexts(colors);
    QStringList names = tokens.keys();
    std::sort(names.begin(), names.end(), [](const QString &a, const QString &b) { return a.size() > b.size(); });
    QString sheet = QString::fromLatin1(sheetTemplate);
    for (const QString &name : std::as_const(names))
        sheet.replace(QLatin1Char('@') + name, tokens.value(name));
    return sheet;
}

} // namespace Flotilla
