import { useEffect, useState } from 'react'
import { theme } from './theme'

/** Stored rows keep their place when something was renamed later. */
const renamed = (text: string) =>
  theme.renames.reduce((all, [from, to]) => all.split(JSON.stringify(from)).join(JSON.stringify(to)), text)

/** State that survives a reload. Falls back to `initial` when the stored text cannot be read. */
export function useStored<T>(name: string, initial: T) {
  const key = `${theme.key}/${name}`
  const [value, setValue] = useState<T>(() => {
    try {
      const text = localStorage.getItem(key)
      return text === null ? initial : (JSON.parse(renamed(text)) as T)
    } catch {
      return initial
    }
  })
  useEffect(() => {
    try {
      localStorage.setItem(key, JSON.stringify(value))
    } catch {
      // Full or forbidden storage: the app goes on without it.
    }
  }, [key, value])
  return [value, setValue] as const
}

/** Calls `handler` for key presses outside of text fields. */
export function useKeys(handler: (key: string, event: KeyboardEvent) => void) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return
      handler(event.key, event)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  })
}

/** A repeatable random source: the same seed gives the same numbers from 0 to 1. */
export function randomFrom(seed: number) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export function shuffled<T>(list: readonly T[], random: () => number) {
  const copy = [...list]
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[copy[i], copy[j]] = [copy[j], copy[i]]
  }
  return copy
}

/** Today moved by `days`, as YYYY-MM-DD in local time. */
export function day(days = 0, from = new Date()) {
  const date = new Date(from.getFullYear(), from.getMonth(), from.getDate() + days)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

export const dayName = (iso: string, width: 'short' | 'long' | 'narrow' = 'short') =>
  new Date(`${iso}T12:00`).toLocaleDateString('en', { weekday: width })
export const dayLabel = (iso: string) =>
  new Date(`${iso}T12:00`).toLocaleDateString('en', { day: 'numeric', month: 'short' })

export const newId = () => Math.random().toString(36).slice(2, 9)
export const money = (amount: number, digits = 2) =>
  new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR', maximumFractionDigits: digits, minimumFractionDigits: digits }).format(amount)

/** Parts of the page can be left out: see theme.ts. */
export const has = (section: string) => theme.sections.includes(section)
