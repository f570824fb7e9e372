import { week, type Habit, type Log } from '../data'
import { dayName } from '../hooks'

/** One column a day, one block for each habit that was kept. */
export function WeekChart({ habits, log }: { habits: Habit[]; log: Log }) {
  return (
    <section className="card">
      <div className="card-head">
        <h2>The week</h2>
        <span className="muted small">{habits.length ? `up to ${habits.length} a day` : 'nothing to count'}</span>
      </div>
      <div className="week" role="img" aria-label={`Kept each day: ${week.map((date) => `${dayName(date)} ${habits.filter((h) => log[`${h.id}/${date}`]).length}`).join(', ')}`}>
        {week.map((date, i) => {
          const kept = habits.map((habit, row) => ({ habit, row })).filter(({ habit }) => log[`${habit.id}/${date}`])
          return (
            <div key={date} className={`week-day ${i === 6 ? 'week-now' : ''}`}>
              <div className="week-stack">
                {kept.map(({ habit, row }) => (
                  <i key={habit.id} title={habit.name} style={{ background: `var(--c${(row % 6) + 1})`, height: `${100 / Math.max(habits.length, 4)}%` }} />
                ))}
              </div>
              <span className="num">{kept.length}</span>
              <span className="muted small">{dayName(date)}</span>
            </div>
          )
        })}
      </div>
    </section>
  )
}
