import type { Line } from '../data'
import { Empty } from './ui'

export function Tape({ lines, onUse, onClear }: { lines: Line[]; onUse: (result: string) => void; onClear: () => void }) {
  return (
    <section className="card tape">
      <div className="card-head">
        <h2>Tape</h2>
        {lines.length > 0 && <button className="btn bare" onClick={onClear}>Clear</button>}
      </div>
      {lines.length ? (
        <ul>
          {lines.slice(0, 9).map((line) => (
            <li key={line.id}>
              <button className="tape-line" title="Use this result" onClick={() => onUse(line.result)}>
                <span className="muted num cut">{line.sum}</span>
                <strong className="num cut">{line.result}</strong>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <Empty text="Results are kept here." />
      )}
    </section>
  )
}
