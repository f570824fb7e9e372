// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/filterbox.h"

#include "widgets/common/controls.h"
#include "widgets/common/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>

namespace Flotilla {

namespace {

constexpr int typingMs = 150;
constexpr int mostChoices = 200;

QString quoted(const QString &value)
{
    return value.contains(QLatin1Char(' ')) ? QStringLiteral("\"%1\"").arg(value) : value;
}

/// The words of a filter as they were typed, quotes and all.
QStringList rawWords(const QString &text)
{
    QStringList words;
    QString word;
    bool quoted = false;
    for (const QChar c : text) {
        quoted = c == QLatin1Char('"') ? !quoted : quoted;
        if (c.isSpace() && !quoted) {
            if (!word.isEmpty())
                words.append(std::exchange(word, {}));
        } else {
            word.append(c);
        }
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

} // namespace

FilterBox::FilterBox(QWidget *parent)
    : QLineEdit(parent)
    , m_completer(new QCompleter(this))
    , m_choices(new QStringListModel(this))
{
    setObjectName(QStringLiteral("fleetFilterQLineEdit"));
    setAccessibleName(tr("Filter"));
    setPlaceholderText(tr("Name, host: state: mem:>200MB"));
    setToolTip(tr("Words look in names, hosts and labels. host: state: app: label: backend: take names, "
                  "mem: cpu: up: procs: version: take figures like mem:>200MB. A minus in front turns a part round."));
    setClearButtonEnabled(true);
    addSearchIcon(this);
    m_completer->setModel(m_choices);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(10);
    m_completer->setWidget(this);
    connect(m_completer, QOverload<const QString &>::of(&QCompleter::activated), this, &FilterBox::insertCompletion);
    m_delay.setSingleShot(true);
    m_delay.setInterval(typingMs);
    connect(&m_delay, &QTimer::timeout, this, &FilterBox::apply);
    connect(this, &QLineEdit::textEdited, this, &FilterBox::complete);
    connect(this, &QLineEdit::textChanged, this, [this] { m_delay.start(); });
}

void FilterBox::setFilterText(const QString &text)
{
    setText(text);
    apply();
}

void FilterBox::setTerm(const QString &key, const QString &value)
{
    QStringList words = rawWords(text());
    words.erase(std::remove_if(words.begin(), words.end(),
                               [&key](const QString &word) { return word.startsWith(key, Qt::CaseInsensitive); }),
                words.end());
    if (!value.isEmpty())
        words.prepend(key + quoted(value));
    setFilterText(words.join(QLatin1Char(' ')));
}

QString FilterBox::term(const QString &key) const
{
    for (const QString &word : rawWords(text())) {
        if (word.startsWith(key, Qt::CaseInsensitive))
            return word.mid(key.size()).remove(QLatin1Char('"'));
    }
    return {};
}

void FilterBox::apply()
{
    m_delay.stop();
    const auto filter = FleetFilter::parse(text());
    setStyleProperty(this, "state", filter ? QString() : QStringLiteral("invalid"));
    Q_EMIT failed(filter ? QString() : filter.error().text);
    if (filter)
        Q_EMIT filterChanged(*filter);
}

QPair<int, int> FilterBox::wordAtCursor() const
{
    const QString whole = text();
    int begin = cursorPosition();
    while (begin > 0 && !whole[begin - 1].isSpace())
        --begin;
    return {begin, cursorPosition() - begin};
}

QStringList FilterBox::completions(const QString &word) const
{
    QString typed = word;
    QString prefix;
    if (typed.startsWith(QLatin1Char('-'))) {
        prefix = QStringLiteral("-");
        typed.remove(0, 1);
    }
    const auto colon = typed.indexOf(QLatin1Char(':'));
    QStringList choices;
    const auto add = [&](const QString &before, const QStringList &values, const QString &part) {
        for (const QString &value : values) {
            if (value.startsWith(part, Qt::CaseInsensitive) && value.compare(part, Qt::CaseInsensitive) != 0 &&
                choices.size() < mostChoices)
                choices.append(prefix + before + quoted(value));
        }
    };
    if (colon < 0) {
        if (!typed.isEmpty())
            add({}, FleetFilter::keys(), typed);
        return choices;
    }
    const QString key = typed.left(colon + 1).toLower();
    const auto comma = typed.lastIndexOf(QLatin1Char(','));
    const auto from = qMax(colon, comma) + 1;
    const QString before = typed.left(from), part = typed.mid(from).remove(QLatin1Char('"'));
    if (key == QLatin1String("host:"))
        add(before, m_hosts, part);
    else if (key == QLatin1String("label:"))
        add(before, m_labels, part);
    else if (key == QLatin1String("state:"))
        add(before, FleetFilter::states(), part);
    else if (key == QLatin1String("backend:"))
        add(before, {QStringLiteral("bubblewrap"), QStringLiteral("podman"), QStringLiteral("docker")}, part);
    return choices;
}

void FilterBox::complete()
{
    const auto [begin, length] = wordAtCursor();
    const QStringList choices = completions(text().mid(begin, length));
    if (choices.isEmpty())
        return m_completer->popup()->hide();
    m_choices->setStringList(choices);
    QRect at = cursorRect();
    at.setWidth(qMax(220, m_completer->popup()->sizeHintForColumn(0) + 2 * Space::xl));
    at.moveTop(height() - at.height() + Space::xs);
    m_completer->complete(at);
}

void FilterBox::insertCompletion(const QString &choice)
{
    const auto [begin, length] = wordAtCursor();
    QString whole = text();
    const bool goesOn = choice.endsWith(QLatin1Char(':'));
    const QString inserted = goesOn ? choice : choice + QLatin1Char(' ');
    whole.replace(begin, length, inserted);
    setText(whole);
    setCursorPosition(begin + int(inserted.size()));
    if (goesOn)
        QMetaObject::invokeMethod(this, &FilterBox::complete, Qt::QueuedConnection);
}

void FilterBox::keyPressEvent(QKeyEvent *event)
{
    QAbstractItemView *popup = m_completer->popup();
    const bool choosing = popup->isVisible();
    const bool take = event->key() == Qt::Key_Tab || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (choosing && take) {
        const QModelIndex current = popup->currentIndex();
        if (current.isValid() || event->key() == Qt::Key_Tab) {
            insertCompletion((current.isValid() ? current : popup->model()->index(0, 0)).data().toString());
            return popup->hide();
        }
        popup->hide();
    }
    if (event->key() == Qt::Key_Escape && !text().isEmpty())
        return setFilterText({});
    if (event->key() == Qt::Key_Down && !choosing) {
        apply();
        return Q_EMIT left();
    }
    if (take && event->key() != Qt::Key_Tab)
        apply();
    QLineEdit::keyPressEvent(event);
}

bool FilterBox::event(QEvent *event)
{
    // Esc empties the field first; with an empty field it goes back, as everywhere.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape &&
        !text().isEmpty()) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void FilterBox::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    if (event->reason() == Qt::ShortcutFocusReason)
        selectAll();
}

} // namespace Flotilla
