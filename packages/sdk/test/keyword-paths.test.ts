import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { sampleAnalyzed } from './support/sample-photos.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());
beforeEach(() => opened.clear());

test('a keyword is found by any level above it, and its path is given', async () => {
  const { photos } = opened.library;
  const keywordPaths = ['Places|Germany|Berlin', 'Anlässe|Geburtstag', 'Places|Germany|Berlin'];
  const [saved] = await photos.saveAnalyzed([
    sampleAnalyzed('a', null, { keywords: ['Berlin'], keywordPaths }),
    sampleAnalyzed('b', null, { keywords: ['Rome'], keywordPaths: ['Places|Italy|Rome'] }),
  ]);
  expect(await photos.get(saved!.photoId)).toMatchObject({
    keywords: ['Berlin'],
    keywordPaths: ['Places|Germany|Berlin', 'Anlässe|Geburtstag'],
  });
  for (const q of ['germany', 'Germany Berlin', 'Places|Germany', 'anlasse', 'germ']) {
    expect((await photos.list({ q })).items.map(({ photoId }) => photoId)).toEqual([saved!.photoId]);
  }
  expect((await photos.list({ q: 'places' })).total).toBe(2);
});

test('a path that its file no longer has is gone', async () => {
  const { photos } = opened.library;
  await photos.saveAnalyzed([sampleAnalyzed('a', null, { keywordPaths: ['Places|Rome'], exif: {} })]);
  const [saved] = await photos.saveAnalyzed([sampleAnalyzed('a', null, { exif: {} })]);
  expect((await photos.get(saved!.photoId)).keywordPaths).toEqual([]);
  expect((await photos.list({ q: 'rome' })).total).toBe(0);
});
