import { sum, type Row } from '../data'

export function Breakdown({ rows, length }: { rows: Row[]; length: number }) {
  const groups = [...new Set(rows.map((row) => row.group))]
    .map((name) => ({ name, value: rows.filter((row) => row.group === name).reduce((all, row) => all + sum(row.points.slice(-length)), 0) }))
    .sort((a, b) => b.value - a.value)
  const total = groups.reduce((all, group) => all + group.value, 0) || 1
  const round = 2 * Math.PI * 40
  let start = 0
  return (
    <section className="card">
      <div className="card-head">
        <h2>Share</h2>
      </div>
      <svg viewBox="0 0 120 120" className="donut" aria-hidden="true">
        {groups.map((group, i) => {
          const part = group.value / total
          const ring = (
            <circle key={group.name} cx="60" cy="60" r="40" fill="none" stroke={`var(--c${(i % 6) + 1})`} strokeWidth="18"
              strokeDasharray={`${Math.max(0, part * round - 2)} ${round}`} strokeDashoffset={-start * round} transform="rotate(-90 60 60)" />
          )
          start += part
          return ring
        })}
      </svg>
      <ul className="legend">
        {groups.map((group, i) => (
          <li key={group.name}>
            <span className="dot" style={{ background: `var(--c${(i % 6) + 1})` }} />
            <span className="grow cut">{group.name}</span>
            <span className="num muted">{Math.round((group.value / total) * 100)} %</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
