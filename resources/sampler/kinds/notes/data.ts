export type Note = { id: string; title: string; body: string; tag: string; changed: string; pinned: boolean }

const openings = [
  'On', 'Plan:', 'Again:', 'About',
]
const bodies = [
  'Start small. Look twice. Write down what changed since last time, and what did not.\n\n- ask someone who knows\n- try it on a quiet morning\n- keep the receipt',
  'It works better than expected, but only when there is enough time for it. Next step: compare two of them side by side and decide by the weekend.',
  'The short version: less is fine. The long version has to wait until I have slept on it.',
  'Read about it on the train. The part worth keeping is that nobody gets it right the first time.',
]
export const firstNotes: Note[] = (names.length > 8 ? some(8) : names).map((name, i) => ({
  id: `n${i}`, title: i % 3 ? name : `${openings[i % openings.length]} ${name}`, body: bodies[i % bodies.length], tag: groupOf(name), changed: day(-i * 2), pinned: i === 1,
}))
