import type { Note } from '../data'
import { Empty, Icon } from './ui'

type Props = { note?: Note; tags: string[]; onChange: (patch: Partial<Note>) => void; onRemove: () => void }

export function Editor({ note, tags, onChange, onRemove }: Props) {
  if (!note) return <Empty text="Choose a note, or press N for a new one." />
  const words = note.body.split(/\s+/).filter(Boolean).length
  return (
    <article className="card editor">
      <input className="editor-title" aria-label="Title" placeholder="Title" maxLength={120} autoFocus={!note.title} value={note.title} onChange={(e) => onChange({ title: e.target.value })} />
      <div className="bar-row apart">
        <select className="field editor-tag" aria-label="Tag" value={note.tag} onChange={(e) => onChange({ tag: e.target.value })}>
          {[...new Set([note.tag, ...tags])].map((tag) => (
            <option key={tag}>{tag}</option>
          ))}
        </select>
        <div className="bar-row">
          <button className="btn bare" aria-pressed={note.pinned} onClick={() => onChange({ pinned: !note.pinned })}>
            {note.pinned ? 'Unpin' : 'Pin'}
          </button>
          <button className="btn bare round" aria-label="Remove this note" onClick={onRemove}>
            <Icon name="trash" />
          </button>
        </div>
      </div>
      <textarea className="editor-body" aria-label="Text" placeholder="Write" value={note.body} onChange={(e) => onChange({ body: e.target.value })} />
      <p className="muted small num">{words} {words === 1 ? 'word' : 'words'}, saved as you type</p>
    </article>
  )
}
