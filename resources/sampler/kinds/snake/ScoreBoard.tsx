import { Stat } from './ui'

export function ScoreBoard({ score, best, prize }: { score: number; best: number; prize: string }) {
  return (
    <div className="stats">
      <Stat label="Score" value={score} note={score > best ? 'a new best' : undefined} />
      <Stat label="Best" value={Math.max(best, score)} />
      <Stat label="Next" value={<span className="next-prize">{prize}</span>} />
    </div>
  )
}
