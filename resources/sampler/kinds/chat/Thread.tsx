import { useEffect, useRef, useState } from 'react'
import { initials, type Talk } from '../data'
import { Icon } from './ui'

export function Thread({ talk, typing, onSend }: { talk: Talk; typing: boolean; onSend: (text: string) => void }) {
  const [text, setText] = useState('')
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight })
  }, [talk.messages.length, typing])
  const send = () => {
    if (!text.trim()) return
    onSend(text.trim())
    setText('')
  }
  return (
    <section className="card thread" aria-label={`Conversation with ${talk.name}`}>
      <div className="thread-head">
        <span className={`face ${talk.online ? 'face-online' : ''}`}>{initials(talk.name)}</span>
        <div className="grow">
          <h2 className="cut">{talk.name}</h2>
          <p className="muted small cut">{typing ? 'is writing…' : talk.online ? `Here now · ${talk.about}` : `Away · ${talk.about}`}</p>
        </div>
      </div>
      <div className="thread-list" ref={list} aria-live="polite">
        <p className="thread-day small">Today</p>
        {talk.messages.map((message) => (
          <div key={message.id} className={`said ${message.from === 'me' ? 'said-me' : ''}`}>
            <p>{message.text}</p>
            <span className="small num">{message.at}</span>
          </div>
        ))}
        {typing && (
          <div className="said">
            <p className="dots" aria-label={`${talk.name} is writing`}><i /><i /><i /></p>
          </div>
        )}
      </div>
      <form className="add" onSubmit={(e) => { e.preventDefault(); send() }}>
        <input className="field" autoFocus aria-label="Message" placeholder={`Write to ${talk.name.split(' ')[0]}`} maxLength={600} value={text} onChange={(e) => setText(e.target.value)} />
        <button className="btn" type="submit" aria-label="Send">
          <Icon name="send" />
        </button>
      </form>
    </section>
  )
}
