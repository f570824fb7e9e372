import { Stat } from './ui'

export function Score({ score, best, top }: { score: number; best: number; top: number }) {
  return (
    <div className="stats">
      <Stat label="Score" value={score} />
      <Stat label="Best" value={Math.max(score, best)} />
      <Stat label="Highest tile" value={top} />
    </div>
  )
}
