// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <variant>

namespace Flotilla {

struct TagText
{
    QString text;
};
struct TagFileStarted
{
    QString path;
};
struct TagFileText
{
    QString text;
}; ///< of the file under way, as it arrives
/// `content` is cleaned: code fences around it and escaped markup undone. `closed` is false when the end tag is
/// missing.
struct TagFileEnded
{
    QString path;
    QString content;
    bool closed = true;
};
struct TagDelete
{
    QString path;
};
using TagEvent = std::variant<TagText, TagFileStarted, TagFileText, TagFileEnded, TagDelete>;

/// Reads the answer of a model that has no tool calls: text with `<file path="src/App.tsx">...</file>` and
/// `<delete path="..."/>` in it, in pieces cut anywhere. Tolerant: other quotes or none around the path, fences around
/// or inside the tags, a missing end tag. The joined events do not depend on how the text was cut.
class TagParser
{
public:
    QList<TagEvent> feed(const QString &piece);
    QList<TagEvent> finish();
    bool sawFile() const { return m_sawFile; }

private:
    enum class State { Text, File, AfterFile };
    bool step(QList<TagEvent> &events, bool last);
    bool stepText(QList<TagEvent> &events, bool last);
    bool stepFile(QList<TagEvent> &events, bool last);
    bool stepAfterFile(bool last);
    void emitText(QList<TagEvent> &events, qsizetype length);
    void emitFileText(QList<TagEvent> &events, qsizetype length);
    void endFile(QList<TagEvent> &events, bool closed);

    State m_state = State::Text;
    QString m_buffer;
    QString m_path;
    QString m_content;
    bool m_lineStart = true;
    bool m_sawFile = false;
};

struct FencedFile
{
    QString path;
    QString content;
    bool operator==(const FencedFile &) const = default;
};

/// Files of an answer that knows neither tools nor tags: fenced code whose info line or first comment names a path.
QList<FencedFile> fencedFiles(const QString &text);

} // namespace Flotilla
