import type { Tile } from '../data'
import { Picture } from './Picture'

type Props = { tiles: Tile[]; open: number[]; found: string[]; onTurn: (key: number) => void }

export function CardGrid({ tiles, open, found, onTurn }: Props) {
  return (
    <div className="memory" role="group" aria-label="Cards">
      {tiles.map((tile, i) => {
        const done = found.includes(tile.name)
        const up = done || open.includes(tile.key)
        return (
          <button key={tile.key} className={`memory-card ${up ? 'memory-up' : ''} ${done ? 'memory-done' : ''}`} disabled={done}
            aria-label={up ? tile.name : `Card ${i + 1}, face down`} onClick={() => onTurn(tile.key)}>
            <span className="memory-back" aria-hidden="true" />
            <span className="memory-face" aria-hidden="true">
              <Picture shape={tile.shape} />
              <span className="cut">{tile.name}</span>
            </span>
          </button>
        )
      })}
    </div>
  )
}
