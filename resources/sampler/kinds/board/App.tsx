import { useState } from 'react'
import { CardEditor } from './components/CardEditor'
import { Column } from './components/Column'
import { Icon, Page, Stat } from './components/ui'
import { columns, firstCards, labels, people, type Card } from './data'
import { day, has, newId, useStored } from './hooks'
import './styles.css'

export default function App() {
  const [cards, setCards] = useStored<Card[]>('cards', firstCards)
  const [open, setOpen] = useState<string | null>(null)
  const [search, setSearch] = useState('')

  const text = search.trim().toLowerCase()
  const shown = cards.filter((card) => !text || `${card.title} ${card.label} ${card.owner}`.toLowerCase().includes(text))
  const change = (id: string, patch: Partial<Card>) => setCards((old) => old.map((card) => (card.id === id ? { ...card, ...patch } : card)))
  const move = (id: string, column: string) => {
    const card = cards.find((other) => other.id === id)
    if (card) setCards([...cards.filter((other) => other.id !== id), { ...card, column }])
  }
  const add = (title: string, column: string) =>
    setCards([...cards, { id: newId(), title, column, label: labels[0] ?? 'New', owner: people[0], due: day(7), note: '' }])

  const late = cards.filter((card) => card.column !== 'Done' && card.due < day()).length
  const edited = cards.find((card) => card.id === open)

  return (
    <Page
      aside={has('summary') && (
        <div className="stats">
          <Stat label="In flight" value={cards.filter((card) => card.column === 'Doing').length} note="being worked on" />
          <Stat label="Done" value={cards.filter((card) => card.column === 'Done').length} note={`of ${cards.length}`} />
          <Stat label="Late" value={late} note={late ? 'past their date' : 'nothing late'} />
        </div>
      )}
    >
      {has('search') && (
        <div className="bar-row">
          <div className="search">
            <Icon name="search" />
            <input className="field" aria-label="Search cards" placeholder="Search titles, labels, people" value={search} onChange={(e) => setSearch(e.target.value)} />
          </div>
        </div>
      )}
      {has('columns') && (
        <div className="board">
          {columns.map((name, i) => (
            <Column key={name} name={name} next={columns[i + 1]} cards={shown.filter((card) => card.column === name)} onAdd={add} onMove={move} onOpen={setOpen} />
          ))}
        </div>
      )}
      {edited && (
        <CardEditor
          card={edited}
          onChange={(patch) => change(edited.id, patch)}
          onRemove={() => {
            setCards(cards.filter((card) => card.id !== edited.id))
            setOpen(null)
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </Page>
  )
}
