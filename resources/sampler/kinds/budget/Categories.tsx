import { groups, toneOf, type Entry } from '../data'
import { money } from '../hooks'

export function Categories({ entries, caps, onCap }: { entries: Entry[]; caps: Record<string, number>; onCap: (group: string, cap: number) => void }) {
  return (
    <section className="card">
      <div className="card-head">
        <h2>Limits</h2>
        <span className="muted small">Drag to change</span>
      </div>
      <ul className="caps">
        {groups.map((group) => {
          const spent = entries.filter((entry) => entry.group === group).reduce((sum, entry) => sum + entry.amount, 0)
          const cap = caps[group] ?? 0
          return (
            <li key={group}>
              <div className="bar-row apart">
                <strong className="cut">{group}</strong>
                <span className={`small num ${spent > cap ? 'cap-over' : 'muted'}`}>{money(spent, 0)} of {money(cap, 0)}{spent > cap ? ', over' : ''}</span>
              </div>
              <div className="meter">
                <i style={{ width: `${Math.min(100, (spent / Math.max(1, cap)) * 100)}%`, background: spent > cap ? 'var(--bad)' : toneOf(group) }} />
              </div>
              <input type="range" aria-label={`Limit for ${group}`} min={0} max={1500} step={10} value={cap} onChange={(e) => onCap(group, Number(e.target.value))} />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
