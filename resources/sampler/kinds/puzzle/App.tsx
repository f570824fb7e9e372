import { useRef } from 'react'
import { Score } from './components/Score'
import { TileField } from './components/TileField'
import { Icon, Page } from './components/ui'
import { firstGrid, slide, stuck, withNew, type Grid } from './data'
import { has, useKeys, useStored } from './hooks'
import './styles.css'

type Game = { grid: Grid; score: number; past: { grid: Grid; score: number }[] }
const ways: Record<string, string> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down', a: 'left', d: 'right', w: 'up', s: 'down' }
const fresh = (): Game => ({ grid: firstGrid(), score: 0, past: [] })

export default function App() {
  const [game, setGame] = useStored<Game>('game', fresh())
  const [best, setBest] = useStored('best', 0)
  const touch = useRef<{ x: number; y: number } | null>(null)
  const over = stuck(game.grid)

  const move = (way?: string) => {
    if (!way) return
    const { grid, gained, moved } = slide(game.grid, way)
    if (!moved) return
    const score = game.score + gained
    setGame({ grid: withNew(grid), score, past: [{ grid: game.grid, score: game.score }, ...game.past].slice(0, 30) })
    if (score > best) setBest(score)
  }
  const undo = () => {
    const [last, ...past] = game.past
    if (last) setGame({ ...last, past })
  }
  useKeys((key, event) => {
    if (ways[key]) event.preventDefault()
    if (key === 'u') undo()
    else move(ways[key])
  })

  return (
    <Page
      actions={
        <>
          <button className="btn quiet" onClick={undo} disabled={!game.past.length}>Undo</button>
          <button className="btn" onClick={() => setGame({ ...fresh(), grid: withNew(withNew(Array(16).fill(0))) })}>
            <Icon name="again" /> New game
          </button>
        </>
      }
      aside={has('summary') && <Score score={game.score} best={best} top={Math.max(...game.grid)} />}
    >
      <section
        className="card puzzle"
        onTouchStart={(e) => { touch.current = { x: e.touches[0].clientX, y: e.touches[0].clientY } }}
        onTouchEnd={(e) => {
          if (!touch.current) return
          const x = e.changedTouches[0].clientX - touch.current.x
          const y = e.changedTouches[0].clientY - touch.current.y
          if (Math.max(Math.abs(x), Math.abs(y)) > 24) move(Math.abs(x) > Math.abs(y) ? (x > 0 ? 'right' : 'left') : y > 0 ? 'down' : 'up')
        }}
      >
        <TileField grid={game.grid} />
        <p className="muted puzzle-help" aria-live="polite">
          {over ? `No more moves. ${game.score} points.` : has('help') ? 'Arrow keys or swipe. U takes a move back.' : ''}
        </p>
      </section>
    </Page>
  )
}
