import { useState } from 'react'
import { Editor } from './components/Editor'
import { NoteList } from './components/NoteList'
import { Choice, Icon, Page } from './components/ui'
import { firstNotes, words, type Note } from './data'
import { day, has, newId, useKeys, useStored } from './hooks'
import './styles.css'

export default function App() {
  const [notes, setNotes] = useStored<Note[]>('notes', firstNotes)
  const [open, setOpen] = useState(notes[0]?.id ?? '')
  const [tag, setTag] = useState('All')
  const [search, setSearch] = useState('')
  const [removed, setRemoved] = useState<Note | null>(null)

  const tags = ['All', ...new Set(notes.map((note) => note.tag))]
  const shown = notes
    .filter((note) => tag === 'All' || note.tag === tag)
    .filter((note) => `${note.title} ${note.body}`.toLowerCase().includes(search.trim().toLowerCase()))
    .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.changed.localeCompare(a.changed))
  const current = notes.find((note) => note.id === open)

  const add = () => {
    const note: Note = { id: newId(), title: '', body: '', tag: tag === 'All' ? words.groups[0]?.name ?? 'New' : tag, changed: day(), pinned: false }
    setNotes([note, ...notes])
    setOpen(note.id)
    setSearch('')
  }
  const change = (patch: Partial<Note>) => setNotes(notes.map((note) => (note.id === open ? { ...note, ...patch, changed: day() } : note)))
  const remove = () => {
    if (!current) return
    setRemoved(current)
    setNotes(notes.filter((note) => note.id !== current.id))
    setOpen(shown.find((note) => note.id !== current.id)?.id ?? '')
  }
  useKeys((key, event) => {
    if (key === 'n') {
      event.preventDefault()
      add()
    }
  })

  return (
    <Page
      actions={
        <button className="btn" onClick={add} title="N">
          <Icon name="plus" /> New note
        </button>
      }
    >
      <div className="bar-row">
        {has('search') && (
          <div className="search">
            <Icon name="search" />
            <input className="field" aria-label="Search notes" placeholder={`Search ${notes.length} notes`} value={search} onChange={(e) => setSearch(e.target.value)} />
          </div>
        )}
        {has('tags') && <Choice label="Tag" options={tags} value={tags.includes(tag) ? tag : 'All'} onChange={setTag} />}
        {removed && (
          <button className="btn quiet" onClick={() => { setNotes([removed, ...notes]); setOpen(removed.id); setRemoved(null) }}>
            Undo removing
          </button>
        )}
      </div>
      <div className={has('list') ? 'desk' : ''}>
        {has('list') && <NoteList notes={shown} open={open} onOpen={setOpen} />}
        <Editor key={open} note={current} tags={[...new Set([...words.groups.map((group) => group.name), ...tags.slice(1)])]} onChange={change} onRemove={remove} />
      </div>
    </Page>
  )
}
