export const side = 4
/** 16 places, row by row; 0 is empty. */
export type Grid = number[]

export function withNew(grid: Grid): Grid {
  const free = grid.map((value, i) => (value ? -1 : i)).filter((i) => i >= 0)
  if (!free.length) return grid
  const next = [...grid]
  next[free[Math.floor(Math.random() * free.length)]] = Math.random() < 0.9 ? 2 : 4
  return next
}

export const firstGrid = (): Grid => {
  const places = shuffled(Array.from({ length: side * side }, (_, i) => i), randomFrom(theme.seed))
  const grid = Array<number>(side * side).fill(0)
  ;[2, 4, 2, 8, 16, 4].forEach((value, i) => { grid[places[i]] = value })
  return grid
}

/** The places of line `line`, from the side the tiles slide to. */
function places(way: string, line: number) {
  const list = Array.from({ length: side }, (_, i) => (way === 'left' || way === 'right' ? line * side + i : i * side + line))
  return way === 'right' || way === 'down' ? list.reverse() : list
}

export function slide(grid: Grid, way: string) {
  const next = Array<number>(side * side).fill(0)
  let gained = 0
  for (let line = 0; line < side; line++) {
    const at = places(way, line)
    const values = at.map((i) => grid[i]).filter(Boolean)
    for (let i = 0; i + 1 < values.length; i++) {
      if (values[i] !== values[i + 1]) continue
      values[i] *= 2
      gained += values[i]
      values.splice(i + 1, 1)
    }
    values.forEach((value, i) => { next[at[i]] = value })
  }
  return { grid: next, gained, moved: next.some((value, i) => value !== grid[i]) }
}

export const stuck = (grid: Grid) => ['left', 'right', 'up', 'down'].every((way) => !slide(grid, way).moved)
