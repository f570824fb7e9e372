import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useStored } from '../hooks'
import { theme } from '../theme'

const icons = {
  plus: 'M12 5v14M5 12h14',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  sun: 'M12 8a4 4 0 100 8 4 4 0 000-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5L19 19M19 5l-1.5 1.5M6.5 17.5L5 19',
  moon: 'M20 14.5A8 8 0 119.5 4a6.5 6.5 0 0010.5 10.5z',
  search: 'M11 4a7 7 0 100 14 7 7 0 000-14zM20 20l-4-4',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8 5v14M16 5v14',
  back: 'M14.5 5.5L8 12l6.5 6.5',
  next: 'M9.5 5.5L16 12l-6.5 6.5',
  again: 'M4.5 12a7.5 7.5 0 112.4 5.5M4.5 19v-4h4',
  heart: 'M12 19.5S4.5 15 4.5 9.6A4 4 0 0112 7.7a4 4 0 017.5 1.9c0 5.4-7.5 9.9-7.5 9.9z',
  bag: 'M6 8.5h12l-.9 11H6.9zM9 8.5V7a3 3 0 016 0v1.5',
  trash: 'M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12',
  send: 'M5 12l14-6.5-5 13-2.5-5z',
  spark: 'M12 4l1.9 6.1L20 12l-6.1 1.9L12 20l-1.9-6.1L4 12l6.1-1.9z',
  clock: 'M12 4a8 8 0 100 16 8 8 0 000-16zM12 8v4l3 2',
  flame: 'M12 3.5c.5 3.5 5 5 5 10a5 5 0 01-10 0c0-2 1-3.5 2-4.5.3 1.5 1 2 1.5 2 .8-2 0-5 1.5-7.5z',
} as const

export function Icon({ name, size = 18 }: { name: keyof typeof icons; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={icons[name]} />
    </svg>
  )
}

const marks = [
  <path key="m" d="M4 18c4 0 4-4 8-4s4 4 8 4M4 11c4 0 4-4 8-4s4 4 8 4" />,
  <path key="m" d="M12 4a8 8 0 010 16zM12 4a8 8 0 000 16" fill="currentColor" fillOpacity=".35" />,
  <path key="m" d="M5 19C5 9 11 5 19 5c0 9-5 14-14 14zM5 19l8-8" />,
  <path key="m" d="M5 5h6v6H5zM13 13h6v6h-6zM13 5h6v6h-6z" fill="currentColor" fillOpacity=".35" />,
  <path key="m" d="M12 4l8 15H4zM12 11l4.5 8h-9z" />,
  <path key="m" d="M12 12m-3 0a3 3 0 106 0 3 3 0 10-6 0M12 12m-8 0a8 8 0 1016 0 8 8 0 10-16 0" />,
  <path key="m" d="M12 4v16M4 12h16M6.5 6.5l11 11M17.5 6.5l-11 11" />,
  <path key="m" d="M6 19V9M12 19V5M18 19v-7" strokeWidth="3.5" />,
]

function Mark() {
  return (
    <span className="mark">
      <svg className="icon" width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
        {marks[theme.mark % marks.length]}
      </svg>
    </span>
  )
}

function ModeButton() {
  const [mode, setMode] = useStored(`mode-${theme.mode}`, theme.mode)
  useEffect(() => {
    document.documentElement.dataset.mode = mode
  }, [mode])
  const other = mode === 'dark' ? 'light' : 'dark'
  return (
    <button className="btn quiet round" onClick={() => setMode(other)} aria-label={`Switch to ${other}`} title={`Switch to ${other}`}>
      <Icon name={mode === 'dark' ? 'sun' : 'moon'} />
    </button>
  )
}

/** A word that is longer than its line makes the title smaller; it is not broken. */
function useFit() {
  const ref = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => {
    const fit = () => {
      const title = ref.current
      if (!title) return
      title.style.fontSize = ''
      title.style.overflowWrap = 'normal'
      const size = parseFloat(getComputedStyle(title).fontSize)
      if (title.scrollWidth > title.clientWidth)
        title.style.fontSize = `${Math.max(13, Math.floor((size * 0.98 * title.clientWidth) / title.scrollWidth))}px`
      title.style.overflowWrap = ''
    }
    fit()
    window.addEventListener('resize', fit)
    return () => window.removeEventListener('resize', fit)
  }, [])
  return ref
}

type PageProps = { children: ReactNode; actions?: ReactNode; aside?: ReactNode }

/** The frame of every screen: name on top or at the side, then the content. */
export function Page({ children, actions, aside }: PageProps) {
  const title = useFit()
  useEffect(() => {
    document.title = theme.title
  }, [])
  return (
    <div className="page" data-layout={theme.layout}>
      <header className="head">
        <div className="brand">
          <Mark />
          <div className="brand-text">
            <h1 className="title" ref={title}>{theme.title}</h1>
            {theme.sections.includes('tagline') && <p className="tagline">{theme.tagline}</p>}
          </div>
        </div>
        {aside && <div className="aside">{aside}</div>}
        <div className="tools">
          {actions}
          <ModeButton />
        </div>
      </header>
      <main className="main">{children}</main>
    </div>
  )
}

export function Stat({ label, value, note }: { label: string; value: ReactNode; note?: string }) {
  return (
    <div className="stat">
      <span className="stat-label">{label}</span>
      <strong className="stat-value">{value}</strong>
      {note && <span className="stat-note">{note}</span>}
    </div>
  )
}

/** One text field with a button; Enter adds. */
export function AddLine({ label, placeholder, onAdd }: { label: string; placeholder: string; onAdd: (text: string) => void }) {
  const [text, setText] = useState('')
  return (
    <form
      className="add"
      onSubmit={(event) => {
        event.preventDefault()
        if (!text.trim()) return
        onAdd(text.trim())
        setText('')
      }}
    >
      <input className="field" aria-label={label} placeholder={placeholder} value={text} maxLength={120} onChange={(e) => setText(e.target.value)} />
      <button className="btn" type="submit">
        <Icon name="plus" />
        <span>{label}</span>
      </button>
    </form>
  )
}

export function Choice<T extends string>({ label, options, value, onChange }: { label: string; options: readonly T[]; value: T; onChange: (value: T) => void }) {
  return (
    <div className="choice" style={{ scrollbarWidth: 'none' }} role="group" aria-label={label}>
      {options.map((option) => (
        <button key={option} className="pick" aria-pressed={option === value} onClick={() => onChange(option)}>
          {option}
        </button>
      ))}
    </div>
  )
}

export function Empty({ text }: { text: string }) {
  return (
    <div className="empty">
      <Icon name="spark" size={26} />
      <p>{text}</p>
    </div>
  )
}
