export type Recipe = { id: string; name: string; group: string; minutes: number; serves: number; parts: { amount: number; unit: string; name: string }[]; steps: string[]; seed: number }

const pantry: [string, number, string][] = [
  ['flour', 120, 'g'], ['butter', 40, 'g'], ['olive oil', 2, 'tbsp'], ['salt', 1, 'tsp'], ['eggs', 1, ''], ['onions', 1, ''], ['lemon', 0.5, ''], ['stock', 250, 'ml'],
  ['cream', 60, 'ml'], ['garlic cloves', 1, ''], ['thyme', 1, 'tsp'], ['sugar', 25, 'g'], ['leeks', 1, ''], ['parmesan', 20, 'g'], ['pepper', 0.5, 'tsp'],
]
const firstSteps = ['Put everything on the table and read to the end once.', 'Warm the oven to 190 °C and butter the dish.', 'Chop what has to be chopped, not too fine.']
const middle = ['Soften it gently in the fat, about eight minutes, without colour.', 'Stir in the rest and let it come together slowly.', 'Season, taste, and season again.', 'Fold in the flour in two rounds, with a light hand.']
const last = ['Bake until the edges are golden and the middle still gives.', 'Let it rest for ten minutes. It is worth it.', 'Serve warm, with something green beside it.']

export const recipes: Recipe[] = names.slice(0, 14).map((name, i) => ({
  id: `r${i}`, name, group: groupOf(name), minutes: between(3, 16) * 5, serves: 2 + (i % 3) * 2, seed: between(1, 9999),
  parts: shuffled(pantry, random).slice(0, 6).map(([part, amount, unit]) => ({ name: part, amount, unit })),
  steps: [firstSteps[i % 3], ...shuffled(middle, random).slice(0, 2), last[i % 3]],
}))
export const groups = [...new Set(recipes.map((recipe) => recipe.group))]
