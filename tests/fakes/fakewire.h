// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fakes/fakescript.h"

namespace Flotilla {

enum class FakeFormat { Anthropic, OpenAi };

/// A piece of a response body and when it goes out.
struct FakeFrame
{
    enum class Action { Send, Drop, Stall };
    QByteArray bytes; ///< already framed as HTTP chunks
    int tokens = 0;   ///< how many token intervals pass before it
    int waitMs = 0;   ///< and how much time besides
    Action action = Action::Send;
};

struct FakeContext
{
    FakeFormat format = FakeFormat::Anthropic;
    QString model;
    bool usageWanted = true; ///< OpenAI: stream_options.include_usage
};

/// The whole body of an answer, without the last (empty) HTTP chunk.
QList<FakeFrame> encodeTurn(const FakeTurn &turn, const FakeContext &context);
/// An error document as that vendor writes it.
QByteArray errorBody(FakeFormat format, int status, const QString &message);
QByteArray modelsBody(FakeFormat format, const QStringList &models);

} // namespace Flotilla
