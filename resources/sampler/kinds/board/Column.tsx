import { useState } from 'react'
import { colourOf, initials, type Card } from '../data'
import { day, dayLabel } from '../hooks'
import { Icon } from './ui'

type Props = {
  name: string
  next?: string
  cards: Card[]
  onAdd: (title: string, column: string) => void
  onMove: (id: string, column: string) => void
  onOpen: (id: string) => void
}

export function Column({ name, next, cards, onAdd, onMove, onOpen }: Props) {
  const [over, setOver] = useState(false)
  const [adding, setAdding] = useState('')
  return (
    <section
      className={`column ${over ? 'column-over' : ''}`}
      onDragOver={(e) => { e.preventDefault(); setOver(true) }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => { setOver(false); onMove(e.dataTransfer.getData('text/plain'), name) }}
    >
      <h2 className="column-head">
        {name} <span className="muted num">{cards.length}</span>
      </h2>
      <ul className="column-list">
        {cards.map((card) => (
          <li key={card.id} className="ticket" draggable onDragStart={(e) => e.dataTransfer.setData('text/plain', card.id)} style={{ ['--own' as string]: colourOf(card.label) }}>
            <button className="ticket-open" onClick={() => onOpen(card.id)}>
              <span className="ticket-label">{card.label}</span>
              <span className="ticket-title">{card.title}</span>
            </button>
            <div className="bar-row apart small muted">
              <span className={`num ${card.due < day() && name !== 'Done' ? 'ticket-late' : ''}`}>{dayLabel(card.due)}</span>
              <span className="bar-row ticket-end">
                {next && (
                  <button className="btn bare ticket-next" title={`Move to ${next}`} aria-label={`Move ${card.title} to ${next}`} onClick={() => onMove(card.id, next)}>
                    <Icon name="next" size={16} />
                  </button>
                )}
                <span className="face" title={card.owner}>{initials(card.owner)}</span>
              </span>
            </div>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          if (adding.trim()) onAdd(adding.trim(), name)
          setAdding('')
        }}
      >
        <input className="field column-add" aria-label={`Add to ${name}`} placeholder="+ Add a card" maxLength={120} value={adding} onChange={(e) => setAdding(e.target.value)} />
      </form>
    </section>
  )
}
