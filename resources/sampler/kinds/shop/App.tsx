import { useState } from 'react'
import { Cart } from './components/Cart'
import { ProductCard } from './components/Product'
import { Choice, Empty, Icon, Page } from './components/ui'
import { groups, products, words } from './data'
import { has, useStored } from './hooks'
import './styles.css'

const orders = ['our choice', 'price up', 'price down'] as const

export default function App() {
  const [cart, setCart] = useStored<Record<string, number>>('cart', {})
  const [liked, setLiked] = useStored<string[]>('liked', [])
  const [group, setGroup] = useState('All')
  const [order, setOrder] = useState<(typeof orders)[number]>('our choice')
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState(false)

  const shown = products
    .filter((product) => group === 'All' || product.group === group)
    .filter((product) => `${product.name} ${product.group}`.toLowerCase().includes(search.trim().toLowerCase()))
    .sort((a, b) => (order === 'price up' ? a.price - b.price : order === 'price down' ? b.price - a.price : 0))
  const count = Object.values(cart).reduce((sum, n) => sum + n, 0)
  const put = (id: string, n: number) => setCart((old) => ({ ...old, [id]: Math.max(0, Math.min(20, (old[id] ?? 0) + n)) }))

  return (
    <Page
      actions={has('cart') && (
        <button className="btn" onClick={() => setOpen(true)} aria-label={`Basket, ${count} items`}>
          <Icon name="bag" /> Basket <span className="num">{count}</span>
        </button>
      )}
    >
      <div className="card shop-bar">
        {has('search') && (
          <div className="search">
            <Icon name="search" />
            <input className="field" aria-label="Search" placeholder={`Search ${products.length} ${words.nouns}`} value={search} onChange={(e) => setSearch(e.target.value)} />
          </div>
        )}
        {has('filter') && <Choice label="Group" options={['All', ...groups]} value={group} onChange={setGroup} />}
        <select className="field shop-order" aria-label="Order" value={order} onChange={(e) => setOrder(e.target.value as typeof order)}>
          {orders.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </div>
      {shown.length ? (
        <ul className="shelf">
          {shown.map((product) => (
            <ProductCard key={product.id} product={product} count={cart[product.id] ?? 0} liked={liked.includes(product.id)}
              onPut={(n) => put(product.id, n)}
              onLike={() => setLiked(liked.includes(product.id) ? liked.filter((id) => id !== product.id) : [...liked, product.id])} />
          ))}
        </ul>
      ) : (
        <Empty text="Nothing like that here. Try another word." />
      )}
      {open && <Cart cart={cart} onPut={put} onEmpty={() => setCart({})} onClose={() => setOpen(false)} />}
    </Page>
  )
}
