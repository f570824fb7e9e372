import { keys } from '../data'

const names: Record<string, string> = { C: 'Clear', '÷': 'Divided by', '×': 'Times', '−': 'Minus', '+': 'Plus', '±': 'Change sign', '=': 'Equals', '.': 'Point' }

export function Keypad({ onPress }: { onPress: (key: string) => void }) {
  return (
    <div className="keypad">
      {keys.map((key) => (
        <button key={key} aria-label={names[key] ?? key} className={`key ${/[÷×−+]/.test(key) ? 'key-sign' : ''} ${key === '=' ? 'key-go' : ''} ${/[C()±]/.test(key) ? 'key-side' : ''}`} onClick={() => onPress(key)}>
          {key}
        </button>
      ))}
    </div>
  )
}
