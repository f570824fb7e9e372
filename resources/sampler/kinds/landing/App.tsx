import { Features, Scene } from './components/Features'
import { SignUp } from './components/SignUp'
import { Page } from './components/ui'
import { asked, offers } from './data'
import { has, money, useStored } from './hooks'
import { theme } from './theme'
import './styles.css'

export default function App() {
  const [chosen, setChosen] = useStored('offer', offers[1].name)
  return (
    <Page
      actions={
        <nav className="bar-row" aria-label="Page">
          {has('features') && <a className="btn bare" href="#what">What we do</a>}
          {has('prices') && <a className="btn bare" href="#prices">Prices</a>}
          {has('signup') && <a className="btn" href="#join">Join</a>}
        </nav>
      }
    >
      <section className="card opening">
        <div>
          <p className="muted">Welcome</p>
          <h2 className="opening-title">{theme.tagline}</h2>
          <p className="opening-text">We do a few things, and do them well. Come in, look around, and take something home.</p>
          <div className="bar-row">
            {has('prices') && <a className="btn" href="#prices">See the prices</a>}
            {has('features') && <a className="btn quiet" href="#what">What we make</a>}
          </div>
        </div>
        <Scene />
      </section>
      {has('features') && <Features />}
      {has('prices') && (
        <section id="prices" className="block-part">
          <h2 className="part-title">Prices</h2>
          <div className="offers">
            {offers.map((offer) => (
              <div key={offer.name} className={`card offer ${offer.name === chosen ? 'offer-chosen' : ''}`}>
                <h3>{offer.name}</h3>
                <strong className="offer-price num">{money(offer.price, 0)}<span className="muted small"> a month</span></strong>
                <p className="muted">{offer.text}</p>
                <ul>
                  {offer.parts.map((part) => (
                    <li key={part}>{part}</li>
                  ))}
                </ul>
                <button className={offer.name === chosen ? 'btn' : 'btn quiet'} aria-pressed={offer.name === chosen} onClick={() => setChosen(offer.name)}>
                  {offer.name === chosen ? 'Chosen' : 'Choose'}
                </button>
              </div>
            ))}
          </div>
        </section>
      )}
      {has('questions') && (
        <section className="block-part">
          <h2 className="part-title">Asked often</h2>
          {asked.map(([question, answer]) => (
            <details key={question} className="ask">
              <summary>{question}</summary>
              <p className="muted">{answer}</p>
            </details>
          ))}
        </section>
      )}
      {has('signup') && <SignUp offer={chosen} />}
      <p className="muted small">© {new Date().getFullYear()} {theme.title}</p>
    </Page>
  )
}
