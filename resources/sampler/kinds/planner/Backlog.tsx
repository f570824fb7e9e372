import { AddLine, Empty, Icon } from './ui'

type Props = { ideas: string[]; picked: string | null; onPick: (idea: string | null) => void; onAdd: (idea: string) => void; onDrop: (idea: string) => void }

export function Backlog({ ideas, picked, onPick, onAdd, onDrop }: Props) {
  return (
    <section className="card">
      <div className="card-head">
        <h2>Not planned yet</h2>
      </div>
      <p className="muted small backlog-help" aria-live="polite">{picked ? `Now click a free hour for “${picked}”.` : 'Choose one, then click a free hour.'}</p>
      <ul className="backlog">
        {ideas.map((idea) => (
          <li key={idea}>
            <button className="backlog-idea cut" aria-pressed={idea === picked} onClick={() => onPick(idea === picked ? null : idea)}>{idea}</button>
            <button className="btn bare round" aria-label={`Remove ${idea}`} onClick={() => onDrop(idea)}>
              <Icon name="close" size={15} />
            </button>
          </li>
        ))}
      </ul>
      {!ideas.length && <Empty text="Everything has its place." />}
      <AddLine label="Add" placeholder="An idea" onAdd={onAdd} />
    </section>
  )
}
