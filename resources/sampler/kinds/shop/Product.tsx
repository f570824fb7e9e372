import type { Product } from '../data'
import { has, money } from '../hooks'
import { Icon } from './ui'

type Props = { product: Product; count: number; liked: boolean; onPut: (n: number) => void; onLike: () => void }

const shapes = [
  <path key="s" d="M62 44h76l8 96a14 14 0 01-14 14H68a14 14 0 01-14-14z" />,
  <path key="s" d="M100 36c40 0 58 30 58 62s-24 58-58 58-58-26-58-58 18-62 58-62z" />,
  <path key="s" d="M82 34h36v30c22 8 32 26 32 50v28a14 14 0 01-14 14H64a14 14 0 01-14-14v-28c0-24 10-42 32-50z" />,
  <path key="s" d="M40 70h120v70a16 16 0 01-16 16H56a16 16 0 01-16-16zM40 70l20-26h80l20 26" />,
  <path key="s" d="M46 78h94v36a42 42 0 01-42 42h-10a42 42 0 01-42-42zM140 88h12a18 18 0 010 36h-12" />,
  <path key="s" d="M100 38l54 32v62l-54 32-54-32V70zM46 70l54 32 54-32M100 102v62" />,
]

export function Picture({ shape, group }: { shape: number; group: string }) {
  const tone = ([...group].reduce((sum, c) => sum + c.charCodeAt(0), 0) % 6) + 1
  return (
    <svg className="pack" viewBox="0 0 200 190" aria-hidden="true" style={{ ['--own' as string]: `var(--c${tone})` }}>
      <circle cx="150" cy="52" r="62" className="pack-sun" />
      <ellipse cx="100" cy="162" rx="66" ry="8" className="pack-shade" />
      <g className="pack-body">{shapes[shape % shapes.length]}</g>
      <path d="M72 104h56M72 118h36" className="pack-label" />
    </svg>
  )
}

export function ProductCard({ product, count, liked, onPut, onLike }: Props) {
  return (
    <li className="card product">
      <div className="product-picture">
        <Picture shape={product.shape} group={product.group} />
        <button className="like" aria-pressed={liked} aria-label={`Like ${product.name}`} onClick={onLike}>
          <Icon name="heart" />
        </button>
      </div>
      <div className="product-text">
        <span className="muted small cut">{product.note}</span>
        <h3>{product.name}</h3>
        <div className="bar-row apart product-foot">
          <strong className="num">{money(product.price)}</strong>
          {has('cart') && (count ? (
            <span className="stepper">
              <button aria-label={`One ${product.name} less`} onClick={() => onPut(-1)}>−</button>
              <span className="num">{count}</span>
              <button aria-label={`One ${product.name} more`} onClick={() => onPut(1)}>+</button>
            </span>
          ) : (
            <button className="btn" aria-label={`Add ${product.name}`} onClick={() => onPut(1)}>Add</button>
          ))}
        </div>
      </div>
    </li>
  )
}
