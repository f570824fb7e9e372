export type Preset = { name: string; minutes: number }
export type Session = { id: string; name: string; minutes: number; at: string }

export const presets: Preset[] = [
  { name: 'Focus', minutes: 25 },
  ...words.groups.slice(0, 3).map((group, i) => ({ name: group.items[0] ?? group.name, minutes: [5, 10, 45][i] })),
]
export const firstSessions: Session[] = some(5).map((name, i) => ({ id: `s${i}`, name, minutes: [25, 25, 10, 45, 5][i % 5], at: day(-Math.floor(i / 2)) }))
