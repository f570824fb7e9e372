// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/messagetext.h"

#include "widgets/code/codehighlighter.h"
#include "widgets/common/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QTextBlock>
#include <QTextDocument>

namespace Flotilla {

namespace {

constexpr int LineHeightPercent = 122;
constexpr int MaxCodeLine = 2000;

/// Text from a model must not make this program open files or addresses.
class InertDocument : public QTextDocument
{
protected:
    QVariant loadResource(int, const QUrl &) override { return QByteArray(); }
};

std::shared_ptr<QTextDocument> newDocument(int width, const QFont &font)
{
    auto document = std::make_shared<InertDocument>();
    document->setUndoRedoEnabled(false);
    document->setDocumentMargin(0);
    document->setDefaultFont(font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document->setDefaultTextOption(option);
    document->setTextWidth(width);
    return document;
}

void restyleFragment(QTextCursor &cursor, const QTextFragment &fragment, int heading)
{
    const QTextCharFormat old = fragment.charFormat();
    QTextCharFormat format;
    if (heading > 0) {
        format.setFont(Theme::instance().font(heading <= 2 ? TextSize::Large : TextSize::Base, QFont::DemiBold));
        format.clearProperty(QTextFormat::FontSizeAdjustment);
    }
    if (old.fontFixedPitch()) {
        format.setFont(Theme::instance().monospace());
        format.setBackground(colors().raised);
    }
    if (old.isAnchor())
        format.setForeground(colors().accentFill);
    if (format.isEmpty())
        return;
    cursor.setPosition(fragment.position());
    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor::KeepAnchor);
    cursor.mergeCharFormat(format);
}

void restyleBlock(QTextCursor &cursor, const QTextBlock &block, bool first)
{
    QTextBlockFormat format = block.blockFormat();
    const bool item = block.textList() != nullptr;
    format.setTopMargin(first ? 0 : item ? Space::xs : Space::s);
    format.setBottomMargin(0);
    format.setLineHeight(LineHeightPercent, QTextBlockFormat::ProportionalHeight);
    cursor.setPosition(block.position());
    cursor.setBlockFormat(format);
    QList<QTextFragment> fragments;
    for (auto it = block.begin(); !it.atEnd(); ++it)
        fragments.append(it.fragment());
    for (const QTextFragment &fragment : fragments)
        restyleFragment(cursor, fragment, format.headingLevel());
}

} // namespace

std::shared_ptr<QTextDocument> markdownDocument(const QString &markdown, int width)
{
    auto document = newDocument(width, Theme::instance().font());
    document->setIndentWidth(Space::l);
    document->setMarkdown(markdown, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                                        QTextDocument::MarkdownNoHTML);
    QTextCursor cursor(document.get());
    cursor.beginEditBlock();
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next())
        restyleBlock(cursor, block, block == document->begin());
    cursor.endEditBlock();
    return document;
}

std::shared_ptr<QTextDocument> plainDocument(const QString &text, int width)
{
    auto document = newDocument(width, Theme::instance().font());
    document->setPlainText(text);
    QTextCursor cursor(document.get());
    cursor.select(QTextCursor::Document);
    QTextBlockFormat format;
    format.setLineHeight(LineHeightPercent, QTextBlockFormat::ProportionalHeight);
    cursor.mergeBlockFormat(format);
    return document;
}

std::shared_ptr<QTextDocument> codeDocument(const QString &code, const QString &language, int width)
{
    auto document = newDocument(width, Theme::instance().monospace());
    document->setPlainText(code);
    const CodeLanguage known = languageOf(language);
    if (known == CodeLanguage::Plain)
        return document;
    QTextCursor cursor(document.get());
    cursor.beginEditBlock();
    int state = 0;
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        if (block.length() > MaxCodeLine)
            continue;
        for (const CodeToken &token : tokenizeLine(known, block.text(), state)) {
            cursor.setPosition(block.position() + token.start);
            cursor.setPosition(block.position() + token.start + token.length, QTextCursor::KeepAnchor);
            cursor.mergeCharFormat(codeFormat(token.kind));
        }
    }
    cursor.endEditBlock();
    return document;
}

} // namespace Flotilla
