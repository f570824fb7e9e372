import type { Session } from '../data'
import { day, dayName } from '../hooks'
import { Empty } from './ui'

export function Sessions({ sessions, onClear }: { sessions: Session[]; onClear: () => void }) {
  const week = Array.from({ length: 7 }, (_, i) => day(i - 6))
  const minutes = week.map((date) => sessions.filter((s) => s.at === date).reduce((sum, s) => sum + s.minutes, 0))
  const most = Math.max(60, ...minutes)
  return (
    <section className="card">
      <div className="card-head">
        <h2>This week</h2>
        <span className="muted small num">{minutes.reduce((a, b) => a + b, 0)} min</span>
      </div>
      <div className="bars" role="img" aria-label={`Minutes a day: ${minutes.join(', ')}`}>
        {week.map((date, i) => (
          <div key={date} className="bars-day">
            <i style={{ height: `${(minutes[i] / most) * 100}%` }} />
            <span className="muted small">{dayName(date, 'narrow')}</span>
          </div>
        ))}
      </div>
      {sessions.length ? (
        <ul className="past">
          {sessions.slice(0, 6).map((session) => (
            <li key={session.id}>
              <span className="dot" />
              <span className="grow cut">{session.name}</span>
              <span className="muted num small">{session.minutes} min</span>
            </li>
          ))}
        </ul>
      ) : (
        <Empty text="Finished sessions appear here." />
      )}
      {sessions.length > 0 && <button className="btn bare" onClick={onClear}>Clear the list</button>}
    </section>
  )
}
