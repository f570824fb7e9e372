import { boxes, type Flash } from '../data'
import { Icon } from './ui'

type Props = { card?: Flash; left: number; turned: boolean; onTurn: () => void; onGrade: (known: boolean) => void; onAgain: () => void }

export function Deck({ card, left, turned, onTurn, onGrade, onAgain }: Props) {
  if (!card)
    return (
      <section className="card deck-done">
        <h2>All of them, for good.</h2>
        <p className="muted">Come back in a few days, or start over.</p>
        <button className="btn" onClick={onAgain}>
          <Icon name="again" /> Start over
        </button>
      </section>
    )
  return (
    <section className="deck" aria-label="Cards">
      <div className="deck-pile" data-left={Math.min(3, left)}>
        <button key={card.id} className={`flash ${turned ? 'flash-turned' : ''}`} aria-live="polite" onClick={onTurn}>
          <span className="flash-side">
            <span className="tag">{boxes[card.box]}</span>
            <span className="flash-text">{card.front}</span>
            <span className="small flash-hint">Space or click to turn</span>
          </span>
          <span className="flash-side flash-back" aria-hidden={!turned}>
            <span className="small flash-hint">{card.front}</span>
            <span className="flash-text">{card.back}</span>
            <span className="small flash-hint">Did you know it?</span>
          </span>
        </button>
      </div>
      <div className="bar-row deck-buttons">
        <button className="btn quiet" disabled={!turned} onClick={() => onGrade(false)}>
          <Icon name="again" /> Not yet
        </button>
        <button className="btn" disabled={!turned} onClick={() => onGrade(true)}>
          <Icon name="check" /> I knew it
        </button>
      </div>
    </section>
  )
}
