const shapes = [
  <path key="s" d="M8 40c10 0 10-12 20-12s10 12 20 12 10-12 20-12M8 54c10 0 10-12 20-12s10 12 20 12 10-12 20-12" />,
  <path key="s" d="M38 10c18 14 18 42 0 56-18-14-18-42 0-56zM38 18v48" />,
  <path key="s" d="M38 12l8 18 20 2-15 13 5 20-18-11-18 11 5-20-15-13 20-2z" />,
  <path key="s" d="M38 14a24 24 0 100 48 24 24 0 000-48zM38 26a12 12 0 100 24 12 12 0 000-24z" />,
  <path key="s" d="M10 60l18-34 12 20 8-12 18 26z" />,
  <path key="s" d="M50 14a26 26 0 100 48 22 22 0 010-48z" />,
  <path key="s" d="M14 62V34l24-18 24 18v28zM30 62V44h16v18" />,
  <path key="s" d="M38 64V34M38 34c0-14-10-20-22-20 0 14 8 20 22 20zM38 46c0-10 8-16 20-16 0 12-8 16-20 16z" />,
]

export function Picture({ shape }: { shape: number }) {
  return (
    <svg viewBox="0 0 76 76" className="picture" style={{ ['--own' as string]: `var(--c${(shape % 6) + 1})` }}>
      {shapes[shape % shapes.length]}
    </svg>
  )
}
