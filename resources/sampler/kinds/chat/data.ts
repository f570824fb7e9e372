export type Message = { id: string; from: string; text: string; at: string }
export type Talk = { id: string; name: string; about: string; online: boolean; messages: Message[]; unread: number }

const talkLines = [
  ['Did you see the news about {item}?', 'Just now. What do you think?', 'I would wait until Thursday and then decide.', 'Fine with me. I will tell the others.'],
  ['{item} is ready, finally.', 'Already? That was quick.', 'Lea helped. It looks better than the sketch.', 'Send me a picture?'],
  ['Who takes care of {item} this week?', 'I can on Monday and Friday.', 'Then I do the rest.', 'You are the best.'],
  ['Small question: {item} or {other}?', '{other}, without a doubt.', 'Ha. I knew you would say that.'],
]
const answers = ['Sounds good.', 'Let me think about it.', 'Yes, please.', 'I like that idea more than the first one.', 'Can we talk about it tomorrow?', 'Done. What is next?', 'Really? Tell me more.']

export const talks: Talk[] = people.slice(0, 6).map((name, i) => {
  const item = names[i % names.length]
  const other = names[(i + 3) % names.length]
  return {
    id: `t${i}`, name, about: groupOf(item), online: random() < 0.5, unread: i === 1 ? 2 : 0,
    messages: talkLines[i % talkLines.length].map((text, n) => ({
      id: `m${i}-${n}`, from: n % 2 ? 'me' : name, at: `${9 + i}:${String(5 + n * 4).padStart(2, '0')}`, text: text.split('{item}').join(item).split('{other}').join(other),
    })),
  }
})
export const answerTo = (text: string, turn: number) => {
  const known = names.find((name) => text.toLowerCase().includes(name.toLowerCase()))
  if (known) return `${known}? I thought about that too. ${groupOf(known)} is a good place to start.`
  return text.trim().endsWith('?') ? ['Good question. I would say yes.', 'Hard to say. What does your gut tell you?', 'I will find out.'][turn % 3] : answers[turn % answers.length]
}
