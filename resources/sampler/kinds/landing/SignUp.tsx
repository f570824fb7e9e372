import { useState } from 'react'
import { useStored } from '../hooks'

export function SignUp({ offer }: { offer: string }) {
  const [joined, setJoined] = useStored('joined', '')
  const [mail, setMail] = useState('')
  const [wrong, setWrong] = useState(false)
  return (
    <section id="join" className="card join">
      <div>
        <h2 className="part-title">{joined ? 'See you soon' : 'Join us'}</h2>
        <p className="muted" aria-live="polite">{joined ? `We have written ${joined} down for “${offer}”. Nothing is sent: this is a demonstration.` : `For “${offer}”. One letter a month, written by a person.`}</p>
      </div>
      {joined ? (
        <button className="btn quiet" onClick={() => setJoined('')}>Use another address</button>
      ) : (
        <form
          className="add"
          noValidate
          onSubmit={(e) => {
            e.preventDefault()
            const fine = /^\S+@\S+\.\S+$/.test(mail.trim())
            setWrong(!fine)
            if (fine) setJoined(mail.trim())
          }}
        >
          <input className="field" type="email" aria-label="Your address" aria-invalid={wrong} placeholder="you@example.org" maxLength={120} value={mail} onChange={(e) => setMail(e.target.value)} />
          <button className="btn" type="submit">Join</button>
          {wrong && <p className="small join-wrong" role="alert">That does not look like an address yet.</p>}
        </form>
      )}
    </section>
  )
}
