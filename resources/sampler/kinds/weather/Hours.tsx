import type { Hour } from '../data'

const width = 1000

export function Hours({ hours, degrees, now }: { hours: Hour[]; degrees: (value: number) => string; now: number }) {
  const low = Math.min(...hours.map((hour) => hour.degrees))
  const high = Math.max(...hours.map((hour) => hour.degrees), low + 1)
  const x = (i: number) => 24 + (i / 23) * (width - 48)
  const y = (value: number) => 112 - ((value - low) / (high - low)) * 66
  const line = hours.map((hour, i) => `${x(i)},${y(hour.degrees)}`).join(' L')
  return (
    <section className="card">
      <div className="card-head">
        <h2>Hour by hour</h2>
        <span className="muted small">Bars: chance of rain</span>
      </div>
      <div className="hours">
        <svg viewBox={`0 0 ${width} 210`} role="img" aria-label={`From ${degrees(low)} to ${degrees(high)}`}>
          {hours.map((hour, i) => (
            <rect key={hour.hour} x={x(i) - 14} width="28" y={178 - hour.rain * 0.5} height={hour.rain * 0.5} rx="3" className="hours-rain" />
          ))}
          <path d={`M${line}`} className="hours-line" />
          <circle cx={x(now)} cy={y(hours[now].degrees)} r="8" className="hours-now" />
          {hours.map((hour, i) => i % 3 === 0 && (
            <g key={hour.hour}>
              <text x={x(i)} y={y(hour.degrees) - 16} textAnchor="middle" className="hours-degrees">{degrees(hour.degrees)}</text>
              <text x={x(i)} y="202" textAnchor="middle" className="hours-label">{hour.hour}:00</text>
            </g>
          ))}
        </svg>
      </div>
    </section>
  )
}
