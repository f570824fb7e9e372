// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/languagemodel.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryFile>
#include <QUrl>

#include <memory>
#include <vector>

namespace Flotilla::Test {

/// bin/fake-llm-server with a script, as a process of its own.
class FakeServerProcess
{
public:
    /// Blocking; an empty URL when it does not come up.
    explicit FakeServerProcess(const QByteArray &script);
    ~FakeServerProcess();
    QUrl openAiBase() const;

private:
    QTemporaryFile m_script;
    QProcess m_process;
    quint16 m_port = 0;
};

/// Many answers of one model at once, every token counted: a token is one piece of text of four characters.
class StreamLoad : public QObject
{
    Q_OBJECT

public:
    struct Result
    {
        int streams = 0;
        int complete = 0;        ///< ended as they should, with the whole text
        qint64 expected = 0;     ///< tokens
        qint64 received = 0;     ///< tokens
        int mostOpen = 0;        ///< streams at once that had begun and not ended
        double longestGapMs = 0; ///< between two events of one stream
        QString problem;         ///< the first one
        qint64 dropped() const { return expected - received; }
    };

    /// `text` is what every answer has to say.
    StreamLoad(std::shared_ptr<LanguageModel> model, QString text, QObject *parent = nullptr);
    void start(int streams);
    bool isOver() const { return m_over == m_result.streams; }
    const Result &result() const { return m_result; }

Q_SIGNALS:
    void over();

private:
    struct Stream
    {
        std::unique_ptr<ModelStream> stream;
        QString text;
        qint64 lastNs = 0;
    };
    void onEvent(Stream &stream, const StreamEvent &event);
    void onEnd(Stream &stream, const QString &problem);

    std::shared_ptr<LanguageModel> m_model;
    QString m_text;
    std::vector<Stream> m_streams;
    Result m_result;
    QElapsedTimer m_clock;
    int m_open = 0;
    int m_over = 0;
};

/// An answer of so many tokens, each of them different, and the script of a server that says it at this pace.
QString numberedText(int tokens);
QByteArray scriptSaying(const QString &text, double tokensPerSecond);

} // namespace Flotilla::Test
