import { useState } from 'react'
import { Keypad } from './components/Keypad'
import { Tape } from './components/Tape'
import { Page } from './components/ui'
import { firstLines, flipped, pretty, work, type Line } from './data'
import { has, newId, useKeys, useStored } from './hooks'
import './styles.css'

const typed: Record<string, string> = { '*': '×', '/': '÷', '-': '−', Enter: '=', '=': '=', Escape: 'C', ',': '.' }

export default function App() {
  const [text, setText] = useState('')
  const [fresh, setFresh] = useState(false)
  const [lines, setLines] = useStored<Line[]>('lines', firstLines)
  const value = work(text)

  /** A digit after a result begins the next sum; a sign goes on with it. */
  const press = (key: string) => {
    setFresh(key === '=' && value !== null)
    if (key === 'C') setText('')
    else if (key === 'back') setText(text.slice(0, -1))
    else if (key === '±') setText(flipped(text))
    else if (key === '=') {
      if (value === null) return
      setLines([{ id: newId(), sum: text.replace(/([+−×÷])/g, ' $1 ').trim(), result: pretty(value) }, ...lines].slice(0, 30))
      setText(pretty(value).replace('-', '−'))
    } else if (fresh && /[\d.(]/.test(key)) setText(key)
    else if (text.length < 40) setText(text + key)
  }
  useKeys((key, event) => {
    const meant = key === 'Backspace' ? 'back' : typed[key] ?? key
    if (!/^(back|C|=|[\d.()+−×÷])$/.test(meant)) return
    event.preventDefault()
    press(meant)
  })

  return (
    <Page>
      <div className={has('history') ? 'calc-twin' : 'calc-one'}>
        <section className="card calc">
          <output className="calc-screen" aria-live="polite">
            <span className="calc-sum num">{text.replace(/([+−×÷])/g, ' $1 ') || '0'}</span>
            <span className="calc-value num">{value !== null && /[+−×÷(]/.test(text.slice(1)) ? `= ${pretty(value)}` : /÷−?0*\.?0*([+−×÷)]|$)/.test(text) && /÷−?0/.test(text) ? 'Nothing can be divided by 0' : '\u00a0'}</span>
          </output>
          <Keypad onPress={press} />
          {has('help') && <p className="muted small calc-help">The keyboard works too: Enter for =, Esc clears, Backspace takes one back.</p>}
        </section>
        {has('history') && <Tape lines={lines} onUse={(result) => { setText((fresh ? '' : text) + result.replace('-', '−')); setFresh(false) }} onClear={() => setLines([])} />}
      </div>
    </Page>
  )
}
