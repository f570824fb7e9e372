import { useState } from 'react'
import { DayGrid } from './components/DayGrid'
import { AddLine, Page, Stat } from './components/ui'
import { WeekChart } from './components/WeekChart'
import { firstHabits, firstLog, streakOf, week, words, type Habit } from './data'
import { day, has, newId, useStored } from './hooks'
import './styles.css'

export default function App() {
  const [habits, setHabits] = useStored<Habit[]>('habits', firstHabits)
  const [log, setLog] = useStored('log', firstLog)
  const [removed, setRemoved] = useState<{ habit: Habit; at: number } | null>(null)

  const today = day()
  const doneToday = habits.filter((habit) => log[`${habit.id}/${today}`]).length
  const doneWeek = habits.reduce((sum, habit) => sum + week.filter((date) => log[`${habit.id}/${date}`]).length, 0)
  const best = Math.max(0, ...habits.map((habit) => streakOf(log, habit.id)))
  const share = habits.length ? Math.round((doneWeek / (habits.length * 7)) * 100) : 0

  const toggle = (id: string, date: string) => setLog((old) => ({ ...old, [`${id}/${date}`]: !old[`${id}/${date}`] }))
  const add = (name: string) => setHabits([...habits, { id: newId(), name, group: words.groups[0]?.name ?? 'Mine' }])
  const remove = (habit: Habit) => {
    setRemoved({ habit, at: habits.indexOf(habit) })
    setHabits(habits.filter((other) => other.id !== habit.id))
  }
  const undo = () => {
    if (!removed) return
    setHabits([...habits.slice(0, removed.at), removed.habit, ...habits.slice(removed.at)])
    setRemoved(null)
  }

  const summary = has('summary') && (
    <div className="stats">
      <Stat label="Today" value={`${doneToday} / ${habits.length}`} note={doneToday === habits.length ? 'All done' : 'Still time'} />
      <Stat label="This week" value={`${share} %`} note={`${doneWeek} of ${habits.length * 7}`} />
      <Stat label="Longest streak" value={best} note={best === 1 ? 'day' : 'days in a row'} />
    </div>
  )

  return (
    <Page aside={summary}>
      {has('chart') && <WeekChart habits={habits} log={log} />}
      {has('list') && (
        <section className="card">
          <div className="card-head">
            <h2>Last seven days</h2>
            {removed && (
              <button className="btn quiet" onClick={undo}>
                Bring back “{removed.habit.name}”
              </button>
            )}
          </div>
          <DayGrid habits={habits} log={log} onToggle={toggle} onRemove={remove} />
          <AddLine label="Add" placeholder={`Something to keep, like “${habits[0]?.name ?? 'Walk outside'}”`} onAdd={add} />
        </section>
      )}
    </Page>
  )
}
