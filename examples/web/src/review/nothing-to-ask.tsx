import { Link } from '@tanstack/react-router';
import { CircleCheckBig } from 'lucide-react';
import { Button, buttonClasses } from '../ui/button.tsx';

interface NothingToAskProps {
  /** Questions answered in this sitting. */
  answered: number;
  /** Asks the library for questions anew. */
  onRestart: () => void;
}

/** The end of the questions. Faces may stay unknown for good; nobody is asked about them again and again in one sitting. */
export function NothingToAsk({ answered, onRestart }: NothingToAskProps) {
  return (
    <div className="py-14 text-center">
      <CircleCheckBig aria-hidden="true" className="mx-auto size-12 text-accent" />
      <h2 className="mt-4 font-semibold text-xl">{answered > 0 ? 'That was the last question' : 'Nothing to ask'}</h2>
      <p className="mx-auto mt-1 max-w-md text-muted">
        Faces you left unknown stay unknown. Each name you give may bring new questions to light.
      </p>
      <div className="mt-6 mb-3 flex flex-wrap justify-center gap-2">
        <Button onPress={onRestart}>Look for new questions</Button>
        <Link to="/people" className={buttonClasses()}>
          See the people
        </Link>
      </div>
    </div>
  );
}
