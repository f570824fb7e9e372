// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

/// Ends the test function when a real peer cannot start here: as skipped, or as failed when FLOTILLA_REQUIRE_PEERS
/// is 1. `reason` is the sentence that says why; empty: it is there.
#define NEED_PEER(reason)                                                                                              \
    do {                                                                                                               \
        const QString missingPeer = (reason);                                                                          \
        if (!missingPeer.isEmpty() && qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 0)                     \
            QSKIP(qPrintable(missingPeer));                                                                            \
        QVERIFY2(missingPeer.isEmpty(), qPrintable(missingPeer));                                                      \
    } while (false)
