import type { Recipe } from '../data'
import { randomFrom } from '../hooks'
import { Icon } from './ui'

const foods = ['#c8693a', '#e0b04c', '#8aa24b', '#b5413a', '#dc9a62', '#6f8f4e', '#efd9a6', '#8a5633']

/** A plate seen from above, different for every dish. */
export function Plate({ seed }: { seed: number }) {
  const next = randomFrom(seed)
  const tone = () => foods[Math.floor(next() * foods.length)]
  const main = tone()
  return (
    <svg className="plate" viewBox="0 0 240 170" aria-hidden="true">
      <rect width="240" height="170" fill="var(--soft2)" />
      <circle cx="120" cy="88" r="66" fill="var(--surface)" />
      <circle cx="120" cy="88" r="66" fill="none" stroke="var(--line)" strokeWidth="2" />
      <circle cx="120" cy="88" r="47" fill={main} opacity="0.9" />
      {Array.from({ length: 9 }, (_, i) => {
        const angle = next() * 6.28
        const far = next() * 34
        const x = 120 + Math.cos(angle) * far
        const y = 88 + Math.sin(angle) * far
        return i % 3 ? <circle key={i} cx={x} cy={y} r={4 + next() * 8} fill={tone()} /> : <ellipse key={i} cx={x} cy={y} rx={5 + next() * 4} ry={13} fill={tone()} transform={`rotate(${next() * 180} ${x} ${y})`} />
      })}
      <path d="M28 40v34a9 9 0 0018 0V40M37 40v96M206 40c-13 9-13 44 0 50v46" fill="none" stroke="var(--muted)" strokeWidth="3.5" strokeLinecap="round" opacity="0.7" />
    </svg>
  )
}

export function RecipeCard({ recipe, liked, onOpen, onLike }: { recipe: Recipe; liked: boolean; onOpen: () => void; onLike: () => void }) {
  return (
    <li className="card dish">
      <button className="dish-open" onClick={onOpen}>
        <Plate seed={recipe.seed} />
        <span className="dish-text">
          <span className="muted small">{recipe.group}</span>
          <span className="dish-name">{recipe.name}</span>
          <span className="muted small num">{recipe.minutes} min, {recipe.parts.length} things</span>
        </span>
      </button>
      <button className="like" aria-pressed={liked} aria-label={`Like ${recipe.name}`} onClick={onLike}>
        <Icon name="heart" />
      </button>
    </li>
  )
}
