export type Product = { id: string; name: string; group: string; price: number; note: string; shape: number }

const notes = ['Made in small batches', 'New this week', 'Back in stock', 'A quiet favourite', 'Only a few left', 'Made to last']
export const products: Product[] = names.slice(0, 14).map((name, i) => ({
  id: `p${i}`, name, group: groupOf(name), price: between(6, 64) + (random() < 0.5 ? 0.5 : 0), note: notes[between(0, notes.length - 1)], shape: between(0, 5),
}))
export const groups = [...new Set(products.map((product) => product.group))]
