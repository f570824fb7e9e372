// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Moved: include the header below directly.
#include "backends/storage/settingsservice.h"
