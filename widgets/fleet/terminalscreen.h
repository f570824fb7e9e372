// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QRgb>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace Flotilla {

struct TerminalCell
{
    QString text; ///< one character with its marks; empty: blank
    int width = 1;
    bool bold = false, italic = false, underline = false, strike = false, reverse = false;
    std::optional<QRgb> foreground, background; ///< none: the theme's
};

/// The state of a terminal: a grid of cells and what scrolled out of it, over libvterm. Whatever is written to it, it
/// stays within its size; titles, clipboards and the like are ignored. No widget, so that it can be tested and fuzzed.
class TerminalScreen
{
public:
    static constexpr int mostLines = 5000; ///< that scrolled out
    static constexpr int mostColumns = 500, mostRows = 300;

    /// `send`: what goes to the program: keys and answers to its questions.
    TerminalScreen(int columns, int rows, std::function<void(const QByteArray &)> send);
    ~TerminalScreen();

    void write(const QByteArray &bytes);
    void resize(int columns, int rows);
    void reset();
    int columns() const;
    int rows() const;
    int history() const; ///< lines that scrolled out
    /// `row` from -history() to rows() - 1.
    TerminalCell cell(int row, int column) const;
    QString lineText(int row) const;
    QPair<int, int> cursor() const; ///< row, column
    bool isCursorVisible() const;
    bool isAlternate() const; ///< a program that fills the screen

    void sendText(const QString &text, Qt::KeyboardModifiers modifiers);
    bool sendKey(int key, Qt::KeyboardModifiers modifiers); ///< false: not a key of its own
    void paste(const QString &text);                        ///< without control characters

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Flotilla
