import { useEffect, useRef, useState } from 'react'
import { Dial } from './components/Dial'
import { Sessions } from './components/Sessions'
import { Icon, Page } from './components/ui'
import { firstSessions, presets, type Session } from './data'
import { day, has, newId, useKeys, useStored } from './hooks'
import './styles.css'

export default function App() {
  const [preset, setPreset] = useStored('preset', presets[0])
  const [sessions, setSessions] = useStored<Session[]>('sessions', firstSessions)
  const [left, setLeft] = useState(preset.minutes * 60)
  const [running, setRunning] = useState(false)
  const end = useRef(0)

  useEffect(() => {
    if (!running) return
    end.current = performance.now() + left * 1000
    const timer = setInterval(() => setLeft(Math.max(0, Math.round((end.current - performance.now()) / 1000))), 200)
    return () => clearInterval(timer)
  }, [running])

  useEffect(() => {
    if (left > 0 || !running) return
    setRunning(false)
    setSessions([{ id: newId(), name: preset.name, minutes: preset.minutes, at: day() }, ...sessions].slice(0, 40))
  }, [left, running])

  const choose = (next: typeof preset) => {
    setRunning(false)
    setPreset(next)
    setLeft(next.minutes * 60)
  }
  const stretch = (minutes: number) => choose({ ...preset, minutes: Math.min(180, Math.max(1, preset.minutes + minutes)) })
  const toggle = () => {
    if (left === 0) setLeft(preset.minutes * 60)
    setRunning(!running)
  }
  useKeys((key, event) => {
    if (key === ' ') {
      event.preventDefault()
      toggle()
    }
    if (key === 'r') choose(preset)
    if (key === 'ArrowUp') stretch(1)
    if (key === 'ArrowDown') stretch(-1)
  })

  return (
    <Page>
      <div className={has('history') ? 'timer-twin' : ''}>
        <section className="card timer">
          {has('presets') && (
            <div className="timer-presets" role="group" aria-label="What for">
              {presets.map((option) => (
                <button key={option.name} className="btn quiet" aria-pressed={option.name === preset.name} onClick={() => choose(option)}>
                  {option.name} <span className="muted num">{option.minutes}</span>
                </button>
              ))}
            </div>
          )}
          <Dial left={left} total={preset.minutes * 60} label={left === 0 ? 'Done' : preset.name} />
          <div className="bar-row timer-buttons">
            <button className="btn quiet" aria-label="One minute less" onClick={() => stretch(-1)}>−1</button>
            <button className="btn timer-go" onClick={toggle}>
              <Icon name={running ? 'pause' : 'play'} /> {running ? 'Pause' : left === 0 ? 'Again' : 'Start'}
            </button>
            <button className="btn quiet" aria-label="One minute more" onClick={() => stretch(1)}>+1</button>
            <button className="btn bare" onClick={() => choose(preset)}>
              <Icon name="again" /> Reset
            </button>
          </div>
          <p className="muted small">Space starts and pauses, R resets.</p>
        </section>
        {has('history') && <Sessions sessions={sessions} onClear={() => setSessions([])} />}
      </div>
    </Page>
  )
}
