import { useState } from 'react'
import { Progress } from './components/Progress'
import { TaskList } from './components/TaskList'
import { AddLine, Choice, Empty, Page } from './components/ui'
import { firstTasks, lists, type Task } from './data'
import { day, has, newId, useStored } from './hooks'
import './styles.css'

const views = ['open', 'all', 'done'] as const

export default function App() {
  const [tasks, setTasks] = useStored<Task[]>('tasks', firstTasks)
  const [view, setView] = useStored<(typeof views)[number]>('view', 'open')
  const [list, setList] = useStored('list', lists[0] ?? 'Mine')
  const [removed, setRemoved] = useState<Task[] | null>(null)

  const shown = tasks.filter((task) => (view === 'all' ? true : view === 'done' ? task.done : !task.done))
  const groups = [...new Set(tasks.map((task) => task.list))]
  const change = (id: string, patch: Partial<Task>) => setTasks((old) => old.map((task) => (task.id === id ? { ...task, ...patch } : task)))
  const drop = (id: string) => {
    setRemoved(tasks)
    setTasks(tasks.filter((task) => task.id !== id))
  }

  return (
    <Page aside={has('summary') && <Progress tasks={tasks} />}>
      {has('list') && (
        <section className="card todo">
          <AddLine label="Add" placeholder="What comes next?" onAdd={(text) => setTasks([{ id: newId(), text, list, done: false, due: day() }, ...tasks])} />
          <div className="bar-row apart">
            {has('filter') ? <Choice label="Show" options={views} value={view} onChange={setView} /> : <span />}
            <label className="bar-row small muted">
              New ones go to
              <select className="field todo-select" value={list} onChange={(e) => setList(e.target.value)}>
                {[...new Set([...lists, ...groups])].map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
          </div>
          {groups.map((name) => (
            <TaskList key={name} name={name} tasks={shown.filter((task) => task.list === name)} onChange={change} onDrop={drop} />
          ))}
          {!shown.length && <Empty text={view === 'done' ? 'Nothing is done yet. That is fine.' : 'All clear. Enjoy the quiet.'} />}
          {removed && (
            <button className="btn quiet" onClick={() => { setTasks(removed); setRemoved(null) }}>
              Undo removing
            </button>
          )}
        </section>
      )}
    </Page>
  )
}
