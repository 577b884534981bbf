import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openTestLibrary } from '../src/testing/index.ts';
import { sampleAnalyzed } from './support/sample-photos.ts';

test('a test library is migrated and empty', async () => {
  await using library = await openTestLibrary();
  const { rows } = await sql<{ photos: bigint; name: string }>`
    SELECT (SELECT count(*) FROM photos) AS photos, name FROM libraries`.execute(library.context.db);
  expect(rows).toEqual([{ photos: 0n, name: 'default' }]);
});

test('a test library that was cleared has forgotten the faces that it kept in memory', async () => {
  await using opened = await openTestLibrary();
  const { review, photos } = opened.library;
  const save = () => photos.saveAnalyzed([sampleAnalyzed('one')]);
  await save();
  expect((await review.applyCertain({ dryRun: true })).considered).toBe(1);
  await opened.clear();
  await save();
  expect((await review.applyCertain({ dryRun: true })).considered).toBe(1);
});
