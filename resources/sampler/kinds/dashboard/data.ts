export type Point = { date: string; value: number }
export type Row = { name: string; group: string; points: Point[] }

const days = 90
export const rows: Row[] = (names.length > 10 ? some(10) : names).map((name) => {
  const base = between(40, 220)
  const slope = random() - 0.4
  const wave = 4 + random() * 9
  let drift = 0
  return {
    name,
    group: groupOf(name),
    points: Array.from({ length: days }, (_, i) => {
      const season = 1 + 0.16 * Math.sin(i / 6.5) - (i % 7 > 4 ? 0.22 : 0)
      drift = drift * 0.8 + (random() - 0.5) * base * 0.16
      return { date: day(i - days + 1), value: Math.max(2, Math.round((base + slope * i + Math.sin(i / wave) * base * 0.12 + drift) * season)) }
    }),
  }
})

export const sum = (points: Point[]) => points.reduce((all, point) => all + point.value, 0)
export const totals = (list: Row[], length: number): Point[] =>
  Array.from({ length }, (_, i) => {
    const at = days - length + i
    return { date: day(i - length + 1), value: list.reduce((all, row) => all + row.points[at].value, 0) }
  })
export const change = (row: Row, length: number) => {
  const now = sum(row.points.slice(-length))
  const before = sum(row.points.slice(-2 * length, -length)) || now
  return Math.round(((now - before) / before) * 100)
}
