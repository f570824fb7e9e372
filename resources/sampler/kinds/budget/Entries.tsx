import { useState } from 'react'
import { groups, toneOf, type Entry } from '../data'
import { day, dayLabel, money, newId } from '../hooks'
import { Empty, Icon } from './ui'

type Props = { entries: Entry[]; removed: Entry | null; onAdd: (entry: Entry) => void; onRemove: (entry: Entry) => void; onUndo: () => void }

export function Entries({ entries, removed, onAdd, onRemove, onUndo }: Props) {
  const [name, setName] = useState('')
  const [amount, setAmount] = useState('')
  const [group, setGroup] = useState(groups[0] ?? '')
  const value = Number(amount.replace(',', '.'))
  const ready = name.trim() !== '' && value > 0
  const dates = [...new Set(entries.map((entry) => entry.date))].slice(0, 12)
  return (
    <section className="card">
      <div className="card-head">
        <h2>Spent</h2>
        {removed && <button className="btn quiet" onClick={onUndo}>Undo removing</button>}
      </div>
      <form
        className="spend"
        onSubmit={(e) => {
          e.preventDefault()
          if (!ready) return
          onAdd({ id: newId(), name: name.trim(), group, amount: value, date: day() })
          setName('')
          setAmount('')
        }}
      >
        <input className="field spend-name" aria-label="What for" placeholder="What for" maxLength={60} value={name} onChange={(e) => setName(e.target.value)} />
        <input className="field num" aria-label="Amount in euros" placeholder="0.00" inputMode="decimal" maxLength={9} value={amount} onChange={(e) => setAmount(e.target.value)} />
        <select className="field" aria-label="Category" value={group} onChange={(e) => setGroup(e.target.value)}>
          {groups.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
        <button className="btn" type="submit" disabled={!ready}>Add</button>
      </form>
      {!entries.length && <Empty text="Nothing spent. A rare sight." />}
      {dates.map((date) => (
        <section key={date}>
          <h3 className="spend-day muted small">{date === day() ? 'Today' : date === day(-1) ? 'Yesterday' : dayLabel(date)}</h3>
          <ul>
            {entries.filter((entry) => entry.date === date).map((entry) => (
              <li key={entry.id} className="spent">
                <span className="dot" style={{ background: toneOf(entry.group) }} />
                <span className="grow cut">{entry.name} <span className="muted small">{entry.group}</span></span>
                <strong className="num">{money(entry.amount)}</strong>
                <button className="btn bare round" aria-label={`Remove ${entry.name}`} onClick={() => onRemove(entry)}>
                  <Icon name="close" size={15} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}
