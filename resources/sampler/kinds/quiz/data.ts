export type Question = { text: string; options: string[]; answer: string; about: string }

const answers = words.pairs.map((pair) => pair[1])
const fromPairs: Question[] = words.pairs.map(([text, answer]) => ({
  text, answer, about: 'To know', options: shuffled([answer, ...shuffled(answers.filter((other) => other !== answer), random).slice(0, 3)], random),
}))
const fromGroups: Question[] = words.groups.length > 2
  ? words.groups.filter((group) => group.items.length).map((group) => {
      const answer = group.items[between(0, group.items.length - 1)]
      const others = words.groups.filter((other) => other !== group).flatMap((other) => other.items)
      return { text: `Which one belongs to “${group.name}”?`, answer, about: group.name, options: shuffled([answer, ...shuffled(others, random).slice(0, 3)], random) }
    })
  : []
export const questions = shuffled([...fromPairs, ...fromGroups], random).slice(0, 8)
