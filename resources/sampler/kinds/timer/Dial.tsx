const two = (n: number) => String(n).padStart(2, '0')

export function Dial({ left, total, label }: { left: number; total: number; label: string }) {
  const share = total ? left / total : 0
  const round = 2 * Math.PI * 104
  return (
    <div className="dial">
      <svg viewBox="0 0 240 240" aria-hidden="true">
        <circle cx="120" cy="120" r="104" className="dial-track" />
        {Array.from({ length: 60 }, (_, i) => (
          <line key={i} x1="120" y1="30" x2="120" y2={i % 5 ? 34 : 39} className="dial-tick" transform={`rotate(${i * 6} 120 120)`} />
        ))}
        <circle cx="120" cy="120" r="104" className="dial-arc" strokeDasharray={`${round * share} ${round}`} transform="rotate(-90 120 120)" />
      </svg>
      <div className="dial-text" role="timer" aria-live="off">
        <strong className="num">{two(Math.floor(left / 60))}:{two(left % 60)}</strong>
        <span className="muted cut">{label}</span>
      </div>
    </div>
  )
}
