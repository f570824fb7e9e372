import { useState } from 'react'
import type { Recipe } from '../data'
import { has, useStored } from '../hooks'
import { Plate } from './RecipeCard'
import { Icon } from './ui'

const pretty = (value: number) => (value === 0.5 ? '½' : value % 1 === 0.5 ? `${Math.floor(value)}½` : String(Math.round(value * 10) / 10))

type Props = { recipe: Recipe; liked: boolean; onLike: () => void; onBack: () => void }

export function RecipeView({ recipe, liked, onLike, onBack }: Props) {
  const [serves, setServes] = useState(recipe.serves)
  const [done, setDone] = useStored<number[]>(`done-${recipe.id}`, [])
  return (
    <article className="card recipe">
      <div className="bar-row apart">
        <button className="btn quiet" autoFocus onClick={onBack}>
          <Icon name="back" size={16} /> All recipes
        </button>
        <button className="btn bare" aria-pressed={liked} onClick={onLike}>
          <Icon name="heart" /> {liked ? 'A favourite' : 'Like'}
        </button>
      </div>
      <div className="recipe-top">
        <div>
          <span className="tag">{recipe.group}</span>
          <h2 className="recipe-name">{recipe.name}</h2>
          <p className="muted num">{recipe.minutes} minutes, serves {serves}</p>
        </div>
        <Plate seed={recipe.seed} />
      </div>
      <div className="recipe-twin">
        <section>
          <div className="card-head">
            <h3>You need</h3>
            <span className="stepper">
              <button aria-label="For one less" disabled={serves < 2} onClick={() => setServes(serves - 1)}>−</button>
              <span className="num">{serves}</span>
              <button aria-label="For one more" disabled={serves > 11} onClick={() => setServes(serves + 1)}>+</button>
            </span>
          </div>
          <ul className="parts">
            {recipe.parts.map((part) => (
              <li key={part.name}>
                <strong className="num">{pretty(part.amount * serves)} {part.unit}</strong> {part.name}
              </li>
            ))}
          </ul>
        </section>
        {has('steps') && (
          <section>
            <div className="card-head">
              <h3>How it goes</h3>
              <span className="muted small num">{done.length} of {recipe.steps.length} done</span>
            </div>
            <ol className="steps">
              {recipe.steps.map((step, i) => (
                <li key={i}>
                  <button className="step" aria-pressed={done.includes(i)} onClick={() => setDone(done.includes(i) ? done.filter((n) => n !== i) : [...done, i])}>
                    <span className="step-number num">{done.includes(i) ? <Icon name="check" size={16} /> : i + 1}</span>
                    <span>{step}</span>
                  </button>
                </li>
              ))}
            </ol>
          </section>
        )}
      </div>
    </article>
  )
}
