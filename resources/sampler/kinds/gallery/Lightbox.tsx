import type { Work } from '../data'
import { Artwork } from './Artwork'
import { Icon } from './ui'

type Props = { work: Work; number: number; of: number; liked: boolean; onLike: () => void; onStep: (by: number) => void; onClose: () => void }

export function Lightbox({ work, number, of, liked, onLike, onStep, onClose }: Props) {
  return (
    <div className="light" role="dialog" aria-modal="true" aria-label={work.title} onClick={onClose}>
      <div className="light-in" onClick={(e) => e.stopPropagation()}>
        <Artwork work={work} />
        <div className="bar-row apart light-bar">
          <div>
            <h2>{work.title}</h2>
            <p className="small num">{work.group}, {work.year} · {number} of {of}</p>
          </div>
          <div className="bar-row">
            <button className="btn quiet round" aria-label="Before" onClick={() => onStep(-1)}>
              <Icon name="back" />
            </button>
            <button className="btn quiet round" aria-label="Next" autoFocus onClick={() => onStep(1)}>
              <Icon name="next" />
            </button>
            <button className="btn quiet" aria-pressed={liked} onClick={onLike}>
              <Icon name="heart" /> {liked ? 'Liked' : 'Like'}
            </button>
            <button className="btn quiet round" aria-label="Close" onClick={onClose}>
              <Icon name="close" />
            </button>
          </div>
        </div>
      </div>
    </div>
  )
}
