// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QDateTime>
#include <QElapsedTimer>
#include <QTimer>

#include <deque>

namespace Flotilla {

struct ConsoleEntry
{
    enum class Level { Info, Warning, Error, Blocked };
    Level level = Level::Info;
    QString text;   ///< bounded to 4 kB
    QString source; ///< path without the origin
    int line = 0;
    bool uncaught = false;
    int count = 1; ///< equal lines in a row are one entry
    QDateTime time;
    qint64 serial = 0; ///< given by the model
};

/// What the page wrote to its console, the newest last, bounded to 1000 entries. Of a page that writes without an end
/// the newest are shown ten times a second. GUI thread.
class ConsoleModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { LevelRole = Qt::UserRole + 1, SourceRole, LineRole, UncaughtRole, CountRole, SerialRole };
    static constexpr int MaxEntries = 1000;
    static constexpr int MostAtOnce = 5; ///< in a tenth of a second; more wait for its end

    explicit ConsoleModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    void append(ConsoleEntry entry);
    void clear();
    int problems() const { return m_problems; } ///< errors and blocked requests
    ConsoleEntry lastError() const;             ///< empty text: none
    QString toText() const;

    static QString format(const ConsoleEntry &entry);

Q_SIGNALS:
    void problemsChanged(int problems);

private:
    void countProblem(const ConsoleEntry &entry, int sign);
    bool mayShowNow();
    void hold(ConsoleEntry entry);
    void showHeld();
    void makeRoom(size_t count);

    std::deque<ConsoleEntry> m_entries;
    int m_problems = 0;
    std::deque<ConsoleEntry> m_held;
    QTimer m_showHeld;
    QElapsedTimer m_since; ///< the tenth of a second began
    int m_shown = 0;       ///< in it
    qint64 m_serial = 0;
};

} // namespace Flotilla
