export type Entry = { id: string; name: string; group: string; amount: number; date: string }

export const groups = words.groups.map((group) => group.name)
export const toneOf = (group: string) => `var(--c${(Math.max(0, groups.indexOf(group)) % 6) + 1})`
export const limits: Record<string, number> = Object.fromEntries(groups.map((group, i) => [group, [900, 420, 260, 180][i % 4]]))

export const firstEntries: Entry[] = Array.from({ length: 34 }, (_, i) => {
  const name = names[i % names.length]
  const group = groupOf(name)
  return { id: `e${i}`, name, group, amount: Math.round(((limits[group] ?? 200) / 9) * (0.3 + random() * 1.5) * 100) / 100, date: day(-Math.floor(i * 2.6)) }
}).sort((a, b) => b.date.localeCompare(a.date))
