export type Habit = { id: string; name: string; group: string }
/** Days done, as "habit/day". */
export type Log = Record<string, boolean>

export const week = Array.from({ length: 7 }, (_, i) => day(i - 6))
export const firstHabits: Habit[] = (names.length > 6 ? some(6) : names).map((name, i) => ({ id: `h${i}`, name, group: groupOf(name) }))

export const firstLog: Log = {}
for (const habit of firstHabits) {
  const zeal = 0.45 + random() * 0.5
  for (let back = 0; back < 21; back++) if (random() < zeal) firstLog[`${habit.id}/${day(-back)}`] = true
}

export function streakOf(log: Log, id: string) {
  let length = 0
  let back = log[`${id}/${day()}`] ? 0 : 1
  while (log[`${id}/${day(-back)}`]) {
    length++
    back++
  }
  return length
}
