// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/code/tokenizer.h"

#include <QSyntaxHighlighter>

namespace Flotilla {

/// The colours of code in the theme in force.
QTextCharFormat codeFormat(TokenKind kind);

/// Colours a document by tokenizeLine. Read-only views only: lines longer than 2000 characters stay plain.
class CodeHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit CodeHighlighter(QTextDocument *document);
    void setLanguage(CodeLanguage language);

protected:
    void highlightBlock(const QString &text) override;

private:
    CodeLanguage m_language = CodeLanguage::Plain;
};

} // namespace Flotilla
