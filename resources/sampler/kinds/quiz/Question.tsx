import type { Question as Entry } from '../data'
import { Icon } from './ui'

type Props = { number: number; of: number; question: Entry; chosen: string | null; onChoose: (option: string) => void; onNext: () => void }

export function Question({ number, of, question, chosen, onChoose, onNext }: Props) {
  const right = chosen === question.answer
  return (
    <section className="card quiz">
      <p className="muted small num">Question {number} of {of} · {question.about}</p>
      <h2 className="quiz-text">{question.text}</h2>
      <ol className="quiz-options">
        {question.options.map((option, i) => {
          const state = chosen === null ? '' : option === question.answer ? 'quiz-good' : option === chosen ? 'quiz-bad' : 'quiz-rest'
          return (
            <li key={option}>
              <button className={`quiz-option ${state}`} disabled={chosen !== null} onClick={() => onChoose(option)}>
                <span className="quiz-key num">{i + 1}</span>
                <span className="grow">{option}</span>
                {state === 'quiz-good' && <Icon name="check" />}
                {state === 'quiz-bad' && <Icon name="close" />}
              </button>
            </li>
          )
        })}
      </ol>
      <div className="bar-row apart quiz-foot">
        <p className="muted" aria-live="polite">
          {chosen === null ? 'Press 1 to 4, or click.' : right ? 'That is right.' : `It is: ${question.answer}`}
        </p>
        {chosen !== null && (
          <button className="btn" autoFocus onClick={onNext}>
            {number === of ? 'See the result' : 'Next'} <Icon name="next" size={16} />
          </button>
        )}
      </div>
    </section>
  )
}
