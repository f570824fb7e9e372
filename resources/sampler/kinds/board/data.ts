export type Card = { id: string; title: string; column: string; label: string; owner: string; due: string; note: string }

export const columns = ['To do', 'Doing', 'Waiting', 'Done'] as const
export const labels = words.groups.map((group) => group.name)
export const colourOf = (label: string) => `var(--c${(Math.max(0, labels.indexOf(label)) % 6) + 1})`

const spread = ['To do', 'To do', 'Doing', 'Doing', 'Waiting', 'Done', 'To do', 'Done', 'Doing', 'Waiting', 'To do', 'Done']
export const firstCards: Card[] = (names.length > 11 ? some(11) : names).map((title, i) => ({
  id: `c${i}`, title, column: spread[i % spread.length], label: groupOf(title), owner: people[i % 4], due: day(between(-1, 12)), note: '',
}))
