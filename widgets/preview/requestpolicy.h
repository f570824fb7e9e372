// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QUrl>

namespace Flotilla {

/// What a preview may ask the network for. Pure functions, any thread. Hosts are compared as text only: no look-up
/// happens here, so a name that resolves to a private address is refused by "not its own origin", not by its address.
enum class RequestVerdict {
    Allow,
    External,       ///< a link to another site: belongs to the system browser
    OtherApp,       ///< *.localhost that is not its own
    Loopback,       ///< another port or service of this computer
    PrivateNetwork, ///< RFC 1918, link-local, unique local, carrier-grade NAT, as IPv4, IPv6 or mapped
    LocalScheme,    ///< file:, ftp:, chrome:, view-source: ...
    Internet,       ///< a sub-resource from anywhere else
};

enum class RequestKind {
    MainFrame, ///< navigation of the page itself
    SubFrame,
    SubResource, ///< scripts, styles, images, fetch, WebSocket
};

/// `own` is the address of the app the page belongs to.
RequestVerdict judgeRequest(const QUrl &own, const QUrl &request, RequestKind kind);
/// One short sentence for the console and the note in the pane.
QString describe(RequestVerdict verdict, const QUrl &request);
/// Same scheme (ws counts as http), host and port.
bool sameOrigin(const QUrl &own, const QUrl &other);

} // namespace Flotilla
