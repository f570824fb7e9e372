export type Entry = { id: string; name: string; group: string; amount: number; date: string }

export const groups = words.groups.map((group) => group.name)
export const toneOf = (group: string) => `var(--c${(Math.max(0, groups.indexOf(group)) % 6) + 1})`
export const limits: Record<string, number> = Object.fromEntries(groups.map((group, i) => [group, [900, 420, 260, 180][i % 4]]))

const usual: Record<string, number> = {
  Rent: 640, Electricity: 58, Internet: 35, Insurance: 42, Groceries: 46, Lunch: 13, 'Eating out': 38, 'Train pass': 49, 'Bicycle repair': 65, Petrol: 52, Books: 18, Cinema: 12, Concert: 45,
}

export const firstEntries: Entry[] = Array.from({ length: 34 }, (_, i) => {
  const name = names[i % names.length]
  const group = groupOf(name)
  return { id: `e${i}`, name, group, amount: name === 'Rent' ? usual.Rent : Math.round((usual[name] ?? 30) * (0.7 + random() * 0.6) * 100) / 100, date: day(-Math.floor(i * 2.6)) }
}).sort((a, b) => b.date.localeCompare(a.date))
