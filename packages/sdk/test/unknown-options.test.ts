import { scanPhotos } from '@photoorg/ingest';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  enqueuePhotos,
  exportRegions,
  indexPhotos,
  indexQueuedPhotos,
  openPhotoLibrary,
  type PhotoLibrary,
  watchPhotos,
} from '../src/index.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';

let opened: TestLibrary;
beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

const first = async (items: AsyncIterable<unknown>) => {
  for await (const item of items) return item;
  return undefined;
};

const watchOnce = (library: PhotoLibrary, options: object) =>
  first(watchPhotos({ library, root: '.', scanPhotos, watchFolder: vi.fn(), ...options }));

// Typed as nobody would, as programs in JavaScript do.
const typo = { people: { exactly: [] } } as object;

test.each<{ call: string; ask: (library: PhotoLibrary) => unknown }>([
  { call: 'photos.list', ask: ({ photos }) => photos.list(typo) },
  { call: 'photos.iterate', ask: ({ photos }) => first(photos.iterate(typo)) },
  { call: 'photos.saveAnalyzed', ask: ({ photos }) => photos.saveAnalyzed([], typo) },
  { call: 'faces.list', ask: ({ faces }) => faces.list(typo) },
  { call: 'faces.iterate', ask: ({ faces }) => first(faces.iterate(typo)) },
  { call: 'files.iterate', ask: ({ files }) => first(files.iterate(typo)) },
  { call: 'files.verify', ask: ({ files }) => first(files.verify(typo)) },
  { call: 'people.list', ask: ({ people }) => people.list(typo) },
  { call: 'people.iterate', ask: ({ people }) => first(people.iterate(typo)) },
  { call: 'people.create', ask: ({ people }) => people.create({ displayName: 'Ada', ...typo }) },
  { call: 'labels.events', ask: ({ labels }) => first(labels.events(typo)) },
  { call: 'duplicates.find', ask: ({ duplicates }) => duplicates.find(typo) },
  { call: 'search.similarFaces', ask: ({ search }) => search.similarFaces({ embedding: [1], ...typo }) },
  { call: 'search.search', ask: ({ search }) => search.search({ q: 'beach', ...typo }) },
  { call: 'search.search', ask: ({ search }) => search.search({ q: 'beach', filter: typo }) },
  { call: 'spaces.use', ask: ({ spaces }) => spaces.use({ space: 'a', actor: 'mia', ...typo }) },
  { call: 'spaces.compare', ask: ({ spaces }) => spaces.compare({ space: 'a', ...typo }) },
  { call: 'spaces.failures', ask: ({ spaces }) => spaces.failures({ space: 'a', ...typo }) },
  { call: 'spaces.rollback', ask: ({ spaces }) => spaces.rollback({ actor: 'mia', ...typo }) },
  { call: 'review.suggestions', ask: ({ review }) => review.suggestions('a', typo) },
  { call: 'review.identify', ask: ({ review }) => review.identify({ embedding: [1], ...typo }) },
  { call: 'review.queue', ask: ({ review }) => review.queue(typo) },
  { call: 'review.applyCertain', ask: ({ review }) => review.applyCertain(typo) },
  { call: 'runs.start', ask: ({ runs }) => runs.start({ config: {}, versions: {}, ...typo }) },
  { call: 'runs.finish', ask: ({ runs }) => runs.finish('a', { status: 'finished', counts: {}, ...typo }) },
  { call: 'runs.list', ask: ({ runs }) => runs.list(typo) },
  { call: 'runs.errors', ask: ({ runs }) => runs.errors(typo) },
  {
    call: 'idempotency.run',
    ask: ({ idempotency }) => idempotency.run({ scope: 'a', key: 'b', fingerprint: 'c', effect: vi.fn(), ...typo }),
  },
  { call: 'diagnose', ask: (library) => library.diagnose(typo) },
  { call: 'exportRegions', ask: (library) => first(exportRegions({ library, writeFaceRegions: vi.fn(), ...typo })) },
  { call: 'reindexVectors', ask: (library) => library.reindexVectors(typo) },
  { call: 'indexPhotos', ask: (library) => indexPhotos({ library, root: '.', scanPhotos, ...typo }) },
  { call: 'enqueuePhotos', ask: (library) => enqueuePhotos({ library, root: '.', scanPhotos, ...typo }) },
  { call: 'indexQueuedPhotos', ask: (library) => indexQueuedPhotos({ library, scanPhotos, ...typo }) },
  { call: 'openPhotoLibrary', ask: () => openPhotoLibrary({ database: 'memory://', ...typo }) },
])('$call refuses an option that there is not', async ({ call, ask }) => {
  await expect((async () => ask(opened.library))()).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringMatching(new RegExp(`There is no 'people' in .*${call}`)),
  });
});

test.each<{ name: string; ask: (library: PhotoLibrary) => Promise<unknown> }>([
  { name: 'order', ask: ({ photos }) => photos.list({ order: 'sideways' as 'newest' }) },
  { name: 'kinds', ask: ({ duplicates }) => duplicates.find({ kinds: ['alike' as 'near'] }) },
  { name: 'concurrency', ask: (library) => indexQueuedPhotos({ library, scanPhotos, concurrency: 0 }) },
  { name: 'rescanMillis', ask: (library) => watchOnce(library, { rescanMillis: Number.POSITIVE_INFINITY }) },
  { name: 'pollMillis', ask: (library) => watchOnce(library, { pollMillis: 0 }) },
  { name: 'embeddingDimension', ask: () => openPhotoLibrary({ database: 'memory://', embeddingDimension: 1.5 }) },
])('a $name that is none is refused before anything is done', async ({ name, ask }) => {
  await expect(ask(opened.library)).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(name) });
});

test('an option that is undefined is one that is left out', async () => {
  expect(await opened.library.photos.list({ ...(typo as { people?: object }), people: undefined } as object)).toMatchObject({
    items: [],
  });
});
