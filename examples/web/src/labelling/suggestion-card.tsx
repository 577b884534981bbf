import { useId, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { SuggestionButton, type SuggestionButtonProps } from './suggestion-button.tsx';
import { SuggestionTerms } from './suggestion-terms.tsx';

/** Someone the face could be, and beside it, folded away, what speaks for and against. */
export function SuggestionCard(props: SuggestionButtonProps) {
  const { suggestion } = props;
  const [isOpen, setOpen] = useState(false);
  const termsId = useId();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-1">
      <SuggestionButton {...props} />
      <Button
        look="bare"
        aria-label={`Why ${suggestion.person.displayName}?`}
        aria-expanded={isOpen}
        aria-controls={termsId}
        onPress={() => setOpen(!isOpen)}
        className="px-2 text-muted text-sm"
      >
        Why?
      </Button>
      <div id={termsId} hidden={!isOpen} className="col-span-2">
        <SuggestionTerms suggestion={suggestion} />
      </div>
    </div>
  );
}
