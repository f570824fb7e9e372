// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>
#include <memory>

namespace Flotilla {

/// The body of a request that another thread writes while it is sent: a pipe that holds at most 1 MB. A body whose
/// writer goes without finish() fails the request, so that nobody takes a half for the whole.
class HttpUpload
{
public:
    /// The writing end. Any one thread, not the client's.
    class Writer
    {
    public:
        ~Writer();
        Writer(const Writer &) = delete;
        Writer &operator=(const Writer &) = delete;
        /// Waits for room. False: nobody reads any more.
        bool write(const char *bytes, qint64 size);
        void finish(); ///< that was all

    private:
        friend class HttpUpload;
        Writer(int descriptor, std::shared_ptr<std::atomic<bool>> complete);
        int m_descriptor;
        std::shared_ptr<std::atomic<bool>> m_complete;
    };

    HttpUpload();
    ~HttpUpload();
    HttpUpload(const HttpUpload &) = delete;
    HttpUpload &operator=(const HttpUpload &) = delete;

    std::unique_ptr<Writer> takeWriter(); ///< once; null when there are no descriptors left

    // the client's thread
    /// At most `most` bytes; 0: the end; -1: none yet; -2: the writer gave up.
    qint64 read(char *to, qint64 most);
    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor = -1;
    int m_writing = -1;
    std::shared_ptr<std::atomic<bool>> m_complete;
};

} // namespace Flotilla
