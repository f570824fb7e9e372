// SPDX-License-Identifier: GPL-3.0-or-later
// The page of the terminal. It knows nothing but the bridge (widgets/terminal/terminalbridge.h); bytes travel as base64.
'use strict';

const pieceSize = 16 * 1024;
const mostMarks = 16;
const terminal = new Terminal({
    allowProposedApi: true, // widths of characters, marks of the search
    scrollback: 5000,
    minimumContrastRatio: 4.5,
    cursorBlink: true,
    logLevel: 'off',
});
const fit = new FitAddon.FitAddon();
const search = new SearchAddon.SearchAddon({ highlightLimit: 1000 }); // FindBar::mostCounted
let marks = {}; // how the search shows what it found
let wished = null; // what is searched for

const fromBase64 = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
const toBase64 = bytes => btoa(String.fromCharCode(...bytes));

/** What the window looks like: colours and sizes of widgets/common. */
function dress(look) {
    const style = document.documentElement.style;
    for (const [name, value] of Object.entries(look.css))
        style.setProperty(`--${name}`, value);
    Object.assign(terminal.options, look.terminal);
    marks = look.search;
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

/** A cell takes a letter and so many marks, the next ones stand in cells of their own: the engine needs minutes for
 *  thousands. In the high bits of what xterm.js hands from character to character they are counted. */
function boundMarks() {
    const bounded = widths => ({
        version: 'bounded',
        wcwidth: point => widths.wcwidth(point),
        charProperties(point, before) {
            const joins = widths.charProperties(point, before);
            const count = (joins & 1) ? (before >> 3) + 1 : 0;
            return count > mostMarks ? 1 << 1 : (count << 3) | (joins & 7);
        },
    });
    const register = widths => terminal.unicode.register(bounded(widths));
    new Unicode11Addon.Unicode11Addon().activate({ unicode: { register } });
    terminal.unicode.activeVersion = 'bounded';
}

function find(text, backwards, caseSensitive) {
    if (!text)
        return endSearch();
    const isNew = wished?.text !== text || wished.caseSensitive !== caseSensitive; // what was found may stay then
    wished = { text, caseSensitive };
    const options = { decorations: marks, incremental: isNew, caseSensitive };
    backwards ? search.findPrevious(text, options) : search.findNext(text, options);
}

function endSearch() {
    wished = null;
    search.clearDecorations();
}

/** The addon counts again when the output pauses for 200 ms; while it flows, this does. */
function countInFlow() {
    let timer = 0;
    terminal.onWriteParsed(() => {
        if (wished)
            timer ||= setTimeout(() => {
                timer = 0;
                countAgain();
            }, 500);
    });
}

function countAgain() {
    if (!wished)
        return;
    search.clearDecorations(); // what is known of the old text goes
    search.findPrevious(wished.text, { ...wished, decorations: marks, incremental: true, noScroll: true });
}

function send(bridge, bytes) {
    for (let at = 0; at < bytes.length; at += pieceSize)
        bridge.typed(toBase64(bytes.subarray(at, at + pieceSize)));
}

function listen(bridge) {
    bridge.looked.connect(dress);
    bridge.asked.connect(() => bridge.alive());
    bridge.pasted.connect(text => terminal.paste(text));
    bridge.searched.connect(find);
    bridge.searchEnded.connect(endSearch);
    bridge.cleared.connect(() => terminal.write('', () => terminal.reset()));
    bridge.output.connect((shell, text) => {
        const bytes = fromBase64(text);
        terminal.write(bytes, () => bridge.shown(shell, bytes.length));
    });
}

function speak(bridge) {
    const openLink = (event, address) => bridge.linkClicked(address.slice(0, 4000));
    terminal.onData(text => send(bridge, new TextEncoder().encode(text)));
    terminal.onBinary(text => send(bridge, Uint8Array.from(text, letter => letter.charCodeAt(0))));
    terminal.onResize(({ cols, rows }) => bridge.resized(cols, rows));
    terminal.onSelectionChange(() => bridge.selectionChanged(terminal.hasSelection()));
    terminal.options.linkHandler = { activate: openLink };
    terminal.loadAddon(new WebLinksAddon.WebLinksAddon(openLink));
    search.onDidChangeResults(({ resultIndex, resultCount }) => bridge.found(resultIndex, resultCount));
    // the window copies, pastes and searches
    terminal.attachCustomKeyEventHandler(event => !(event.ctrlKey && event.shiftKey && /^[cfv]$/i.test(event.key)));
}

new QWebChannel(qt.webChannelTransport, channel => {
    const bridge = channel.objects.bridge;
    terminal.loadAddon(fit);
    terminal.loadAddon(search);
    refuseHugeCounts();
    boundMarks();
    countInFlow();
    listen(bridge);
    terminal.open(document.getElementById('terminal'));
    speak(bridge);
    new ResizeObserver(refit).observe(document.getElementById('terminal'));
    addEventListener('error', event => bridge.failed(event.message));
    dress(bridge.look);
    bridge.ready(terminal.cols, terminal.rows);
});
