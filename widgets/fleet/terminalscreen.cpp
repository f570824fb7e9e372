// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/terminalscreen.h"

#include <QHash>

#include <deque>
#include <vector>
#include <vterm.h>

namespace Flotilla {

namespace {

VTermModifier modifiersOf(Qt::KeyboardModifiers modifiers)
{
    int result = VTERM_MOD_NONE;
    if (modifiers & Qt::ShiftModifier)
        result |= VTERM_MOD_SHIFT;
    if (modifiers & Qt::AltModifier)
        result |= VTERM_MOD_ALT;
    if (modifiers & Qt::ControlModifier)
        result |= VTERM_MOD_CTRL;
    return static_cast<VTermModifier>(result);
}

VTermKey keyOf(int key)
{
    static const QHash<int, VTermKey> keys{
        {Qt::Key_Return, VTERM_KEY_ENTER},  {Qt::Key_Enter, VTERM_KEY_ENTER},
        {Qt::Key_Tab, VTERM_KEY_TAB},       {Qt::Key_Backtab, VTERM_KEY_TAB},
        {Qt::Key_Escape, VTERM_KEY_ESCAPE}, {Qt::Key_Backspace, VTERM_KEY_BACKSPACE},
        {Qt::Key_Up, VTERM_KEY_UP},         {Qt::Key_Down, VTERM_KEY_DOWN},
        {Qt::Key_Left, VTERM_KEY_LEFT},     {Qt::Key_Right, VTERM_KEY_RIGHT},
        {Qt::Key_Insert, VTERM_KEY_INS},    {Qt::Key_Delete, VTERM_KEY_DEL},
        {Qt::Key_Home, VTERM_KEY_HOME},     {Qt::Key_End, VTERM_KEY_END},
        {Qt::Key_PageUp, VTERM_KEY_PAGEUP}, {Qt::Key_PageDown, VTERM_KEY_PAGEDOWN},
    };
    if (key >= Qt::Key_F1 && key <= Qt::Key_F12)
        return static_cast<VTermKey>(VTERM_KEY_FUNCTION(key - Qt::Key_F1 + 1));
    return keys.value(key, VTERM_KEY_NONE);
}

} // namespace

struct TerminalScreen::Private
{
    using Line = std::vector<VTermScreenCell>;

    static int pushLine(int columns, const VTermScreenCell *cells, void *user)
    {
        auto *d = static_cast<Private *>(user);
        d->lines.emplace_back(cells, cells + columns);
        if (d->lines.size() > mostLines)
            d->lines.pop_front();
        return 1;
    }
    static int popLine(int columns, VTermScreenCell *cells, void *user)
    {
        auto *d = static_cast<Private *>(user);
        if (d->lines.empty())
            return 0;
        const Line line = std::move(d->lines.back());
        d->lines.pop_back();
        VTermScreenCell blank{};
        blank.width = 1;
        blank.fg.type = VTERM_COLOR_DEFAULT_FG;
        blank.bg.type = VTERM_COLOR_DEFAULT_BG;
        for (int i = 0; i < columns; ++i)
            cells[i] = size_t(i) < line.size() ? line[size_t(i)] : blank;
        return 1;
    }
    static int setProperty(VTermProp property, VTermValue *value, void *user)
    {
        auto *d = static_cast<Private *>(user);
        if (property == VTERM_PROP_CURSORVISIBLE)
            d->cursorVisible = value->boolean;
        if (property == VTERM_PROP_ALTSCREEN)
            d->alternate = value->boolean;
        return 1;
    }
    static int moveCursor(VTermPos position, VTermPos, int, void *user)
    {
        static_cast<Private *>(user)->cursor = position;
        return 1;
    }
    static void output(const char *bytes, size_t length, void *user)
    {
        static_cast<Private *>(user)->send(QByteArray(bytes, qsizetype(length)));
    }

    std::optional<QRgb> rgb(VTermColor color) const
    {
        if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color))
            return {};
        vterm_screen_convert_color_to_rgb(screen, &color);
        return qRgb(color.rgb.red, color.rgb.green, color.rgb.blue);
    }
    void open(int columns, int rows);
    QByteArray harmless(const QByteArray &bytes);

    std::function<void(const QByteArray &)> send;
    VTerm *term = nullptr;
    VTermScreen *screen = nullptr;
    std::deque<Line> lines;
    enum class Sequence { None, Escape, Parameters };
    Sequence sequence = Sequence::None;
    int parameters = 0;
    VTermPos cursor{};
    bool cursorVisible = true;
    bool alternate = false;
};

void TerminalScreen::Private::open(int columns, int rows)
{
    static const VTermScreenCallbacks callbacks{nullptr, nullptr, moveCursor, setProperty,
                                                nullptr, nullptr, pushLine,   popLine};
    term = vterm_new(rows, columns);
    vterm_set_utf8(term, 1);
    vterm_output_set_callback(term, output, this);
    screen = vterm_obtain_screen(term);
    vterm_screen_set_callbacks(screen, &callbacks, this);
    vterm_screen_enable_altscreen(screen, 1);
    vterm_screen_set_damage_merge(screen, VTERM_DAMAGE_SCROLL);
    vterm_screen_reset(screen, 1);
}

// libvterm 0.1 keeps the parameters of a control sequence in a fixed array and does not look at its end: what is too
// much never gets there.
QByteArray TerminalScreen::Private::harmless(const QByteArray &bytes)
{
    constexpr int mostParameters = 14;
    QByteArray clean;
    clean.reserve(bytes.size());
    for (const char byte : bytes) {
        const auto code = static_cast<unsigned char>(byte);
        const bool part = code >= 0x20 && code <= 0x3f;
        if (code == 0x1b) {
            sequence = Sequence::Escape;
        } else if (code == 0x9b || (sequence == Sequence::Escape && byte == '[')) {
            sequence = Sequence::Parameters;
            parameters = 0;
        } else if (sequence == Sequence::Parameters && (byte == ';' || byte == ':')) {
            if (++parameters > mostParameters)
                continue;
        } else if (sequence == Sequence::Parameters && part) {
            if (parameters > mostParameters)
                continue;
        } else if (sequence != Sequence::Parameters || code >= 0x40) {
            sequence = Sequence::None; // controls inside a sequence do not end it
        }
        clean.append(byte);
    }
    return clean;
}

TerminalScreen::TerminalScreen(int columns, int rows, std::function<void(const QByteArray &)> send)
    : d(std::make_unique<Private>())
{
    d->send = std::move(send);
    d->open(qBound(2, columns, mostColumns), qBound(2, rows, mostRows));
}

TerminalScreen::~TerminalScreen()
{
    vterm_free(d->term);
}

void TerminalScreen::write(const QByteArray &bytes)
{
    const QByteArray clean = d->harmless(bytes);
    vterm_input_write(d->term, clean.constData(), size_t(clean.size()));
    vterm_screen_flush_damage(d->screen);
}

void TerminalScreen::resize(int columns, int rows)
{
    vterm_set_size(d->term, qBound(2, rows, mostRows), qBound(2, columns, mostColumns));
    vterm_screen_flush_damage(d->screen);
}

void TerminalScreen::reset()
{
    d->lines.clear();
    vterm_screen_reset(d->screen, 1);
}

int TerminalScreen::columns() const
{
    int rows = 0, columns = 0;
    vterm_get_size(d->term, &rows, &columns);
    return columns;
}

int TerminalScreen::rows() const
{
    int rows = 0, columns = 0;
    vterm_get_size(d->term, &rows, &columns);
    return rows;
}

int TerminalScreen::history() const
{
    return int(d->lines.size());
}

TerminalCell TerminalScreen::cell(int row, int column) const
{
    VTermScreenCell raw{};
    if (row < 0) {
        const auto line = history() + row;
        if (line < 0 || column >= int(d->lines[size_t(line)].size()))
            return {};
        raw = d->lines[size_t(line)][size_t(column)];
    } else if (row >= rows() || column >= columns() || !vterm_screen_get_cell(d->screen, {row, column}, &raw)) {
        return {};
    }
    TerminalCell cell;
    if (raw.chars[0] != 0 && raw.chars[0] != static_cast<uint32_t>(-1)) {
        int length = 0;
        while (length < VTERM_MAX_CHARS_PER_CELL && raw.chars[length] != 0)
            ++length;
        cell.text = QString::fromUcs4(reinterpret_cast<const char32_t *>(raw.chars), length);
    }
    cell.width = qBound(1, int(raw.width), 2);
    cell.bold = raw.attrs.bold;
    cell.italic = raw.attrs.italic;
    cell.underline = raw.attrs.underline != 0;
    cell.strike = raw.attrs.strike;
    cell.reverse = raw.attrs.reverse;
    cell.foreground = d->rgb(raw.fg);
    cell.background = d->rgb(raw.bg);
    return cell;
}

QString TerminalScreen::lineText(int row) const
{
    QString text;
    for (int column = 0; column < columns();) {
        const TerminalCell here = cell(row, column);
        text += here.text.isEmpty() ? QStringLiteral(" ") : here.text;
        column += here.width;
    }
    while (text.endsWith(QLatin1Char(' ')))
        text.chop(1);
    return text;
}

QPair<int, int> TerminalScreen::cursor() const
{
    return {d->cursor.row, d->cursor.col};
}

bool TerminalScreen::isCursorVisible() const
{
    return d->cursorVisible;
}

bool TerminalScreen::isAlternate() const
{
    return d->alternate;
}

void TerminalScreen::sendText(const QString &text, Qt::KeyboardModifiers modifiers)
{
    const QList<uint> characters = text.toUcs4();
    for (const uint character : characters)
        vterm_keyboard_unichar(d->term, character, modifiersOf(modifiers));
}

bool TerminalScreen::sendKey(int key, Qt::KeyboardModifiers modifiers)
{
    const VTermKey special = keyOf(key);
    if (special == VTERM_KEY_NONE)
        return false;
    if (key == Qt::Key_Backtab)
        modifiers |= Qt::ShiftModifier;
    vterm_keyboard_key(d->term, special, modifiersOf(modifiers));
    return true;
}

void TerminalScreen::paste(const QString &text)
{
    vterm_keyboard_start_paste(d->term);
    QString clean;
    for (const QChar c : text) {
        if (c == QLatin1Char('\n'))
            clean += QLatin1Char('\r');
        else if (c == QLatin1Char('\t') || c.category() != QChar::Other_Control)
            clean += c;
    }
    d->send(clean.toUtf8());
    vterm_keyboard_end_paste(d->term);
}

} // namespace Flotilla
