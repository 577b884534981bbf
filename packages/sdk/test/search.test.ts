import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLabels } from '../src/identity/labelling/create-labels.ts';
import { createPeople } from '../src/identity/people/create-people.ts';
import type { Search, SearchHit } from '../src/index.ts';
import { createSearch } from '../src/search/create-search.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { addFaces } from './support/face-bank.ts';
import { openSampleLibrary } from './support/sample-library.ts';
import { sampleSpace } from './support/sample-photos.ts';

let opened: TestLibrary;
let search: Search;
let probe: string;

beforeAll(async () => {
  opened = await openTestLibrary();
  const { context } = await openSampleLibrary(opened.context);
  search = createSearch(context);
  const photos = await addFaces(context, sampleSpace, [
    { vectors: [Float32Array.of(1, 0, 0, 0)], changes: { path: 'probe.jpg', title: 'Market' } },
    { vectors: [Float32Array.of(1, 0.1, 0, 0)], changes: { path: 'a.jpg', title: 'Beach', keywords: ['sea'] } },
    { vectors: [Float32Array.of(1, 0.3, 0, 0), Float32Array.of(0, 0, 1, 0)], changes: { path: 'b.jpg', title: 'Market' } },
    { vectors: [Float32Array.of(0, 1, 0, 0)], changes: { path: 'c.jpg', title: 'Beach at night' } },
  ]);
  probe = photos[0]![0]!;
  const { personId } = await createPeople(context).create({ displayName: 'Sandy Beach' });
  await createLabels(context).confirm({ faceId: photos[2]![1]!, personId, actor: 'mia' });
});
afterAll(() => opened.close());

const shown = (hits: SearchHit[]) =>
  hits.map(({ kind, photo, person }) => `${kind}: ${photo?.path?.split('/').at(-1) ?? person!.displayName}`);

describe('searching', () => {
  test('by words finds people and photos, each with its reason', async () => {
    const hits = await search.search({ q: 'beach' });
    expect(shown(hits).toSorted()).toEqual(['person: Sandy Beach', 'photo: a.jpg', 'photo: b.jpg', 'photo: c.jpg']);
    expect(hits[0]).toMatchObject({ kind: 'person', reason: 'name has "beach"' });
    expect(hits[1]).toMatchObject({ kind: 'photo', reason: 'words "beach"', face: null });
    expect(shown(hits).at(-1)).toBe('photo: b.jpg');
  });

  test('by a face finds photos with a face near it, nearest first, and none that are far', async () => {
    const hits = await search.search({ faceId: probe });
    expect(shown(hits)).toEqual(['face: a.jpg', 'face: b.jpg']);
    expect(hits[0]).toMatchObject({ reason: 'a face at distance 0.100', face: { photoId: hits[0]!.photo!.photoId } });
  });

  test('by both puts what both find first', async () => {
    const hits = await search.search({ q: 'market', faceId: probe });
    expect(shown(hits)).toEqual(['photo: b.jpg', 'face: a.jpg', 'photo: probe.jpg']);
    expect(hits[0]!.reason).toBe('words "market" and a face at distance 0.300');
    expect(hits.map((hit) => hit.score)).toEqual(hits.map((hit) => hit.score).toSorted((a, b) => b - a));
  });

  test('keeps to the filter and the limit', async () => {
    expect(shown(await search.search({ embedding: [1, 0, 0, 0], filter: { q: 'sea' } }))).toEqual(['face: a.jpg']);
    expect(await search.search({ q: 'beach', limit: 2 })).toHaveLength(2);
    expect(await search.search({ q: 'beach', filter: { shotFrom: new Date('2030-01-01') } })).toMatchObject([{ kind: 'person' }]);
  });

  test('words that mean nothing find nothing', async () => {
    expect(await search.search({ q: '\u0000 !?' })).toEqual([]);
  });

  test.each([{}, { q: '  ' }, { q: 'beach', limit: 0 }])('refuses %o', async (options) => {
    await expect(search.search(options)).rejects.toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
