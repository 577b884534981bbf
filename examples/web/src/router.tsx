import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { parsePhotoPageSearch, parsePhotoSearch } from './photos/photo-search.ts';
import { PhotosPage } from './photos/photos-page.tsx';
import { AppShell } from './shell/app-shell.tsx';
import { NotFound } from './shell/not-found.tsx';
import { PageFailed } from './shell/page-failed.tsx';
import { parseSearch, stringifySearch } from './shell/search-params.ts';

const rootRoute = createRootRoute({ component: AppShell, notFoundComponent: NotFound });

const photosRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: parsePhotoSearch,
  component: PhotosPage,
});

const photoRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/photos/$photoId',
  validateSearch: parsePhotoPageSearch,
  component: lazyRouteComponent(() => import('./photo/photo-page.tsx'), 'PhotoPage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage'),
});

const personRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/people/$personId',
  component: lazyRouteComponent(() => import('./people/person-page.tsx'), 'PersonPage'),
});

interface ReviewSearch {
  /** One by one unless given. */
  view?: 'groups';
  /** Only about likely faces unless given. */
  ask?: 'all';
}

const reviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/review',
  validateSearch: (search: Record<string, unknown>): ReviewSearch => ({
    view: search.view === 'groups' ? 'groups' : undefined,
    ask: search.ask === 'all' ? 'all' : undefined,
  }),
  component: lazyRouteComponent(() => import('./review/review-page.tsx'), 'ReviewPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([photosRoute, photoRoute, peopleRoute, personRoute, reviewRoute]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
