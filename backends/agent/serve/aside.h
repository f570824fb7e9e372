// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Flotilla::Agent {

/// What a folder holds is out of the way while something else is put there; it is back when that does not succeed,
/// also when this process is killed: then recover() brings it back. The folder's descriptor outlives this.
class Aside
{
public:
    explicit Aside(int folder); ///< -1: there is nothing to keep
    ~Aside();
    Aside(const Aside &) = delete;
    Aside &operator=(const Aside &) = delete;

    [[nodiscard]] bool ok() const { return m_ok; } ///< otherwise everything is where it was
    void drop();                                   ///< what was there is not needed any more
    static void recover(int folder);

private:
    int m_folder;
    bool m_ok = true;
    bool m_dropped = false;
};

} // namespace Flotilla::Agent
