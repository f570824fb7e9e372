import { Days, SkyIcon } from './components/Days'
import { Hours } from './components/Hours'
import { Choice, Page, Stat } from './components/ui'
import { places, skyName } from './data'
import { dayName, has, useStored } from './hooks'
import './styles.css'

const units = ['°C', '°F'] as const

export default function App() {
  const [name, setName] = useStored('place', places[0].name)
  const [unit, setUnit] = useStored<(typeof units)[number]>('unit', '°C')
  const [at, setAt] = useStored('day', 0)
  const place = places.find((entry) => entry.name === name) ?? places[0]
  const day = place.days[at] ?? place.days[0]
  const now = day.hours[at === 0 ? new Date().getHours() : 14]
  const degrees = (value: number) => `${unit === '°C' ? value : Math.round((value * 9) / 5 + 32)}°`

  return (
    <Page actions={<Choice label="Unit" options={units} value={unit} onChange={setUnit} />}>
      <section className="card sky-now">
        <div className="sky-text">
          <label className="sky-place">
            <span className="muted small">{at === 0 ? 'Now in' : `${dayName(day.date, 'long')} in`}</span>
            <select aria-label="Place" value={place.name} onChange={(e) => setName(e.target.value)}>
              {places.map((entry) => (
                <option key={entry.name}>{entry.name}</option>
              ))}
            </select>
          </label>
          <strong className="sky-degrees num">{degrees(now.degrees)}</strong>
          <p>{skyName[now.sky]}. {now.rain > 50 ? 'Take a coat.' : now.sky === 'clear' ? 'Leave the coat at home.' : 'Probably dry.'}</p>
        </div>
        <SkyIcon sky={now.sky} size={190} />
      </section>
      {has('details') && (
        <div className="stats">
          <Stat label="Wind" value={`${place.wind} km/h`} note={place.wind > 28 ? 'hold your hat' : 'light'} />
          <Stat label="Humidity" value={`${place.humidity} %`} />
          <Stat label="Pressure" value={place.pressure} note="hPa" />
          <Stat label="Rain" value={`${day.rain} %`} note="chance" />
        </div>
      )}
      {has('hours') && <Hours hours={day.hours} degrees={degrees} now={at === 0 ? new Date().getHours() : 14} />}
      {has('days') && <Days days={place.days} at={at} degrees={degrees} onChoose={setAt} />}
      <p className="muted small">Made-up weather for a demonstration, fitting the season.</p>
    </Page>
  )
}
