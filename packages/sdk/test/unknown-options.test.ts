import { scanPhotos } from '@photoorg/ingest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { indexPhotos, openPhotoLibrary, type PhotoLibrary } from '../src/index.ts';
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

// Typed as nobody would, as programs in JavaScript do.
const typo = { people: { exactly: [] } } as object;

test.each<{ call: string; ask: (library: PhotoLibrary) => unknown }>([
  { call: 'photos.list', ask: ({ photos }) => photos.list(typo) },
  { call: 'photos.iterate', ask: ({ photos }) => first(photos.iterate(typo)) },
  { call: 'photos.saveAnalyzed', ask: ({ photos }) => photos.saveAnalyzed([], typo) },
  { call: 'faces.list', ask: ({ faces }) => faces.list(typo) },
  { call: 'faces.iterate', ask: ({ faces }) => first(faces.iterate(typo)) },
  { call: 'files.iterate', ask: ({ files }) => first(files.iterate(typo)) },
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
  { call: 'reindexVectors', ask: (library) => library.reindexVectors(typo) },
  { call: 'indexPhotos', ask: (library) => indexPhotos({ library, root: '.', scanPhotos, ...typo }) },
  { call: 'openPhotoLibrary', ask: () => openPhotoLibrary({ database: 'memory://', ...typo }) },
])('$call refuses an option that there is not', async ({ call, ask }) => {
  await expect((async () => ask(opened.library))()).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringMatching(new RegExp(`There is no 'people' in .*${call}`)),
  });
});

test('an option that is undefined is one that is left out', async () => {
  expect(await opened.library.photos.list({ ...(typo as { people?: object }), people: undefined } as object)).toMatchObject({
    items: [],
  });
});
