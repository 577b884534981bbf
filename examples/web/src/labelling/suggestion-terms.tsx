import type { SuggestionResource } from '@photoorg/example-api/schemas';
import { confidencePercent } from '../ui/confidence.tsx';
import { formatLogOdds } from './format-log-odds.ts';

/** What a suggestion rests on: each sentence with its weight, for or against, the weightiest first. */
export function SuggestionTerms({ suggestion }: { suggestion: SuggestionResource }) {
  const { confidence, faceConfidence } = suggestion;
  const terms = suggestion.terms.toSorted((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds));
  return (
    <div className="px-3 py-2 text-sm">
      <ul className="grid gap-1">
        {terms.map(({ name, logOdds, because }) => (
          <li key={name} className="flex items-baseline gap-3">
            <span className="w-12 shrink-0 text-right font-semibold tabular-nums">
              <span className="sr-only">{logOdds < 0 ? 'against: ' : 'for: '}</span>
              {formatLogOdds(logOdds)}
            </span>
            <span className="text-muted">{because}</span>
          </li>
        ))}
      </ul>
      {confidencePercent(faceConfidence) !== confidencePercent(confidence) && (
        <p className="mt-1 text-muted">By the face alone: {confidencePercent(faceConfidence)}.</p>
      )}
    </div>
  );
}
