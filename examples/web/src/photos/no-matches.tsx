import { Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { buttonClasses } from '../ui/button.tsx';

export function NoMatches() {
  return (
    <div className="py-16 text-center">
      <SearchX aria-hidden="true" className="mx-auto size-10 text-muted" />
      <h2 className="mt-4 font-semibold text-xl">No photo matches</h2>
      <p className="mt-1 text-muted">Search looks at names, paths, titles, captions, keywords, cameras and people.</p>
      <Link to="/" search={{}} className={`${buttonClasses()} mt-6`}>
        Clear search and filters
      </Link>
    </div>
  );
}
