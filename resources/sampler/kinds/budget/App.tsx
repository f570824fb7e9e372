import { useState } from 'react'
import { Categories } from './components/Categories'
import { Entries } from './components/Entries'
import { Page, Stat } from './components/ui'
import { firstEntries, groups, limits, toneOf, type Entry } from './data'
import { day, has, money, useStored } from './hooks'
import './styles.css'

const monthOf = (back: number) => {
  const date = new Date()
  return new Date(date.getFullYear(), date.getMonth() - back, 15)
}

export default function App() {
  const [entries, setEntries] = useStored<Entry[]>('entries', firstEntries)
  const [caps, setCaps] = useStored<Record<string, number>>('caps', limits)
  const [removed, setRemoved] = useState<Entry | null>(null)

  const since = day(-29)
  const recent = entries.filter((entry) => entry.date >= since)
  const spent = recent.reduce((sum, entry) => sum + entry.amount, 0)
  const all = groups.reduce((sum, group) => sum + (caps[group] ?? 0), 0)
  const biggest = recent.reduce<Entry | null>((most, entry) => (!most || entry.amount > most.amount ? entry : most), null)
  const months = [2, 1, 0].map((back) => {
    const key = day(0, monthOf(back)).slice(0, 7)
    return { name: monthOf(back).toLocaleDateString('en', { month: 'long' }), parts: groups.map((group) => entries.filter((e) => e.date.startsWith(key) && e.group === group).reduce((sum, e) => sum + e.amount, 0)) }
  })
  const top = Math.max(1, ...months.map((month) => month.parts.reduce((a, b) => a + b, 0)))

  return (
    <Page
      aside={has('summary') && (
        <div className="stats">
          <Stat label="Last 30 days" value={money(spent, 0)} note={`of ${money(all, 0)}`} />
          <Stat label={spent > all ? 'Over' : 'Left'} value={money(Math.abs(all - spent), 0)} note={`${Math.round((spent / Math.max(1, all)) * 100)} % used`} />
          <Stat label="Biggest" value={money(biggest?.amount ?? 0, 0)} note={biggest?.name ?? 'nothing yet'} />
        </div>
      )}
    >
      <div className="twin">
        {has('list') && (
          <Entries
            entries={entries}
            removed={removed}
            onAdd={(entry) => setEntries([entry, ...entries].sort((a, b) => b.date.localeCompare(a.date)))}
            onRemove={(entry) => { setRemoved(entry); setEntries(entries.filter((other) => other.id !== entry.id)) }}
            onUndo={() => { if (removed) setEntries([removed, ...entries].sort((a, b) => b.date.localeCompare(a.date))); setRemoved(null) }}
          />
        )}
        <div className="budget-side">
          {has('chart') && (
            <section className="card">
              <div className="card-head">
                <h2>Three months</h2>
              </div>
              <div className="months" role="img" aria-label={months.map((m) => `${m.name} ${money(m.parts.reduce((a, b) => a + b, 0), 0)}`).join(', ')}>
                {months.map((month) => (
                  <div key={month.name} className="month">
                    <span className="small num">{money(month.parts.reduce((a, b) => a + b, 0), 0)}</span>
                    <div className="month-bar">
                      {month.parts.map((part, i) => (
                        <i key={groups[i]} title={groups[i]} style={{ height: `${(part / top) * 100}%`, background: toneOf(groups[i]) }} />
                      ))}
                    </div>
                    <span className="muted small cut">{month.name}</span>
                  </div>
                ))}
              </div>
            </section>
          )}
          <Categories entries={recent} caps={caps} onCap={(group, cap) => setCaps({ ...caps, [group]: cap })} />
        </div>
      </div>
    </Page>
  )
}
