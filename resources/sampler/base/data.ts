import { day, randomFrom, shuffled } from './hooks'
import { theme } from './theme'

export type Group = { name: string; items: string[] }

export const words: { noun: string; nouns: string; verb: string; groups: Group[]; pairs: string[][] } = /* words */

export const random = randomFrom(theme.seed)
export const names = words.groups.flatMap((group) => group.items)
export const groupOf = (item: string) => words.groups.find((group) => group.items.includes(item))?.name ?? words.nouns
export const some = (count: number) => shuffled(names, random).slice(0, count)
export const between = (low: number, high: number) => Math.round(low + random() * (high - low))
export const people = shuffled(['Ada Brandt', 'Noor Haddad', 'Mikael Lind', 'Ines Costa', 'Tom Okafor', 'Yuki Mori', 'Lea Novak', 'Sam Rivers'], random)
export const initials = (name: string) => name.split(' ').map((part) => part[0]).join('').slice(0, 2).toUpperCase()
