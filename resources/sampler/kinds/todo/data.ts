export type Task = { id: string; text: string; list: string; done: boolean; due: string }

export const lists = words.groups.map((group) => group.name)
export const firstTasks: Task[] = (names.length > 9 ? some(9) : names).map((text, i) => ({
  id: `t${i}`, text, list: groupOf(text), done: random() < 0.25, due: day(between(0, 5)),
}))
