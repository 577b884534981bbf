import { Link } from '@tanstack/react-router';
import { CircleCheckBig } from 'lucide-react';
import type { ReviewScope } from '../api/queries.ts';
import { Button, buttonClasses } from '../ui/button.tsx';

interface NothingToAskProps {
  /** Questions answered in this sitting. */
  answered: number;
  scope: ReviewScope;
  /** Asks the library for questions anew. */
  onRestart: () => void;
}

/** The end of the questions, and where further ones may come from. Faces may stay unknown for good. */
export function NothingToAsk({ answered, scope, onRestart }: NothingToAskProps) {
  return (
    <div className="py-14 text-center">
      <CircleCheckBig aria-hidden="true" className="mx-auto size-12 text-accent" />
      <h2 className="mt-4 font-semibold text-xl">{answered > 0 ? 'That was the last question' : 'Nothing to ask'}</h2>
      <p className="mx-auto mt-1 max-w-md text-muted">
        {scope === 'likely'
          ? 'photoorg asks about faces that look like someone with a name. Each name you give may bring up more of them.'
          : 'No face is waiting for a name. Those you left unknown stay unknown.'}
      </p>
      <div className="mt-6 mb-3 flex flex-wrap justify-center gap-2">
        {answered > 0 && <Button onPress={onRestart}>Look for new questions</Button>}
        {scope === 'likely' ? (
          <Link to="/review" search={{ ask: 'all' }} className={buttonClasses('primary')}>
            Name other faces
          </Link>
        ) : (
          <Link to="/people" className={buttonClasses()}>
            See the people
          </Link>
        )}
      </div>
    </div>
  );
}
