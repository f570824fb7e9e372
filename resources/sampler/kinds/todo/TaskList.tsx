import type { Task } from '../data'
import { day, dayName } from '../hooks'
import { Icon } from './ui'

type Props = { name: string; tasks: Task[]; onChange: (id: string, patch: Partial<Task>) => void; onDrop: (id: string) => void }

const when = (due: string) => (due < day() ? 'Late' : due === day() ? 'Today' : due === day(1) ? 'Tomorrow' : dayName(due, 'long'))

export function TaskList({ name, tasks, onChange, onDrop }: Props) {
  if (!tasks.length) return null
  return (
    <section className="todo-group">
      <h2>
        {name} <span className="muted num">{tasks.length}</span>
      </h2>
      <ul>
        {tasks.map((task) => (
          <li key={task.id} className={`task ${task.done ? 'task-done' : ''}`}>
            <label className="task-check">
              <input type="checkbox" checked={task.done} onChange={() => onChange(task.id, { done: !task.done })} />
              <span className="task-box">{task.done && <Icon name="check" size={15} />}</span>
              <span className="task-text">{task.text}</span>
            </label>
            <button className={`tag task-due ${task.due < day() && !task.done ? 'task-late' : ''}`} title="Move to the next day" onClick={() => onChange(task.id, { due: day(1, new Date(`${task.due}T12:00`)) })}>
              {when(task.due)}
            </button>
            <button className="btn bare round" aria-label={`Remove ${task.text}`} onClick={() => onDrop(task.id)}>
              <Icon name="close" size={15} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
