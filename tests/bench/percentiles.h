// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

namespace Flotilla::Bench {

/// The smallest sample that at least `fraction` of all samples do not exceed (nearest rank). 0 without samples.
inline double percentile(std::vector<double> samples, double fraction)
{
    if (samples.empty())
        return 0;
    std::sort(samples.begin(), samples.end());
    const auto rank = static_cast<size_t>(fraction * double(samples.size()) + 0.9999999);
    return samples[std::clamp<size_t>(rank, 1, samples.size()) - 1];
}

} // namespace Flotilla::Bench
