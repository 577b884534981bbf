/** Where the words change; the figure is always shown beside them. */
const words: [atLeast: number, word: string][] = [
  [0.95, 'Almost certain'],
  [0.8, 'Very likely'],
  [0.5, 'Likely'],
  [0, 'A guess'],
];

/** Confidence (0..1) as words: "Very likely". */
export function confidenceWord(confidence: number): string {
  return words.find(([atLeast]) => confidence >= atLeast)?.[1] ?? 'A guess';
}

/** Confidence (0..1) as a whole percentage that never rounds up to certainty. */
export function confidencePercent(confidence: number): string {
  return `${Math.min(confidence < 1 ? 99 : 100, Math.round(confidence * 100))} %`;
}

/** A bar with the word and the figure; the text carries the meaning, the bar is for the eye. */
export function Confidence({ confidence }: { confidence: number }) {
  return (
    <span className="flex items-center gap-3 text-sm">
      <span
        aria-hidden="true"
        className="h-2 min-w-12 max-w-40 flex-1 overflow-hidden rounded-full border border-line-strong bg-sunken"
      >
        <span className="block h-full bg-accent forced-colors:bg-[Highlight]" style={{ width: `${confidence * 100}%` }} />
      </span>
      <span className="whitespace-nowrap">
        {confidenceWord(confidence)} <span className="text-muted">{confidencePercent(confidence)}</span>
      </span>
    </span>
  );
}
