// SPDX-License-Identifier: GPL-3.0-or-later
// Tailwind 3 classes at run time. New class names are seen by a MutationObserver and their rules are written in the
// same turn of the event loop, before the page is painted, so nothing shows unstyled. The style element stands where
// this script stands: after the reset, before the app's own style sheet, which therefore wins.
import { createGenerator } from '@unocss/core'
import presetWind3 from '@unocss/preset-wind3'

const style = document.createElement('style')
style.dataset.flotilla = 'utilities'
document.currentScript.after(style)

const seen = new Set()
let generator
let running = false
let again = false

// Chromium 102 drops a gradient that names its colour space.
const withoutColourSpace = (rule) => {
    for (const entry of rule.entries) {
        if (typeof entry[1] === 'string') entry[1] = entry[1].replace(/ in okl(?:ch|ab)/g, '')
    }
}

async function update() {
    if (running) {
        again = true
        return
    }
    running = true
    do {
        again = false
        generator ??= await createGenerator({ presets: [presetWind3()], postprocess: withoutColourSpace })
        style.textContent = (await generator.generate(seen, { minify: true })).css
    } while (again)
    running = false
}

function collect(element) {
    const names = element.getAttribute('class')
    if (!names) return false
    const before = seen.size
    for (const name of names.split(/\s+/)) if (name) seen.add(name)
    return seen.size > before
}

function collectTree(root) {
    let found = collect(root)
    for (const element of root.querySelectorAll('[class]')) found = collect(element) || found
    return found
}

new MutationObserver((mutations) => {
    let found = false
    for (const { type, target, addedNodes } of mutations) {
        if (type === 'attributes') found = collect(target) || found
        else for (const node of addedNodes) if (node.nodeType === 1) found = collectTree(node) || found
    }
    if (found) update()
}).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] })

if (collectTree(document.documentElement)) update()
