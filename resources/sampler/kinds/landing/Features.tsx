import { featured } from '../data'
import { randomFrom } from '../hooks'
import { theme } from '../theme'

const tone = (n: number) => `var(--c${(n % 6) + 1})`

/** A landscape made from the seed of the page. */
export function Scene() {
  const next = randomFrom(theme.seed)
  return (
    <svg className="scene" viewBox="0 0 480 380" preserveAspectRatio="xMidYMid slice" role="img" aria-label="A landscape">
      <rect width="480" height="380" fill="var(--soft2)" />
      <circle cx={150 + next() * 200} cy="120" r="56" fill={tone(1)} />
      {[0, 1, 2, 3].map((i) => {
        const y = 190 + i * 46
        return <path key={i} d={`M0 ${y + next() * 30} C120 ${y - 50 - next() * 50} 200 ${y + 40} 300 ${y - 10 - next() * 40} S430 ${y + 20} 480 ${y - next() * 40} V380 H0Z`} fill={tone([3, 4, 2, 0][i])} opacity={0.5 + i * 0.15} />
      })}
      <path d="M206 286h74l-14 26h-46zM243 280v-74l42 62z" fill="#ffffff" opacity="0.94" />
    </svg>
  )
}

export function Features() {
  return (
    <section id="what" className="block-part">
      <h2 className="part-title">What we make</h2>
      <ul className="features">
        {featured.map((feature, i) => (
          <li key={feature.name} className="feature">
            <svg width="44" height="44" viewBox="0 0 44 44" aria-hidden="true">
              <circle cx="22" cy="22" r="21" fill={tone(i)} opacity="0.22" />
              <path d={['M12 26c5 0 5-6 10-6s5 6 10 6', 'M22 11a11 11 0 010 22z', 'M13 31c0-12 7-18 18-18 0 11-6 18-18 18z', 'M22 12l10 18H12z', 'M14 14h7v7h-7zM23 23h7v7h-7z', 'M22 12v20M12 22h20'][i % 6]} fill="none" stroke={tone(i)} strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
            </svg>
            <h3>{feature.name}</h3>
            <p className="muted">{feature.text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
