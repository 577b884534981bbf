import type { SuggestionResource } from '@photoorg/example-api/schemas';
import { Button as AriaButton } from 'react-aria-components/Button';
import { KeyHint } from '../ui/button.tsx';
import { Confidence } from '../ui/confidence.tsx';
import { FaceCrop } from '../ui/face-crop.tsx';

export interface SuggestionButtonProps {
  suggestion: SuggestionResource;
  onChoose: () => void;
  /** The keys that choose it. */
  shortcuts?: string[];
  /** The one that Enter would choose. */
  isCurrent?: boolean;
}

/** Someone the face could be: their nearest confirmed face, how sure the library is and why. Pressing says "yes, that is them". */
export function SuggestionButton({ suggestion, onChoose, shortcuts = [], isCurrent = false }: SuggestionButtonProps) {
  const { person, confidence, nearestFaceId, reason } = suggestion;
  return (
    <AriaButton
      onPress={onChoose}
      aria-keyshortcuts={shortcuts.join(' ') || undefined}
      data-current={isCurrent || undefined}
      className="flex w-full items-center gap-3.5 rounded-2xl border border-line-strong bg-surface p-2.5 text-left hover:bg-sunken data-current:border-accent data-current:bg-accent-soft data-current:shadow-[inset_0_0_0_2px_var(--accent)]"
    >
      <FaceCrop faceId={nearestFaceId} alt="" className="size-14" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold text-lg leading-snug">{person.displayName}</span>
        <Confidence confidence={confidence} />
        <span className="mt-0.5 block text-muted text-sm leading-snug">{reason}</span>
      </span>
      {shortcuts.map((name) => (
        <KeyHint key={name} name={name} />
      ))}
    </AriaButton>
  );
}
