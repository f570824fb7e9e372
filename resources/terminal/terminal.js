// SPDX-License-Identifier: GPL-3.0-or-later
// The page of the terminal. It knows nothing but the bridge (widgets/terminal/terminalbridge.h); bytes travel as base64.
'use strict';

const pieceSize = 16 * 1024;
const terminal = new Terminal({
    scrollback: 5000,
    minimumContrastRatio: 4.5,
    cursorBlink: true,
    logLevel: 'off',
});
const fit = new FitAddon.FitAddon();

const fromBase64 = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
const toBase64 = bytes => btoa(String.fromCharCode(...bytes));

/** What the window looks like: colours and sizes of widgets/common. */
function dress(look) {
    const style = document.documentElement.style;
    for (const [name, value] of Object.entries(look.css))
        style.setProperty(`--${name}`, value);
    Object.assign(terminal.options, look.terminal);
    refit();
}

function refit() {
    const place = document.getElementById('terminal');
    if (place.clientWidth > 40 && place.clientHeight > 20)
        fit.fit();
}

/** xterm.js does these once per count, also two billion times: a count that no screen has is nothing to do. */
function refuseHugeCounts() {
    for (const final of '@ILMPSTXZb')
        terminal.parser.registerCsiHandler({ final }, counts => counts[0] > 10000);
}

function send(bridge, bytes) {
    for (let at = 0; at < bytes.length; at += pieceSize)
        bridge.typed(toBase64(bytes.subarray(at, at + pieceSize)));
}

function listen(bridge) {
    bridge.looked.connect(dress);
    bridge.asked.connect(() => bridge.alive());
    bridge.pasted.connect(text => terminal.paste(text));
    bridge.cleared.connect(() => terminal.write('', () => terminal.reset()));
    bridge.output.connect((shell, text) => {
        const bytes = fromBase64(text);
        terminal.write(bytes, () => bridge.shown(shell, bytes.length));
    });
}

function speak(bridge) {
    terminal.onData(text => send(bridge, new TextEncoder().encode(text)));
    terminal.onBinary(text => send(bridge, Uint8Array.from(text, letter => letter.charCodeAt(0))));
    terminal.onResize(({ cols, rows }) => bridge.resized(cols, rows));
    terminal.options.linkHandler = { activate: (event, address) => bridge.linkClicked(address.slice(0, 4000)) };
    // the window copies and pastes
    terminal.attachCustomKeyEventHandler(event => !(event.ctrlKey && event.shiftKey && /^[cv]$/i.test(event.key)));
}

new QWebChannel(qt.webChannelTransport, channel => {
    const bridge = channel.objects.bridge;
    terminal.loadAddon(fit);
    refuseHugeCounts();
    listen(bridge);
    terminal.open(document.getElementById('terminal'));
    speak(bridge);
    new ResizeObserver(refit).observe(document.getElementById('terminal'));
    addEventListener('error', event => bridge.failed(event.message));
    dress(bridge.look);
    bridge.ready(terminal.cols, terminal.rows);
});
