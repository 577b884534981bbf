import { Link, Outlet } from '@tanstack/react-router';
import { Images, type LucideIcon, ScanFace, Users } from 'lucide-react';
import { SettingsButton } from './settings-dialog.tsx';
import { Toasts } from './toasts.tsx';

const pages: { to: '/' | '/people' | '/review'; name: string; icon: LucideIcon }[] = [
  { to: '/', name: 'Photos', icon: Images },
  { to: '/people', name: 'People', icon: Users },
  { to: '/review', name: 'Review', icon: ScanFace },
];

/** The frame of every page: skip link, banner with the pages' navigation (at the bottom on small screens), main, notices. */
export function AppShell() {
  return (
    <>
      <a
        href="#main"
        className="-top-16 fixed left-4 z-50 rounded-b-xl bg-ink px-4 py-3 font-semibold text-paper transition-[top] focus:top-0"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-30 border-line border-b bg-paper">
        <div className="mx-auto flex h-14 max-w-[110rem] items-center gap-6 px-4 sm:px-6">
          <Link to="/" className="flex min-h-11 items-center gap-2.5 rounded-lg pr-2 font-bold text-lg">
            <img src="/photoorg.svg" alt="" className="size-8" />
            photoorg
          </Link>
          <nav
            aria-label="Pages"
            className="fixed inset-x-0 bottom-0 z-30 flex border-line border-t bg-paper pb-[env(safe-area-inset-bottom)] sm:static sm:gap-1 sm:border-0 sm:bg-transparent sm:pb-0"
          >
            {pages.map(({ to, name, icon: Icon }) => (
              <Link
                key={to}
                to={to}
                activeOptions={{ exact: to === '/', includeSearch: false }}
                className="flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 px-4 text-muted text-sm hover:text-ink aria-[current=page]:font-semibold aria-[current=page]:text-accent sm:min-h-11 sm:flex-none sm:flex-row sm:gap-2 sm:rounded-xl sm:text-base sm:aria-[current=page]:bg-accent-soft sm:hover:bg-sunken"
              >
                <Icon aria-hidden="true" className="size-5" />
                {name}
              </Link>
            ))}
          </nav>
          <div className="ml-auto">
            <SettingsButton />
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-[110rem] px-4 pt-6 pb-28 sm:px-6 sm:pb-12">
        <Outlet />
      </main>
      <Toasts />
    </>
  );
}
