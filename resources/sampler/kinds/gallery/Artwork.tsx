import type { Work } from '../data'
import { randomFrom } from '../hooks'

const tone = (n: number) => `var(--c${(Math.floor(n * 6) % 6) + 1})`

/** A picture drawn from a number: always the same for the same work. */
export function Artwork({ work }: { work: Work }) {
  const next = randomFrom(work.seed)
  const height = work.tall ? 400 : 260
  const kind = Math.floor(next() * 5)
  const ground = next() < 0.4 ? 'var(--soft)' : next() < 0.5 ? 'var(--raised)' : 'var(--soft2)'
  const parts = []
  if (kind === 0) {
    parts.push(<circle key="sun" cx={80 + next() * 160} cy={height * 0.34} r={34 + next() * 34} fill={tone(next())} />)
    for (let i = 0; i < 5; i++) {
      const y = height * (0.48 + i * 0.12)
      parts.push(<path key={i} d={`M0 ${y} Q80 ${y - 30 - next() * 30} 160 ${y} T320 ${y - next() * 20} V${height} H0Z`} fill={tone(next())} opacity={0.55 + i * 0.09} />)
    }
  } else if (kind === 1) {
    for (let row = 0; row < 6; row++)
      for (let column = 0; column < 5; column++) {
        const x = column * 64
        const y = row * (height / 6)
        if (next() < 0.25) continue
        const round = next() < 0.5
        parts.push(round ? <path key={`${row}-${column}`} d={`M${x} ${y}h64a64 ${height / 6} 0 01-64 ${height / 6}z`} fill={tone(next())} /> : <rect key={`${row}-${column}`} x={x} y={y} width="64" height={height / 6} fill={tone(next())} opacity={next() < 0.4 ? 0.5 : 1} />)
      }
  } else if (kind === 2) {
    for (let i = 0; i < 7; i++) parts.push(<circle key={i} cx={160 + (next() - 0.5) * 60} cy={height / 2 + (next() - 0.5) * 50} r={150 - i * 20} fill="none" stroke={tone(next())} strokeWidth={6 + next() * 12} />)
  } else if (kind === 3) {
    const stem = tone(next())
    for (let i = 0; i < 6; i++) {
      const x = 40 + i * 48 + next() * 14
      const top = height * (0.2 + next() * 0.35)
      parts.push(<path key={`s${i}`} d={`M${x} ${height} Q${x + 24 - next() * 48} ${height * 0.7} ${x} ${top}`} fill="none" stroke={stem} strokeWidth="4" />)
      parts.push(<ellipse key={`f${i}`} cx={x} cy={top} rx={13 + next() * 16} ry={19 + next() * 22} fill={tone(next())} transform={`rotate(${(next() - 0.5) * 50} ${x} ${top})`} />)
    }
  } else {
    for (let i = 0; i < 9; i++) {
      const x = next() * 300
      const wide = 24 + next() * 60
      const top = height * (0.25 + next() * 0.5)
      parts.push(<rect key={i} x={x - 20} y={top} width={wide} height={height - top} fill={tone(next())} opacity="0.86" />)
    }
    parts.push(<circle key="moon" cx={60 + next() * 200} cy={height * 0.2} r="22" fill={tone(next())} />)
  }
  return (
    <svg className="artwork" viewBox={`0 0 320 ${height}`} preserveAspectRatio="xMidYMid slice" role="img" aria-label={work.title}>
      <rect width="320" height={height} fill={ground} />
      {parts}
    </svg>
  )
}
