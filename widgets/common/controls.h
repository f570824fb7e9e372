// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tokens.h"

#include <QFont>
#include <QString>

class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QWidget;

namespace Flotilla {

enum class Tone { Text, Muted, Faint, Accent, Live, Building, Failed };
enum class ButtonKind { Normal, Primary, Danger, Quiet, Link };

/// Standard widgets in the shape of the design. Everything made here is plain Qt; the style sheet does the rest.
QLabel *makeLabel(const QString &text, TextSize size = TextSize::Base, Tone tone = Tone::Text,
                  QFont::Weight weight = QFont::Normal);
void setTone(QWidget *label, Tone tone);
QPushButton *makeButton(const QString &text, const QString &objectName, ButtonKind kind = ButtonKind::Normal,
                        const QString &iconName = {});
void setKind(QPushButton *button, ButtonKind kind);
/// An icon without a text; `text` is its tool tip and its accessible name.
QToolButton *makeIconButton(const QString &iconName, const QString &text, const QString &objectName);
/// A magnifying glass at the beginning of a field.
void addSearchIcon(QLineEdit *field);
QFrame *makeLine(Qt::Orientation orientation = Qt::Horizontal);
/// Paints `widget` as "window", "surface" or "raised".
void setSurface(QWidget *widget, const char *surface);
/// Sets a property that the style sheet reads, and polishes again.
void setStyleProperty(QWidget *widget, const char *name, const QVariant &value);

/// Tab goes through what is in the layout of `root` from top to bottom, and then to `next`.
void setTabOrderByLayout(QWidget *root, QWidget *next);

} // namespace Flotilla
