import { skyName, type Day, type Sky } from '../data'
import { dayName } from '../hooks'

export function SkyIcon({ sky, size = 40 }: { sky: Sky; size?: number }) {
  const cloud = <path d="M28 66a18 18 0 012-36 24 24 0 0146-2 19 19 0 014 38z" className="sky-cloud" />
  return (
    <svg className="sky-icon" width={size} height={size} viewBox="0 0 100 100" aria-hidden="true">
      {(sky === 'clear' || sky === 'clouds') && <circle cx={sky === 'clear' ? 50 : 66} cy={sky === 'clear' ? 50 : 34} r={sky === 'clear' ? 26 : 18} className="sky-sun" />}
      {sky === 'clear' && Array.from({ length: 8 }, (_, i) => <line key={i} x1="50" y1="6" x2="50" y2="15" className="sky-ray" transform={`rotate(${i * 45} 50 50)`} />)}
      {sky !== 'clear' && sky !== 'fog' && cloud}
      {(sky === 'rain' || sky === 'storm') && <path d="M34 74l-5 14M50 74l-5 14M66 74l-5 14" className="sky-drop" />}
      {sky === 'storm' && <path d="M56 52L44 72h10l-5 16 17-22H55l6-14z" className="sky-bolt" />}
      {sky === 'snow' && <path d="M34 80h.1M50 86h.1M66 80h.1M42 92h.1M58 94h.1" className="sky-drop sky-flake" />}
      {sky === 'fog' && <path d="M14 34h60M24 48h64M12 62h58M28 76h56" className="sky-drop" />}
    </svg>
  )
}

export function Days({ days, at, degrees, onChoose }: { days: Day[]; at: number; degrees: (value: number) => string; onChoose: (at: number) => void }) {
  const low = Math.min(...days.map((day) => day.low))
  const high = Math.max(...days.map((day) => day.high))
  const left = (value: number) => ((value - low) / Math.max(1, high - low)) * 100
  return (
    <section className="card">
      <div className="card-head">
        <h2>Seven days</h2>
      </div>
      <ul>
        {days.map((day, i) => (
          <li key={day.date}>
            <button className="day-row" aria-pressed={i === at} onClick={() => onChoose(i)}>
              <span className="day-title">{i === 0 ? 'Today' : dayName(day.date, 'long')}</span>
              <SkyIcon sky={day.sky} />
              <span className="muted small day-sky cut">{skyName[day.sky]}, {day.rain} %</span>
              <span className="num muted">{degrees(day.low)}</span>
              <span className="range"><i style={{ left: `${left(day.low)}%`, right: `${100 - left(day.high)}%` }} /></span>
              <span className="num">{degrees(day.high)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
