// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/languagemodel.h"

namespace Flotilla {

Usage &Usage::operator+=(const Usage &other)
{
    inputTokens += other.inputTokens;
    cacheReadTokens += other.cacheReadTokens;
    cacheWriteTokens += other.cacheWriteTokens;
    outputTokens += other.outputTokens;
    estimated = estimated || other.estimated;
    return *this;
}

std::optional<double> costOf(const Usage &usage, const std::optional<Price> &price)
{
    if (!price)
        return std::nullopt;
    const double micro = double(usage.inputTokens) * price->input + double(usage.outputTokens) * price->output +
                         double(usage.cacheReadTokens) * price->cacheRead +
                         double(usage.cacheWriteTokens) * price->cacheWrite;
    return micro / 1e6;
}

} // namespace Flotilla
