import { useState } from 'react'
import { Backlog } from './components/Backlog'
import { Icon, Page, Stat } from './components/ui'
import { Week } from './components/Week'
import { firstIdeas, firstPlans, groupOf, weekDays, words, type Plan } from './data'
import { day, dayLabel, has, newId, useKeys, useStored } from './hooks'
import './styles.css'

export default function App() {
  const [plans, setPlans] = useStored<Plan[]>('plans', firstPlans)
  const [ideas, setIdeas] = useStored<string[]>('ideas', firstIdeas)
  const [weeks, setWeeks] = useState(0)
  const [picked, setPicked] = useState<string | null>(null)
  const days = weekDays(weeks)
  const shown = plans.filter((plan) => days.includes(plan.date))
  const busy = shown.reduce((sum, plan) => sum + plan.length, 0)

  /** A click on a free place puts the picked idea there, or a new plan. */
  const put = (date: string, hour: number) => {
    const title = picked ?? `New ${words.noun}`
    setPlans([...plans, { id: newId(), title, date, hour, length: 1, group: groupOf(title) }])
    if (picked) setIdeas(ideas.filter((idea) => idea !== picked))
    setPicked(null)
  }
  const change = (id: string, patch: Partial<Plan>) => setPlans(plans.map((plan) => (plan.id === id ? { ...plan, ...patch } : plan)))
  const remove = (plan: Plan) => {
    setPlans(plans.filter((other) => other.id !== plan.id))
    if (!ideas.includes(plan.title)) setIdeas([...ideas, plan.title])
  }
  useKeys((key) => {
    if (key === 'ArrowLeft') setWeeks(weeks - 1)
    if (key === 'ArrowRight') setWeeks(weeks + 1)
    if (key === 't') setWeeks(0)
    if (key === 'Escape') setPicked(null)
  })

  return (
    <Page
      actions={
        <div className="bar-row">
          <button className="btn quiet round" aria-label="Week before" onClick={() => setWeeks(weeks - 1)}>
            <Icon name="back" />
          </button>
          <button className="btn quiet" onClick={() => setWeeks(0)}>{weeks === 0 ? 'This week' : `${dayLabel(days[0])} – ${dayLabel(days[6])}`}</button>
          <button className="btn quiet round" aria-label="Week after" onClick={() => setWeeks(weeks + 1)}>
            <Icon name="next" />
          </button>
        </div>
      }
      aside={has('summary') && (
        <div className="stats">
          <Stat label="Planned" value={`${busy} h`} note={`${shown.length} in this week`} />
          <Stat label="Today" value={plans.filter((plan) => plan.date === day()).length} note={plans.find((plan) => plan.date === day())?.title ?? 'nothing planned'} />
        </div>
      )}
    >
      <div className={has('backlog') && has('week') ? 'plan-twin' : ''}>
        {has('week') && <Week days={days} plans={shown} picked={picked} onPut={put} onChange={change} onRemove={remove} />}
        {has('backlog') && <Backlog ideas={ideas} picked={picked} onPick={setPicked} onAdd={(idea) => setIdeas([...new Set([...ideas, idea])])} onDrop={(idea) => setIdeas(ideas.filter((other) => other !== idea))} />}
      </div>
    </Page>
  )
}
