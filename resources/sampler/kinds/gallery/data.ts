export type Work = { id: string; title: string; group: string; year: number; seed: number; tall: boolean }

export const works: Work[] = names.slice(0, 14).map((title, i) => ({
  id: `w${i}`, title, group: groupOf(title), year: new Date().getFullYear() - between(0, 6), seed: between(1, 99999), tall: random() < 0.45,
}))
export const groups = [...new Set(works.map((work) => work.group))]
