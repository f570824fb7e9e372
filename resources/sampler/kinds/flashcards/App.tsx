import { useState } from 'react'
import { CardList } from './components/CardList'
import { Deck } from './components/Deck'
import { Page, Stat } from './components/ui'
import { boxes, firstCards, type Flash } from './data'
import { has, newId, useKeys, useStored } from './hooks'
import './styles.css'

export default function App() {
  const [cards, setCards] = useStored<Flash[]>('cards', firstCards)
  const [turned, setTurned] = useState(false)
  const queue = cards.filter((card) => card.box < boxes.length - 1)
  const current = queue[0]

  /** Known cards move up one box and to the end; the others start again. */
  const grade = (known: boolean) => {
    if (!current) return
    const moved = { ...current, box: known ? current.box + 1 : 0 }
    setCards([...cards.filter((card) => card.id !== current.id), moved])
    setTurned(false)
  }
  const again = () => {
    setCards(cards.map((card) => ({ ...card, box: 0 })))
    setTurned(false)
  }
  useKeys((key, event) => {
    if (key === ' ' || key === 'Enter') {
      event.preventDefault()
      setTurned(!turned)
    }
    if (turned && (key === '1' || key === 'ArrowLeft')) grade(false)
    if (turned && (key === '2' || key === 'ArrowRight')) grade(true)
  })

  return (
    <Page
      aside={has('summary') && (
        <div className="stats">
          <Stat label="To learn" value={queue.length} note={`of ${cards.length} cards`} />
          <Stat label="Known" value={cards.filter((card) => card.box >= 2).length} />
          <Stat label="For good" value={cards.length - queue.length} />
        </div>
      )}
    >
      <Deck card={current} left={queue.length} turned={turned} onTurn={() => setTurned(!turned)} onGrade={grade} onAgain={again} />
      {has('list') && <CardList cards={cards} onAdd={(front, back) => setCards([{ id: newId(), front, back, box: 0 }, ...cards])} onRemove={(id) => setCards(cards.filter((card) => card.id !== id))} />}
    </Page>
  )
}
