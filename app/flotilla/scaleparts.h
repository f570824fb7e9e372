// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Flotilla {

struct AppServices;
class LoadTestService;
class ScalePage;

/// The Scale screen over the real services. The caller owns it.
ScalePage *makeScalePage(const AppServices &services, LoadTestService *tests);

} // namespace Flotilla
