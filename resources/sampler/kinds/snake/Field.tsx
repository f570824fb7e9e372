import { size, type Cell } from '../data'

export function Field({ body, prize, over }: { body: Cell[]; prize: Cell; over: boolean }) {
  return (
    <svg className={`field-map ${over ? 'field-over' : ''}`} viewBox={`0 0 ${size.columns * 10} ${size.rows * 10}`} role="img" aria-label={`Length ${body.length}`}>
      <defs>
        <pattern id="ground" width="20" height="20" patternUnits="userSpaceOnUse">
          <rect width="20" height="20" className="ground-a" />
          <rect width="10" height="10" className="ground-b" />
          <rect x="10" y="10" width="10" height="10" className="ground-b" />
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#ground)" />
      <circle cx={prize.x * 10 + 5} cy={prize.y * 10 + 5} r="4.2" className="prize" />
      <circle cx={prize.x * 10 + 4} cy={prize.y * 10 + 3.6} r="1.2" className="prize-light" />
      {body.map((cell, i) => (
        <rect key={i} x={cell.x * 10 + 0.6} y={cell.y * 10 + 0.6} width="8.8" height="8.8" rx={i === 0 ? 3.4 : 2.4} className={i === 0 ? 'snake-head' : 'snake-part'} opacity={1 - (i / body.length) * 0.45} />
      ))}
    </svg>
  )
}
