import { newId, useStored } from '../hooks'
import { theme } from '../theme'
import { AddLine, Empty, Icon } from './ui'

type Line = { id: string; text: string }

/** Lines stay with the title that a section had first. */
function Extra({ first }: { first: string }) {
  const [lines, setLines] = useStored<Line[]>(`section-${first}`, [])
  const title = theme.renames.find(([from]) => from === first)?.[1] ?? first
  return (
    <section className="card" aria-label={title}>
      <div className="card-head">
        <h2>{title}</h2>
        {lines.length > 0 && <span className="muted small num">{lines.length}</span>}
      </div>
      <ul>
        {lines.map((line) => (
          <li key={line.id} className="bar-row">
            <span className="grow">{line.text}</span>
            <button className="btn bare" aria-label={`Remove ${line.text}`} onClick={() => setLines(lines.filter((other) => other.id !== line.id))}>
              <Icon name="close" size={16} />
            </button>
          </li>
        ))}
      </ul>
      {!lines.length && <Empty text="Nothing here yet." />}
      <AddLine label="Add" placeholder={`Add to ${title}`} onAdd={(text) => setLines([...lines, { id: newId(), text }])} />
    </section>
  )
}

/** Sections that were added later, below everything else. */
export function Extras() {
  return theme.extras.map((title) => <Extra key={title} first={title} />)
}
