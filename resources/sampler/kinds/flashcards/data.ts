export type Flash = { id: string; front: string; back: string; box: number }

const fromPairs = words.pairs.map(([front, back]) => ({ front, back }))
const fromGroups = names.slice(0, 8).map((name) => ({ front: name, back: groupOf(name) }))
export const firstCards: Flash[] = [...fromPairs, ...fromGroups].slice(0, 12).map((card, i) => ({ id: `f${i}`, box: i % 4 === 3 ? 1 : 0, ...card }))
export const boxes = ['New', 'Again soon', 'Known', 'For good']
