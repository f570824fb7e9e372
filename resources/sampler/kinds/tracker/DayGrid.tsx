import { streakOf, week, type Habit, type Log } from '../data'
import { dayName } from '../hooks'
import { Empty, Icon } from './ui'

type Props = { habits: Habit[]; log: Log; onToggle: (id: string, date: string) => void; onRemove: (habit: Habit) => void }

export function DayGrid({ habits, log, onToggle, onRemove }: Props) {
  if (!habits.length) return <Empty text="Nothing to keep yet. Add the first one below." />
  return (
    <ul className="days">
      <li className="day-line day-top" aria-hidden="true">
        <span />
        {week.map((date, i) => (
          <span key={date} className={i === 6 ? 'day-now' : undefined}>
            {dayName(date, 'short')}
          </span>
        ))}
        <span />
      </li>
      {habits.map((habit, row) => {
        const streak = streakOf(log, habit.id)
        return (
          <li key={habit.id} className="day-line" style={{ ['--own' as string]: `var(--c${(row % 6) + 1})` }}>
            <div className="day-name">
              <h3 className="cut" title={habit.name}>{habit.name}</h3>
              <span className="muted small day-streak">
                {streak > 1 ? (
                  <>
                    <Icon name="flame" size={14} /> {streak} days
                  </>
                ) : (
                  habit.group
                )}
              </span>
            </div>
            {week.map((date) => {
              const done = !!log[`${habit.id}/${date}`]
              return (
                <button key={date} className="day-cell" aria-pressed={done} aria-label={`${habit.name}, ${dayName(date, 'long')}`} onClick={() => onToggle(habit.id, date)}>
                  {done && <Icon name="check" size={16} />}
                </button>
              )
            })}
            <button className="btn bare round day-remove" aria-label={`Remove ${habit.name}`} onClick={() => onRemove(habit)}>
              <Icon name="close" size={15} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
