import { useRef, useState } from 'react'
import { People } from './components/People'
import { Thread } from './components/Thread'
import { Page } from './components/ui'
import { answerTo, talks as firstTalks, type Talk } from './data'
import { has, newId, useStored } from './hooks'
import './styles.css'

const now = () => new Date().toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false })

export default function App() {
  const [talks, setTalks] = useStored<Talk[]>('talks', firstTalks)
  const [open, setOpen] = useStored('open', firstTalks[0]?.id ?? '')
  const [typing, setTyping] = useState<string | null>(null)
  const turn = useRef(0)
  const current = talks.find((talk) => talk.id === open) ?? talks[0]

  const append = (id: string, from: string, text: string) =>
    setTalks((all) => all.map((talk) => (talk.id === id ? { ...talk, messages: [...talk.messages, { id: newId(), from, text, at: now() }].slice(-80) } : talk)))
  const choose = (id: string) => {
    setOpen(id)
    setTalks((all) => all.map((talk) => (talk.id === id ? { ...talk, unread: 0 } : talk)))
  }
  const send = (text: string) => {
    append(current.id, 'me', text)
    setTyping(current.id)
    const { id, name } = current
    setTimeout(() => {
      append(id, name, answerTo(text, turn.current++))
      setTyping(null)
    }, 900)
  }

  return (
    <Page aside={has('people') && <People talks={talks} open={current.id} onOpen={choose} />}>
      <Thread key={current.id} talk={current} typing={typing === current.id} onSend={send} />
    </Page>
  )
}
