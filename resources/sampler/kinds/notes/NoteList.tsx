import type { Note } from '../data'
import { dayLabel } from '../hooks'
import { Empty } from './ui'

export function NoteList({ notes, open, onOpen }: { notes: Note[]; open: string; onOpen: (id: string) => void }) {
  if (!notes.length) return <Empty text="No note says that." />
  return (
    <ul className="slips">
      {notes.map((note) => (
        <li key={note.id}>
          <button className="slip" aria-current={note.id === open} onClick={() => onOpen(note.id)}>
            <span className="bar-row apart small muted slip-top">
              <span className="cut">{note.pinned ? `Pinned · ${note.tag}` : note.tag}</span>
              <span className="num">{dayLabel(note.changed)}</span>
            </span>
            <span className="slip-title cut">{note.title || 'Without a title'}</span>
            <span className="muted small slip-body">{note.body || 'Nothing written yet'}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
