import { useState } from 'react'
import { initials, type Talk } from '../data'
import { has } from '../hooks'
import { Icon } from './ui'

export function People({ talks, open, onOpen }: { talks: Talk[]; open: string; onOpen: (id: string) => void }) {
  const [search, setSearch] = useState('')
  const shown = talks.filter((talk) => `${talk.name} ${talk.messages.map((m) => m.text).join(' ')}`.toLowerCase().includes(search.trim().toLowerCase()))
  return (
    <nav aria-label="Conversations" className="people">
      {has('search') && (
        <div className="search">
          <Icon name="search" />
          <input className="field" aria-label="Search people and messages" placeholder="Search" value={search} onChange={(e) => setSearch(e.target.value)} />
        </div>
      )}
      <ul className="people-list">
        {shown.map((talk) => (
          <li key={talk.id}>
            <button className="person" aria-current={talk.id === open} onClick={() => onOpen(talk.id)}>
              <span className={`face ${talk.online ? 'face-online' : ''}`}>{initials(talk.name)}</span>
              <span className="person-text">
                <span className="person-name cut">{talk.name}</span>
                <span className="small person-last cut">{talk.messages[talk.messages.length - 1]?.text}</span>
              </span>
              {talk.unread > 0 && <span className="badge num">{talk.unread}</span>}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
