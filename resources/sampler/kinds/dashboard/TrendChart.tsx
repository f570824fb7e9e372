import { useState } from 'react'
import type { Point } from '../data'
import { dayLabel, dayName } from '../hooks'

const width = 960
const height = 300
const nice = (value: number) => {
  const step = 10 ** Math.floor(Math.log10(Math.max(1, value)))
  return Math.ceil(value / (step / 2)) * (step / 2)
}

export function TrendChart({ points }: { points: Point[] }) {
  const [at, setAt] = useState<number | null>(null)
  const top = nice(Math.max(...points.map((point) => point.value)))
  const x = (i: number) => 52 + (i / Math.max(1, points.length - 1)) * (width - 64)
  const y = (value: number) => 14 + (1 - value / top) * (height - 50)
  const line = points.map((point, i) => `${x(i).toFixed(1)},${y(point.value).toFixed(1)}`).join(' L')
  const shown = at === null ? null : points[Math.min(at, points.length - 1)]
  const labels = points.length <= 7 ? points.map((_, i) => i) : [0, 1, 2, 3, 4, 5].map((k) => Math.round((k * (points.length - 1)) / 5))

  return (
    <figure className="trend">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`From ${points[0].value} to ${points[points.length - 1].value}`}
        onPointerLeave={() => setAt(null)}
        onPointerMove={(e) => {
          const box = e.currentTarget.getBoundingClientRect()
          const inside = ((e.clientX - box.left) / box.width) * width
          setAt(Math.min(points.length - 1, Math.max(0, Math.round(((inside - 52) / (width - 64)) * (points.length - 1)))))
        }}
      >
        <defs>
          <linearGradient id="fade" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="var(--accent)" stopOpacity="0.32" />
            <stop offset="1" stopColor="var(--accent)" stopOpacity="0" />
          </linearGradient>
        </defs>
        {[0, 0.25, 0.5, 0.75, 1].map((part) => (
          <g key={part}>
            <line x1="52" x2={width - 12} y1={y(top * part)} y2={y(top * part)} className="trend-grid" />
            <text x="42" y={y(top * part) + 5} textAnchor="end" className="trend-label">{Math.round(top * part)}</text>
          </g>
        ))}
        {labels.map((i) => (
          <text key={i} x={x(i)} y={height - 8} textAnchor={i === 0 ? 'start' : i === points.length - 1 ? 'end' : 'middle'} className="trend-label">
            {points.length <= 7 ? dayName(points[i].date) : dayLabel(points[i].date)}
          </text>
        ))}
        <path d={`M${line} L${x(points.length - 1)},${y(0)} L${x(0)},${y(0)} Z`} fill="url(#fade)" />
        <path d={`M${line}`} className="trend-line" />
        {at !== null && shown && (
          <g>
            <line x1={x(at)} x2={x(at)} y1="14" y2={y(0)} className="trend-cursor" />
            <circle cx={x(at)} cy={y(shown.value)} r="6" className="trend-point" />
          </g>
        )}
      </svg>
      <figcaption className="small muted num">{shown ? `${dayName(shown.date, 'long')}, ${dayLabel(shown.date)}: ${shown.value}` : 'Move over the chart to read a day'}</figcaption>
    </figure>
  )
}
