// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace Flotilla {

/// A private folder that programs share. It is held (by a lock on the folder itself) as long as the object or the
/// process lives; the last holder that goes in order removes it when nothing is left in it.
class RuntimeFolder
{
public:
    /// Creates the folder (mode 0700) and holds it. One that cannot be made or locked is not held, and never removed.
    explicit RuntimeFolder(const QString &path);
    ~RuntimeFolder(); ///< as release()
    RuntimeFolder(const RuntimeFolder &) = delete;
    RuntimeFolder &operator=(const RuntimeFolder &) = delete;

    bool isHeld() const { return m_descriptor >= 0; }
    /// Holds it no longer. When no other program does and it has nothing but empty folders and `throwaway` (patterns of
    /// names: what holders make again when they need it), it is removed with these.
    void release(const QStringList &throwaway = {});

private:
    bool hold();

    QString m_path;
    int m_descriptor = -1;
};

} // namespace Flotilla
