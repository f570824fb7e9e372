import { useState } from 'react'
import { Question } from './components/Question'
import { Result } from './components/Result'
import { Page } from './components/ui'
import { questions } from './data'
import { has, useKeys, useStored } from './hooks'
import './styles.css'

export default function App() {
  const [given, setGiven] = useStored<string[]>('given', [])
  const [best, setBest] = useStored('best', 0)
  const [chosen, setChosen] = useState<string | null>(null)
  const at = given.length
  const question = questions[at]

  const next = () => {
    if (chosen === null) return
    const all = [...given, chosen]
    setGiven(all)
    setChosen(null)
    if (all.length === questions.length) setBest(Math.max(best, all.filter((answer, i) => answer === questions[i].answer).length))
  }
  const again = () => {
    setGiven([])
    setChosen(null)
  }
  useKeys((key) => {
    const index = Number(key) - 1
    if (question && chosen === null && question.options[index]) setChosen(question.options[index])
    else if (key === 'Enter' && chosen !== null) next()
  })

  return (
    <Page>
      {has('progress') && (
        <div className="quiz-progress">
          {questions.map((entry, i) => (
            <i key={i} className={i < at ? (given[i] === entry.answer ? 'quiz-right' : 'quiz-wrong') : i === at ? 'quiz-now' : undefined} />
          ))}
        </div>
      )}
      {question ? (
        <Question key={at} number={at + 1} of={questions.length} question={question} chosen={chosen} onChoose={setChosen} onNext={next} />
      ) : (
        <Result given={given} best={best} onAgain={again} />
      )}
    </Page>
  )
}
