import { useState } from 'react'
import { boxes, type Flash } from '../data'
import { Icon } from './ui'

export function CardList({ cards, onAdd, onRemove }: { cards: Flash[]; onAdd: (front: string, back: string) => void; onRemove: (id: string) => void }) {
  const [front, setFront] = useState('')
  const [back, setBack] = useState('')
  const ready = front.trim() && back.trim()
  return (
    <section className="card">
      <div className="card-head">
        <h2>All cards</h2>
        <span className="muted small num">{cards.length}</span>
      </div>
      <form
        className="flash-form"
        onSubmit={(e) => {
          e.preventDefault()
          if (!ready) return
          onAdd(front.trim(), back.trim())
          setFront('')
          setBack('')
        }}
      >
        <input className="field" aria-label="Front" placeholder="Front" maxLength={140} value={front} onChange={(e) => setFront(e.target.value)} />
        <input className="field" aria-label="Back" placeholder="Back" maxLength={140} value={back} onChange={(e) => setBack(e.target.value)} />
        <button className="btn" type="submit" disabled={!ready}>Add</button>
      </form>
      <ul>
        {cards.map((card) => (
          <li key={card.id} className="flash-line">
            <span className="grow">{card.front}</span>
            <span className="grow muted">{card.back}</span>
            <span className="flash-box" aria-label={boxes[card.box]} title={boxes[card.box]}>
              {boxes.slice(1).map((name, i) => (
                <i key={name} className={i < card.box ? 'flash-on' : undefined} />
              ))}
            </span>
            <button className="btn bare round" aria-label={`Remove ${card.front}`} onClick={() => onRemove(card.id)}>
              <Icon name="close" size={15} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
