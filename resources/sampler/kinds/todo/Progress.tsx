import type { Task } from '../data'
import { day } from '../hooks'

export function Progress({ tasks }: { tasks: Task[] }) {
  const done = tasks.filter((task) => task.done).length
  const today = tasks.filter((task) => !task.done && task.due <= day()).length
  const share = tasks.length ? Math.round((done / tasks.length) * 100) : 0
  return (
    <div className="progress">
      <div className="bar-row apart">
        <strong className="num">{done} of {tasks.length} done</strong>
        <span className="muted small">{today ? `${today} due today` : 'Nothing due today'}</span>
      </div>
      <div className="meter" role="progressbar" aria-valuenow={share} aria-valuemin={0} aria-valuemax={100} aria-label="Done">
        <i style={{ width: `${share}%` }} />
      </div>
    </div>
  )
}
