import { useState } from 'react'
import { RecipeCard } from './components/RecipeCard'
import { RecipeView } from './components/RecipeView'
import { Choice, Empty, Icon, Page } from './components/ui'
import { groups, recipes } from './data'
import { has, useKeys, useStored } from './hooks'
import './styles.css'

export default function App() {
  const [liked, setLiked] = useStored<string[]>('liked', [])
  const [group, setGroup] = useState('All')
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const shown = recipes
    .filter((recipe) => group === 'All' || (group === 'Favourites' ? liked.includes(recipe.id) : recipe.group === group))
    .filter((recipe) => `${recipe.name} ${recipe.group} ${recipe.parts.map((part) => part.name).join(' ')}`.toLowerCase().includes(search.trim().toLowerCase()))
  const current = recipes.find((recipe) => recipe.id === open)
  const like = (id: string) => setLiked(liked.includes(id) ? liked.filter((other) => other !== id) : [...liked, id])
  useKeys((key) => key === 'Escape' && setOpen(null))

  if (current)
    return (
      <Page>
        <RecipeView key={current.id} recipe={current} liked={liked.includes(current.id)} onLike={() => like(current.id)} onBack={() => setOpen(null)} />
      </Page>
    )
  return (
    <Page
      actions={
        <button className="btn quiet" onClick={() => setOpen(recipes[Math.floor(Math.random() * recipes.length)].id)}>
          <Icon name="spark" /> Surprise me
        </button>
      }
    >
      <div className="card bar-row">
        {has('search') && (
          <div className="search">
            <Icon name="search" />
            <input className="field" aria-label="Search" placeholder="A dish, or what is in the fridge" value={search} onChange={(e) => setSearch(e.target.value)} />
          </div>
        )}
        {has('filter') && <Choice label="Show" options={['All', ...groups, 'Favourites']} value={group} onChange={setGroup} />}
      </div>
      {shown.length ? (
        <ul className="menu">
          {shown.map((recipe) => (
            <RecipeCard key={recipe.id} recipe={recipe} liked={liked.includes(recipe.id)} onOpen={() => setOpen(recipe.id)} onLike={() => like(recipe.id)} />
          ))}
        </ul>
      ) : (
        <Empty text={group === 'Favourites' ? 'What you like is collected here.' : 'Nothing with that. Maybe an onion?'} />
      )}
    </Page>
  )
}
