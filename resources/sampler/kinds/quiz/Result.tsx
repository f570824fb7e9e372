import { questions } from '../data'
import { has } from '../hooks'
import { Icon } from './ui'

export function Result({ given, best, onAgain }: { given: string[]; best: number; onAgain: () => void }) {
  const right = questions.filter((question, i) => question.answer === given[i]).length
  const share = right / Math.max(1, questions.length)
  const say = share === 1 ? 'Not one wrong.' : share > 0.7 ? 'You know this well.' : share > 0.4 ? 'A good start.' : 'Now you know more than before.'
  return (
    <section className="card quiz">
      <div className="quiz-result">
        <strong className="quiz-score num">{right}<span className="muted">/{questions.length}</span></strong>
        <h2 className="quiz-text">{say}</h2>
        <p className="muted">Best so far: {Math.max(best, right)}</p>
        <button className="btn" autoFocus onClick={onAgain}>
          <Icon name="again" /> Once more
        </button>
      </div>
      {has('review') && (
        <ul className="quiz-review">
          {questions.map((question, i) => (
            <li key={i}>
              <span className={question.answer === given[i] ? 'quiz-yes' : 'quiz-no'}>
                <Icon name={question.answer === given[i] ? 'check' : 'close'} size={16} />
              </span>
              <span className="grow">
                {question.text} <span className="muted">{question.answer}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
