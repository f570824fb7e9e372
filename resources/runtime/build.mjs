// SPDX-License-Identifier: GPL-3.0-or-later
// Builds what generated apps may import. Usage: node build.mjs MODULES OUT LICENCES
// MODULES holds node_modules (npm ci of the lock file beside this script); OUT is replaced as a whole at the end. The file
// LICENCES gets the licence of every package whose code is in OUT.
import { createRequire } from 'node:module'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const [modules, out, licences] = process.argv.slice(2).map((path) => resolve(path))
if (!licences) {
    console.error('usage: node build.mjs MODULES OUT LICENCES')
    process.exit(2)
}

const here = dirname(fileURLToPath(import.meta.url))
const require = createRequire(join(modules, 'package.json'))
const esbuild = require('esbuild')
const base = '/_flotilla/vendor/'
const temporary = `${out}.new`
const vendor = join(temporary, 'vendor')

// Import specifier -> file. Two names of one file are one module instance.
const specifiers = {
    react: 'react',
    'react/jsx-runtime': 'react-jsx-runtime',
    'react/jsx-dev-runtime': 'react-jsx-dev-runtime',
    'react-dom': 'react-dom',
    'react-dom/client': 'react-dom-client',
    'lucide-react': 'lucide-react',
    clsx: 'clsx',
    'date-fns': 'date-fns',
    zustand: 'zustand',
    'zustand/middleware': 'zustand-middleware',
    'zustand/react/shallow': 'zustand-shallow',
    recharts: 'recharts',
    'framer-motion': 'motion',
    motion: 'motion',
    'motion/react': 'motion',
}

// React ships CommonJS only: `export *` of it would export nothing but `default`, so its names are listed.
function commonJs(specifier) {
    const names = Object.keys(require(specifier)).filter((name) => name !== 'default')
    return `import module from ${JSON.stringify(specifier)}\nexport default module\nexport const { ${names.join(', ')} } = module\n`
}

const module = (specifier) => `export * from ${JSON.stringify(specifier)}\n`
const moduleWithDefault = (specifier) => `${module(specifier)}export { default } from ${JSON.stringify(specifier)}\n`

// jsxDEV does not exist in React's production build; an app compiled with --jsx-dev still has to run.
const jsxDevelopment = `import { Fragment, jsx, jsxs } from 'react/jsx-runtime'
export { Fragment }
export const jsxDEV = (type, props, key, several) => (several ? jsxs : jsx)(type, props, key)
`

const sources = {
    react: () => commonJs('react'),
    'react-jsx-runtime': () => commonJs('react/jsx-runtime'),
    'react-jsx-dev-runtime': () => jsxDevelopment,
    'react-dom': () => commonJs('react-dom'),
    'react-dom-client': () => commonJs('react-dom/client'),
    'lucide-react': () => module('lucide-react'),
    clsx: () => moduleWithDefault('clsx'),
    'date-fns': () => module('date-fns'),
    zustand: () => module('zustand'),
    'zustand-middleware': () => module('zustand/middleware'),
    'zustand-shallow': () => module('zustand/react/shallow'),
    recharts: () => module('recharts'),
    motion: () => module('framer-motion'),
}

const entries = {
    name: 'entries',
    setup(build) {
        build.onResolve({ filter: /^entry:/ }, ({ path }) => ({ path: path.slice('entry:'.length), namespace: 'entry' }))
        build.onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => ({
            contents: sources[path](),
            resolveDir: modules,
        }))
    },
}

const common = {
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'chrome102',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'warning',
    absWorkingDir: modules,
}

const packageFolders = new Set(['node_modules/esbuild'])

function noteInputs(metafile) {
    for (const input of Object.keys(metafile.inputs)) {
        const folder = input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/)
        if (folder) packageFolders.add(folder[0].slice(folder[0].indexOf('node_modules/')))
    }
}

function licenceOf(folder) {
    const path = join(modules, folder)
    const { name, version, license, author } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
    const files = readdirSync(path).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort()
    const text = files.map((file) => readFileSync(join(path, file), 'utf8').trim()).join('\n\n')
    const holder = typeof author === 'string' ? author : (author?.name ?? '')
    return `${name} ${version} (${license})\n\n${text || `${license}. ${holder}`}\n`
}

function writeLicences() {
    mkdirSync(dirname(licences), { recursive: true })
    writeFileSync(licences, [...packageFolders].sort().map(licenceOf).join(`\n${'-'.repeat(72)}\n\n`))
}

async function buildVendor() {
    const result = await esbuild.build({
        ...common,
        entryPoints: Object.keys(sources).map((name) => ({ in: `entry:${name}`, out: name })),
        plugins: [entries],
        format: 'esm',
        splitting: true,
        outdir: vendor,
        metafile: true,
    })
    noteInputs(result.metafile)
    const exported = {}
    for (const [file, output] of Object.entries(result.metafile.outputs)) {
        if (output.entryPoint) {
            exported[file.replace(/^.*\/|\.js$/g, '')] = [...output.exports].sort()
        }
    }
    return exported
}

async function buildStyles() {
    const script = await esbuild.build({
        ...common,
        metafile: true,
        entryPoints: [join(here, 'uno.js')],
        nodePaths: [join(modules, 'node_modules')],
        format: 'iife',
        outfile: join(vendor, 'uno.js'),
    })
    const reset = await esbuild.build({
        ...common,
        metafile: true,
        entryPoints: [require.resolve('@unocss/reset/tailwind.css')],
        outfile: join(vendor, 'reset.css'),
        // Said by a variable, which esbuild knows: of a property that it does not know it looks for the one that was meant.
        footer: { css: ':root{color-scheme:var(--color-scheme,normal)}' },
    })
    noteInputs(script.metafile)
    noteInputs(reset.metafile)
}

function version(specifier) {
    const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
    const from = name === 'motion' ? 'framer-motion' : name
    return JSON.parse(readFileSync(join(modules, 'node_modules', from, 'package.json'), 'utf8')).version
}

function writeHead(imports) {
    const map = `<script type="importmap">${JSON.stringify({ imports })}</script>\n`
    const preload = ['react', 'react-jsx-runtime', 'react-dom-client']
        .map((name) => `<link rel="modulepreload" href="${base}${name}.js">\n`)
        .join('')
    const styles = `<link rel="stylesheet" href="${base}reset.css">\n<script src="${base}uno.js"></script>\n`
    writeFileSync(join(temporary, 'importmap.json'), JSON.stringify({ imports }, null, 2) + '\n')
    writeFileSync(join(temporary, 'head.html'), map + preload + styles)
    writeFileSync(join(temporary, 'head-static.html'), map)
}

function writePackages(exported) {
    const lines = Object.keys(specifiers).map((specifier) => `${specifier} ${version(specifier)}\n`)
    writeFileSync(join(temporary, 'packages.txt'), lines.join(''))
    const names = Object.fromEntries(Object.entries(specifiers).map(([specifier, file]) => [specifier, exported[file]]))
    writeFileSync(join(temporary, 'exports.json'), JSON.stringify(names))
}

function copyCompiler() {
    const binary = require.resolve(`@esbuild/${process.platform}-${process.arch}/bin/esbuild`)
    mkdirSync(join(temporary, 'bin'), { recursive: true })
    copyFileSync(binary, join(temporary, 'bin', 'esbuild'))
    chmodSync(join(temporary, 'bin', 'esbuild'), 0o755)
}

rmSync(temporary, { recursive: true, force: true })
mkdirSync(vendor, { recursive: true })
const exported = await buildVendor()
await buildStyles()
writeHead(Object.fromEntries(Object.entries(specifiers).map(([name, file]) => [name, `${base}${file}.js`])))
writePackages(exported)
copyCompiler()
writeLicences()
rmSync(out, { recursive: true, force: true })
renameSync(temporary, out)
