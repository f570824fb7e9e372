import { useState } from 'react'
import { Artwork } from './components/Artwork'
import { Lightbox } from './components/Lightbox'
import { Choice, Empty, Icon, Page } from './components/ui'
import { groups, works } from './data'
import { has, useKeys, useStored } from './hooks'
import './styles.css'

export default function App() {
  const [liked, setLiked] = useStored<string[]>('liked', [])
  const [group, setGroup] = useState('All')
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<string | null>(null)

  const shown = works
    .filter((work) => group === 'All' || (group === 'Liked' ? liked.includes(work.id) : work.group === group))
    .filter((work) => `${work.title} ${work.group}`.toLowerCase().includes(search.trim().toLowerCase()))
  const at = shown.findIndex((work) => work.id === open)
  const step = (by: number) => at >= 0 && setOpen(shown[(at + by + shown.length) % shown.length].id)
  const like = (id: string) => setLiked(liked.includes(id) ? liked.filter((other) => other !== id) : [...liked, id])

  useKeys((key) => {
    if (key === 'Escape') setOpen(null)
    if (key === 'ArrowRight') step(1)
    if (key === 'ArrowLeft') step(-1)
    if (key === 'l' && open) like(open)
  })

  return (
    <Page>
      <div className="bar-row gallery-bar">
        {has('filter') && <Choice label="Show" options={['All', ...groups, 'Liked']} value={group} onChange={setGroup} />}
        {has('search') && (
          <div className="search">
            <Icon name="search" />
            <input className="field" aria-label="Search works" placeholder={`Search ${works.length} works`} value={search} onChange={(e) => setSearch(e.target.value)} />
          </div>
        )}
      </div>
      {shown.length ? (
        <ul className="wall">
          {shown.map((work) => (
            <li key={work.id} className={`frame ${work.tall ? 'frame-tall' : ''}`}>
              <button className="frame-open" aria-label={`Open ${work.title}`} onClick={() => setOpen(work.id)}>
                <Artwork work={work} />
              </button>
              <div className="bar-row apart frame-text">
                <div className="grow">
                  <h3 className="cut">{work.title}</h3>
                  <p className="muted small cut">{work.group}, {work.year}</p>
                </div>
                <button className="btn bare round frame-like" aria-pressed={liked.includes(work.id)} aria-label={`Like ${work.title}`} onClick={() => like(work.id)}>
                  <Icon name="heart" />
                </button>
              </div>
            </li>
          ))}
        </ul>
      ) : (
        <Empty text={group === 'Liked' ? 'Works that you like are collected here.' : 'Nothing like that on these walls.'} />
      )}
      {at >= 0 && <Lightbox work={shown[at]} number={at + 1} of={shown.length} liked={liked.includes(shown[at].id)} onLike={() => like(shown[at].id)} onStep={step} onClose={() => setOpen(null)} />}
    </Page>
  )
}
