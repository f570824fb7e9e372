import { useEffect } from 'react'
import { columns, labels, people, type Card } from '../data'
import { Icon } from './ui'

type Props = { card: Card; onChange: (patch: Partial<Card>) => void; onRemove: () => void; onClose: () => void }

export function CardEditor({ card, onChange, onRemove, onClose }: Props) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => event.key === 'Escape' && onClose()
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [onClose])
  const choice = (label: string, value: string, options: readonly string[], set: (value: string) => void) => (
    <label className="edit-line">
      <span className="muted small">{label}</span>
      <select className="field" value={value} onChange={(e) => set(e.target.value)}>
        {[...new Set([value, ...options])].map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  )
  return (
    <div className="veil" onClick={onClose}>
      <div className="card sheet" role="dialog" aria-modal="true" aria-label={card.title} onClick={(e) => e.stopPropagation()}>
        <div className="card-head">
          <h2>Card</h2>
          <button className="btn bare round" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        <label className="edit-line">
          <span className="muted small">Title</span>
          <input className="field" autoFocus maxLength={120} value={card.title} onChange={(e) => onChange({ title: e.target.value })} />
        </label>
        <div className="edit-pair">
          {choice('Column', card.column, columns, (column) => onChange({ column }))}
          {choice('Label', card.label, labels, (label) => onChange({ label }))}
          {choice('Owner', card.owner, people, (owner) => onChange({ owner }))}
          <label className="edit-line">
            <span className="muted small">Due</span>
            <input className="field" type="date" value={card.due} onChange={(e) => onChange({ due: e.target.value })} />
          </label>
        </div>
        <label className="edit-line">
          <span className="muted small">Note</span>
          <textarea className="field" rows={4} value={card.note} placeholder="What should others know?" onChange={(e) => onChange({ note: e.target.value })} />
        </label>
        <div className="bar-row apart">
          <button className="btn bare" onClick={onRemove}>
            <Icon name="trash" /> Remove
          </button>
          <button className="btn" onClick={onClose}>Done</button>
        </div>
      </div>
    </div>
  )
}
