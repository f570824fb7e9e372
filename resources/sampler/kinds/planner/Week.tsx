import { useState } from 'react'
import { hours, toneOf, type Plan } from '../data'
import { day, dayName } from '../hooks'
import { Icon } from './ui'

type Props = { days: string[]; plans: Plan[]; picked: string | null; onPut: (date: string, hour: number) => void; onChange: (id: string, patch: Partial<Plan>) => void; onRemove: (plan: Plan) => void }

export function Week({ days, plans, picked, onPut, onChange, onRemove }: Props) {
  const [open, setOpen] = useState<string | null>(null)
  const edited = plans.find((plan) => plan.id === open)
  return (
    <section className="card plan-card">
      <div className="plan" role="group" aria-label="Week">
        <span />
        {days.map((date) => (
          <div key={date} className={`plan-day ${date === day() ? 'plan-today' : ''}`}>
            <span className="small">{dayName(date)}</span>
            <strong className="num">{Number(date.slice(8))}</strong>
          </div>
        ))}
        {hours.map((hour, row) => (
          <span key={hour} className="plan-hour small num" style={{ gridRow: row + 2, gridColumn: 1 }}>{hour}:00</span>
        ))}
        {hours.map((hour, row) =>
          days.map((date, column) => (
            <button key={`${date}-${hour}`} className="plan-free" style={{ gridRow: row + 2, gridColumn: column + 2 }} aria-label={`${picked ? `Put ${picked}` : 'New'} on ${dayName(date, 'long')} at ${hour}`} onClick={() => onPut(date, hour)} />
          )),
        )}
        {plans.map((plan) => (
          <button key={plan.id} className="plan-entry" aria-pressed={plan.id === open}
            style={{ gridColumn: days.indexOf(plan.date) + 2, gridRow: `${hours.indexOf(plan.hour) + 2} / span ${plan.length}`, ['--own' as string]: toneOf(plan.group) }}
            onClick={() => setOpen(plan.id === open ? null : plan.id)}>
            <span>{plan.title}</span>
          </button>
        ))}
      </div>
      {edited && (
        <div className="plan-edit bar-row">
          <input className="field grow" aria-label="Title" maxLength={80} value={edited.title} onChange={(e) => onChange(edited.id, { title: e.target.value })} />
          <button className="btn quiet" disabled={edited.length < 2} onClick={() => onChange(edited.id, { length: edited.length - 1 })}>−1 h</button>
          <button className="btn quiet" disabled={edited.hour + edited.length > 19} onClick={() => onChange(edited.id, { length: edited.length + 1 })}>+1 h</button>
          <button className="btn bare" onClick={() => { onRemove(edited); setOpen(null) }}>
            <Icon name="trash" /> Take out
          </button>
          <button className="btn bare round" aria-label="Close" onClick={() => setOpen(null)}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </section>
  )
}
