import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AnalyzedPhoto } from '../src/index.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { sampleAnalyzed, sampleFace, samplePhoto } from './support/sample-photos.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

/** Files of few contents, in a few folders: copies, looked at for faces or not. */
const files = fc.uniqueArray(
  fc.record({
    content: fc.integer({ min: 0, max: 4 }),
    path: fc.integer({ min: 0, max: 20 }),
    faces: fc.boolean(),
    exif: fc.boolean(),
  }),
  { selector: (file) => file.path, maxLength: 10 },
);

/** What a scan of the file would give: the same for every copy of a content, but for what was asked for. */
function analyze({
  content,
  path,
  faces,
  exif,
}: {
  content: number;
  path: number;
  faces: boolean;
  exif: boolean;
}): AnalyzedPhoto {
  const found = Array.from({ length: content }, (_, i) =>
    sampleFace({ x: i * 150, y: 0, width: 100, height: 100 }, [content, i, 0, 0]),
  );
  const changes = exif ? { exif: { content }, title: `Title ${content}` } : { exif: null, title: null };
  return sampleAnalyzed(`content ${content}`, faces ? found : null, { path: `${path}.jpg`, ...changes });
}

async function stateAfter(batches: AnalyzedPhoto[][]): Promise<unknown> {
  await opened.clear();
  for (const batch of batches) await opened.library.photos.saveAnalyzed(batch);
  const { rows } = await sql`
    SELECT encode(sha256, 'hex') AS sha256, path, title, exif, faces_count, faces_detected_ts IS NOT NULL AS detected, missing_since,
      (SELECT json_agg(file.path ORDER BY file.path) FROM photo_files file WHERE file.photo_id = photo.photo_id) AS files,
      (SELECT json_agg(json_build_array(bbox_x, embedding::text) ORDER BY bbox_x)
        FROM faces face JOIN face_embeddings USING (face_id) WHERE face.photo_id = photo.photo_id) AS faces
    FROM photos photo ORDER BY 1`.execute(opened.context.db);
  return rows;
}

function split<T>(items: T[], size: number): T[][] {
  return items.length === 0 ? [] : [items.slice(0, size), ...split(items.slice(size), size)];
}

test('the same files give the same rows, in whatever batches, in whatever order, and however often', async () => {
  await fc.assert(
    fc.asyncProperty(files, fc.integer({ min: 1, max: 4 }), fc.infiniteStream(fc.nat()), async (scanned, size, noise) => {
      const batch = scanned.map(analyze);
      const expected = await stateAfter([batch]);
      const shuffled = batch.map((item) => ({ item, key: noise.next().value })).sort((a, b) => a.key - b.key);
      const inParts = split(
        shuffled.map(({ item }) => item),
        size,
      );
      expect(await stateAfter([...inParts, ...inParts.slice(0, 1)])).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

/** A file that is written, perhaps over another, and what it and its sidecar say; `at` counts minutes. */
const writes = fc.array(
  fc.record({
    path: fc.integer({ min: 0, max: 5 }),
    content: fc.integer({ min: 0, max: 2 }),
    at: fc.integer({ min: 0, max: 3 }),
    sidecar: fc.option(
      fc.record({
        title: fc.constantFrom(null, 'Beach', 'Harbour'),
        keywords: fc.subarray(['boat', 'sea', 'sun']),
        latitude: fc.constantFrom(null, 10, 20),
        dated: fc.boolean(),
      }),
      { nil: null },
    ),
  }),
  { minLength: 1, maxLength: 12 },
);
type Write = typeof writes extends fc.Arbitrary<(infer Item)[]> ? Item : never;

function written({ path, content, at, sidecar }: Write): AnalyzedPhoto {
  const minute = new Date(Date.UTC(2024, 0, 1, 0, at));
  const said = { title: sidecar?.title ?? null, latitude: sidecar?.latitude ?? null, longitude: sidecar?.latitude ?? null };
  const local = minute.toISOString().slice(0, 19);
  return sampleAnalyzed(`content ${content}`, null, {
    path: `${path}.jpg`,
    modifiedAt: minute,
    ...said,
    keywords: sidecar === null ? [`embedded ${content}`] : sidecar.keywords,
    exif: { exif: { ISO: 100 }, ...(sidecar && { sidecar: { ...sidecar } }) },
    shot: {
      ...samplePhoto('x').shot,
      at: null,
      offsetMinutes: null,
      zone: null,
      local,
      source: sidecar?.dated ? 'sidecar:exif:DateTimeOriginal' : 'file:mtime',
    },
  });
}

async function photosThere(batches: readonly Write[][]): Promise<unknown> {
  await opened.clear();
  for (const batch of batches) await opened.library.photos.saveAnalyzed(batch.map(written));
  const { rows } = await sql`
    SELECT encode(sha256, 'hex') AS sha256, path, title, keywords, latitude, longitude, shot_local, shot_ts_source, exif, modified_ts
    FROM photos WHERE missing_since IS NULL ORDER BY 1`.execute(opened.context.db);
  return rows;
}

test('a photo is what its files say that are there, whatever they said before and whatever lay at their paths', async () => {
  await fc.assert(
    fc.asyncProperty(writes, fc.integer({ min: 1, max: 4 }), async (history, size) => {
      const last = new Map(history.map((write) => [write.path, write]));
      const expected = await photosThere([...last.values()].toSorted((a, b) => a.path - b.path).map((write) => [write]));
      expect(await photosThere(split(history, size).map(lastOfPaths))).toEqual(expected);
    }),
    { numRuns: Number(process.env.PHOTOORG_RANDOM_HISTORIES ?? 40) },
  );
});

/** A scan meets a path once. */
function lastOfPaths(batch: readonly Write[]): Write[] {
  return [...new Map(batch.map((write) => [write.path, write])).values()];
}
