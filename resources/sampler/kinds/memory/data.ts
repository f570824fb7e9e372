export type Tile = { key: number; name: string; shape: number }

const chosen = (names.length >= 8 ? some(8) : [...names, ...words.groups.map((group) => group.name), 'Sun', 'Moon', 'Rain', 'Wind', 'Leaf', 'Stone', 'Star', 'Wave']).slice(0, 8)
export const deal = (seed: number): Tile[] =>
  shuffled(
    chosen.flatMap((name, shape) => [0, 1].map((twin) => ({ key: shape * 2 + twin, name, shape }))),
    randomFrom(seed),
  )
