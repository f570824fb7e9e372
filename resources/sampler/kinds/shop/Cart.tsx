import { useEffect, useState } from 'react'
import { products } from '../data'
import { money } from '../hooks'
import { Empty, Icon } from './ui'

type Props = { cart: Record<string, number>; onPut: (id: string, n: number) => void; onEmpty: () => void; onClose: () => void }

export function Cart({ cart, onPut, onEmpty, onClose }: Props) {
  const [ordered, setOrdered] = useState(false)
  const lines = products.filter((product) => cart[product.id])
  const sum = lines.reduce((all, product) => all + product.price * cart[product.id], 0)
  const shipping = sum === 0 || sum >= 60 ? 0 : 4.9
  useEffect(() => {
    const listen = (event: KeyboardEvent) => event.key === 'Escape' && onClose()
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [onClose])
  return (
    <div className="veil" onClick={onClose}>
      <aside className="drawer" role="dialog" aria-modal="true" aria-label="Basket" onClick={(e) => e.stopPropagation()}>
        <div className="card-head">
          <h2>Your basket</h2>
          <button className="btn bare round" autoFocus aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        {!lines.length && <Empty text={ordered ? 'Thank you. This is a demo, so nothing was charged.' : 'Nothing in here yet.'} />}
        <ul className="drawer-list">
          {lines.map((product) => (
            <li key={product.id}>
              <div className="grow">
                <h3 className="cut">{product.name}</h3>
                <span className="muted small num">{money(product.price)} each</span>
              </div>
              <span className="stepper">
                <button aria-label={`One ${product.name} less`} onClick={() => onPut(product.id, -1)}>−</button>
                <span className="num">{cart[product.id]}</span>
                <button aria-label={`One ${product.name} more`} onClick={() => onPut(product.id, 1)}>+</button>
              </span>
            </li>
          ))}
        </ul>
        {lines.length > 0 && (
          <div className="drawer-foot">
            <p className="bar-row apart muted"><span>Shipping</span><span className="num">{shipping ? money(shipping) : 'free'}</span></p>
            <p className="bar-row apart"><strong>Total</strong><strong className="num drawer-sum">{money(sum + shipping)}</strong></p>
            <button className="btn" onClick={() => { onEmpty(); setOrdered(true) }}>Order</button>
          </div>
        )}
      </aside>
    </div>
  )
}
