export const size = { columns: 22, rows: 16 }
export type Cell = { x: number; y: number }
export type Way = { x: number; y: number }

export const start: Cell[] = [{ x: 8, y: 8 }, { x: 7, y: 8 }, { x: 6, y: 8 }, { x: 5, y: 8 }]
export const ways: Record<string, Way> = {
  ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 }, ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 },
  w: { x: 0, y: -1 }, s: { x: 0, y: 1 }, a: { x: -1, y: 0 }, d: { x: 1, y: 0 },
}
export const prizes = names.length ? names : ['Prize']

/** A free place for the next prize. */
export function place(body: Cell[], turn: number): Cell {
  const next = randomFrom(theme.seed + turn * 7919)
  for (;;) {
    const cell = { x: Math.floor(next() * size.columns), y: Math.floor(next() * size.rows) }
    if (!body.some((part) => part.x === cell.x && part.y === cell.y)) return cell
  }
}
