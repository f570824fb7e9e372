export type Line = { id: string; sum: string; result: string }

export const keys = ['C', '(', ')', '÷', '7', '8', '9', '×', '4', '5', '6', '−', '1', '2', '3', '+', '±', '0', '.', '='] as const
export const firstLines: Line[] = some(4).map((_, i) => {
  const a = between(3, 90)
  const b = between(2, 40)
  return i % 2 ? { id: `l${i}`, sum: `${a} × ${b}`, result: String(a * b) } : { id: `l${i}`, sum: `${a} + ${b}`, result: String(a + b) }
})

/** Works a sum out by hand (precedence, brackets); null when it is not complete. */
export function work(text: string): number | null {
  const tokens = text.replace(/\s/g, '').match(/\d*\.?\d+|[+−×÷()]/g) ?? []
  let at = 0
  const factor = (): number => {
    const token = tokens[at++]
    if (token === '−') return -factor()
    if (token === '(') {
      const inside = terms()
      at++
      return inside
    }
    return token === undefined ? NaN : Number(token)
  }
  const products = (): number => {
    let value = factor()
    while (tokens[at] === '×' || tokens[at] === '÷') value = tokens[at++] === '×' ? value * factor() : value / factor()
    return value
  }
  const terms = (): number => {
    let value = products()
    while (tokens[at] === '+' || tokens[at] === '−') value = tokens[at++] === '+' ? value + products() : value - products()
    return value
  }
  const value = terms()
  return Number.isFinite(value) && at >= tokens.length ? value : null
}

/** Twelve digits, never with an exponent: it is typed on. */
export const pretty = (value: number) => value.toLocaleString('en', { useGrouping: false, maximumSignificantDigits: 12, maximumFractionDigits: 20 })

/** The last number with its other sign: 5 + 3 becomes 5 − 3, 5 × 3 becomes 5 × −3. */
export function flipped(text: string) {
  const [, before, sign, number] = /^(.*?)([+−]?)([\d.]*)$/.exec(text) ?? ['', text, '', '']
  const binary = /[\d.)]$/.test(before)
  if (!number) return sign === '−' && !binary ? before : sign && binary ? text : `${text}−`
  if (!sign) return `${before}−${number}`
  return binary ? `${before}${sign === '+' ? '−' : '+'}${number}` : before + (sign === '−' ? number : `−${number}`)
}
