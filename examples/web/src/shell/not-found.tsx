import { Link } from '@tanstack/react-router';
import { buttonClasses } from '../ui/button.tsx';
import { PageTitle } from './page-title.tsx';

export function NotFound() {
  return (
    <div className="mx-auto max-w-xl py-16 text-center">
      <PageTitle title="Nothing here" />
      <p className="mt-3 text-muted">This address leads to no page of your library.</p>
      <Link to="/" className={`${buttonClasses('primary')} mt-6`}>
        Show all photos
      </Link>
    </div>
  );
}
