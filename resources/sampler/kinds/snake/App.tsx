import { useEffect, useRef, useState } from 'react'
import { Field } from './components/Field'
import { ScoreBoard } from './components/ScoreBoard'
import { Icon, Page } from './components/ui'
import { place, prizes, size, start, ways, type Cell, type Way } from './data'
import { has, useKeys, useStored } from './hooks'
import './styles.css'

type State = 'ready' | 'running' | 'paused' | 'over'

export default function App() {
  const [body, setBody] = useState<Cell[]>(start)
  const [prize, setPrize] = useState<Cell>(() => place(start, 0))
  const [score, setScore] = useState(0)
  const [best, setBest] = useStored('best', 0)
  const [state, setState] = useState<State>('ready')
  const way = useRef<Way>({ x: 1, y: 0 })
  const asked = useRef<Way[]>([])
  const touch = useRef<Cell | null>(null)

  const step = () => {
    const next = asked.current.shift()
    if (next && (next.x !== -way.current.x || next.y !== -way.current.y)) way.current = next
    const head = { x: body[0].x + way.current.x, y: body[0].y + way.current.y }
    const outside = head.x < 0 || head.y < 0 || head.x >= size.columns || head.y >= size.rows
    if (outside || body.slice(0, -1).some((part) => part.x === head.x && part.y === head.y)) {
      setState('over')
      if (score > best) setBest(score)
      return
    }
    const eats = head.x === prize.x && head.y === prize.y
    const longer = [head, ...body]
    setBody(eats ? longer : longer.slice(0, -1))
    if (eats) {
      setScore(score + 1)
      setPrize(place(longer, score + 1))
    }
  }

  useEffect(() => {
    if (state !== 'running') return
    const timer = setTimeout(step, Math.max(70, 150 - score * 4))
    return () => clearTimeout(timer)
  }, [state, body])

  const begin = () => {
    way.current = { x: 1, y: 0 }
    asked.current = []
    setBody(start)
    setScore(0)
    setPrize(place(start, 0))
    setState('running')
  }
  const steer = (next?: Way) => {
    if (!next) return
    if (state === 'ready') begin()
    if (asked.current.length < 2) asked.current.push(next)
  }
  const toggle = () => (state === 'running' ? setState('paused') : state === 'paused' ? setState('running') : begin())

  useKeys((key, event) => {
    if (key === ' ' || ways[key]) event.preventDefault()
    if (key === ' ') toggle()
    else steer(ways[key])
  })

  return (
    <Page aside={has('summary') && <ScoreBoard score={score} best={best} prize={prizes[score % prizes.length]} />}>
      <section
        className="card arcade"
        onTouchStart={(e) => { touch.current = { x: e.touches[0].clientX, y: e.touches[0].clientY } }}
        onTouchEnd={(e) => {
          if (!touch.current) return
          const x = e.changedTouches[0].clientX - touch.current.x
          const y = e.changedTouches[0].clientY - touch.current.y
          if (Math.max(Math.abs(x), Math.abs(y)) > 20) steer(Math.abs(x) > Math.abs(y) ? { x: Math.sign(x), y: 0 } : { x: 0, y: Math.sign(y) })
        }}
      >
        <div className="arcade-field">
          <Field body={body} prize={prize} over={state === 'over'} />
          {state !== 'running' && (
            <div className="arcade-veil">
              <h2>{state === 'over' ? `${score} ${score === 1 ? 'point' : 'points'}` : state === 'paused' ? 'Paused' : 'Ready?'}</h2>
              <button className="btn" onClick={toggle}>
                <Icon name="play" /> {state === 'paused' ? 'Go on' : state === 'over' ? 'Once more' : 'Start'}
              </button>
            </div>
          )}
        </div>
        {has('help') && <p className="muted small arcade-help">Arrow keys or W A S D, swipe on a phone. Space pauses. Next to catch: {prizes[score % prizes.length]}.</p>}
      </section>
    </Page>
  )
}
