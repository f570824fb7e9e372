import { useEffect, useState } from 'react'
import { CardGrid } from './components/CardGrid'
import { Icon, Page, Stat } from './components/ui'
import { deal } from './data'
import { has, useStored } from './hooks'
import { theme } from './theme'
import './styles.css'

export default function App() {
  const [round, setRound] = useStored('round', 1)
  const [best, setBest] = useStored('best', 0)
  const [open, setOpen] = useState<number[]>([])
  const [found, setFound] = useStored<string[]>('found', [])
  const [turns, setTurns] = useStored('turns', 0)
  const tiles = deal(theme.seed + round)
  const won = found.length === tiles.length / 2

  useEffect(() => {
    if (open.length < 2) return
    const [a, b] = open.map((key) => tiles.find((tile) => tile.key === key)!)
    const timer = setTimeout(() => {
      if (a.name === b.name) setFound((names) => [...names, a.name])
      setOpen([])
    }, a.name === b.name ? 320 : 900)
    return () => clearTimeout(timer)
  }, [open])

  useEffect(() => {
    if (won && (best === 0 || turns < best)) setBest(turns)
  }, [won])

  const turn = (key: number) => {
    if (open.length === 2 || open.includes(key)) return
    if (open.length === 1) setTurns(turns + 1)
    setOpen([...open, key])
  }
  const again = () => {
    setRound(round + 1)
    setOpen([])
    setFound([])
    setTurns(0)
  }

  return (
    <Page
      actions={
        <button className="btn quiet" onClick={again}>
          <Icon name="again" /> New round
        </button>
      }
      aside={has('summary') && (
        <div className="stats">
          <Stat label="Pairs" value={`${found.length} / ${tiles.length / 2}`} />
          <Stat label="Turns" value={turns} />
          <Stat label="Best" value={best || '–'} />
        </div>
      )}
    >
      <section className="card">
        <CardGrid tiles={tiles} open={open} found={found} onTurn={turn} />
        <p className="memory-say" aria-live="polite">
          {won ? `All pairs in ${turns} turns${turns <= best || !best ? ', your best so far.' : '.'}` : found.length ? `Found: ${found.join(', ')}` : 'Turn two cards at a time.'}
        </p>
        {won && (
          <div className="bar-row memory-end">
            <button className="btn" autoFocus onClick={again}>Play again</button>
          </div>
        )}
      </section>
    </Page>
  )
}
