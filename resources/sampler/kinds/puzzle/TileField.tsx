import type { Grid } from '../data'

/** Two equal tiles become one of the next step, darker each time. */
export function TileField({ grid }: { grid: Grid }) {
  return (
    <div className="tiles" role="img" aria-label={`Field: ${grid.map((value) => value || 'empty').join(', ')}`}>
      {grid.map((value, i) => {
        const step = value ? Math.log2(value) : 0
        return (
          <div key={i} className={`tile ${value ? `tile-on tile-${Math.min(6, Math.ceil(step / 2))}` : ''}`}>
            {value > 0 && (
              <span key={value} className="tile-number num" style={{ fontSize: `${value > 999 ? 1.5 : value > 99 ? 1.9 : 2.4}em` }}>
                {value}
              </span>
            )}
          </div>
        )
      })}
    </div>
  )
}
