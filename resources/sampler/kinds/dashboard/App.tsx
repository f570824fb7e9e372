import { useState } from 'react'
import { Breakdown } from './components/Breakdown'
import { TrendChart } from './components/TrendChart'
import { Choice, Page, Stat } from './components/ui'
import { change, rows, sum, totals, words } from './data'
import { dayName, has, useStored } from './hooks'
import './styles.css'

const ranges = ['7 days', '30 days', '45 days'] as const
const number = new Intl.NumberFormat('en')

export default function App() {
  const [range, setRange] = useStored<(typeof ranges)[number]>('range', '30 days')
  const [group, setGroup] = useStored('group', 'All')
  const [picked, setPicked] = useState<string | null>(null)

  const length = parseInt(range, 10)
  const groups = ['All', ...new Set(rows.map((row) => row.group))]
  const inGroup = rows.filter((row) => group === 'All' || row.group === group)
  const shown = inGroup.length ? inGroup : rows
  const single = shown.find((row) => row.name === picked)
  const points = totals(single ? [single] : shown, length)
  const total = sum(points)
  const before = sum(totals(single ? [single] : shown, Math.min(90, length * 2)).slice(0, length)) || total
  const moved = Math.round(((total - before) / before) * 100)
  const peak = points.reduce((best, point) => (point.value > best.value ? point : best), points[0])

  return (
    <Page
      actions={<Choice label="Range" options={ranges} value={range} onChange={setRange} />}
      aside={has('summary') && (
        <div className="stats">
          <Stat label={`Total ${words.nouns}`} value={number.format(total)} note={`${moved >= 0 ? '+' : '−'}${Math.abs(moved)} % to the ${range} before`} />
          <Stat label="A day" value={number.format(Math.round(total / length))} note="on average" />
          <Stat label="Best day" value={number.format(peak.value)} note={dayName(peak.date, 'long')} />
          <Stat label="Watching" value={shown.length} note={group === 'All' ? 'all groups' : group} />
        </div>
      )}
    >
      {has('chart') && (
        <section className="card">
          <div className="card-head">
            <h2>{single ? single.name : `All ${words.nouns}`}</h2>
            <Choice label="Group" options={groups} value={groups.includes(group) ? group : 'All'} onChange={(next) => { setGroup(next); setPicked(null) }} />
          </div>
          <TrendChart points={points} />
        </section>
      )}
      <div className={has('breakdown') && has('list') ? 'twin' : ''}>
        {has('list') && (
          <section className="card">
            <div className="card-head">
              <h2>By {words.noun}</h2>
              <span className="muted small">Choose one to see it alone</span>
            </div>
            <ul className="ranking">
              {[...shown].sort((a, b) => sum(b.points.slice(-length)) - sum(a.points.slice(-length))).map((row) => {
                const moved = change(row, length)
                return (
                  <li key={row.name}>
                    <button className="ranking-row" aria-pressed={row.name === picked} onClick={() => setPicked(row.name === picked ? null : row.name)}>
                      <span className="cut ranking-name">{row.name}</span>
                      <Spark values={row.points.slice(-length).map((point) => point.value)} />
                      <span className="num">{number.format(sum(row.points.slice(-length)))}</span>
                      <span className={`num small ${moved >= 0 ? 'up' : 'down'}`}>{moved >= 0 ? '↑' : '↓'} {Math.abs(moved)} %</span>
                    </button>
                  </li>
                )
              })}
            </ul>
          </section>
        )}
        {has('breakdown') && <Breakdown rows={rows} length={length} />}
      </div>
    </Page>
  )
}

function Spark({ values }: { values: number[] }) {
  const low = Math.min(...values)
  const high = Math.max(...values, low + 1)
  const path = values.map((value, i) => `${(i / (values.length - 1)) * 100},${26 - ((value - low) / (high - low)) * 24}`).join(' ')
  return (
    <svg className="spark" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
      <polyline points={path} />
    </svg>
  )
}
