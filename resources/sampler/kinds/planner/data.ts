export type Plan = { id: string; title: string; date: string; hour: number; length: number; group: string }

const monday = -((new Date().getDay() + 6) % 7)
/** Seven days from Monday, moved by `weeks`. */
export const weekDays = (weeks: number) => Array.from({ length: 7 }, (_, i) => day(monday + i + weeks * 7))
export const hours = Array.from({ length: 12 }, (_, i) => i + 8)
export const groups = words.groups.map((group) => group.name)
export const toneOf = (group: string) => `var(--c${(Math.max(0, groups.indexOf(group)) % 6) + 1})`

export const firstPlans: Plan[] = Array.from({ length: 11 }, (_, i) => {
  const title = names[i % names.length]
  return { id: `p${i}`, title, date: weekDays(0)[(i * 3) % 7], hour: 8 + ((i * 5) % 11), length: i % 3 === 0 ? 2 : 1, group: groupOf(title) }
})
export const firstIdeas = names.slice(-5)
