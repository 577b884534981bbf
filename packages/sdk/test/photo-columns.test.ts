import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PHOTO_COLUMNS } from '../src/schema/photo-columns.ts';
import { savedColumns } from '../src/schema/saved-columns.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';

import { sampleAnalyzed, samplePhoto } from './support/sample-photos.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

test('every column of the migrated table is declared, and nothing else is', async () => {
  const { rows } = await sql<{ name: string }>`
    SELECT column_name AS name FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = 'photos'`.execute(opened.context.db);
  expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(PHOTO_COLUMNS).toSorted());
});

describe('of a photo whose file was edited in place', () => {
  const full: Parameters<typeof samplePhoto>[1] = {
    path: 'x.jpg',
    phash: 0x0f0f_3c3c_a5a5_9696n,
    place: { city: 'Tokyo', region: 'Tokyo', country: 'Japan', countryCode: 'JP', source: 'atlas-1' },
    lens: 'RF 35mm',
    iso: 400,
    exposureTime: 1 / 250,
    fNumber: 2.8,
    focalLength: 35,
    gpsDirection: 0,
    gpsAccuracy: 5,
    title: 'Title',
    caption: 'Caption',
    keywords: ['sea'],
    keywordPaths: ['Places|Rome'],
    peopleShown: [{ name: 'Ada', source: 'iptc', file: 'x.jpg' }],
    rating: 5,
    shot: {
      ...samplePhoto('a').shot,
      offsetSource: 'tag',
      rules: 'rules',
      candidates: [{ source: 'x', local: null, at: null, offsetMinutes: null }],
    },
  };
  const bare: Parameters<typeof samplePhoto>[1] = {
    path: 'x.jpg',
    phash: 0x0f0f_3c3c_a5a5_9696n,
    shot: { at: null, local: null, offsetMinutes: null, zone: null, source: null, precision: null, candidates: [] },
    latitude: null,
    longitude: null,
    altitude: null,
    cameraMake: null,
    cameraModel: null,
    exif: {},
    createdAt: new Date('2025-01-01T00:00:00Z'),
    modifiedAt: new Date('2025-01-01T00:00:00Z'),
  };

  async function rowOf(photoId: string): Promise<Record<string, unknown>> {
    const { rows } = await sql<Record<string, unknown>>`SELECT * FROM photos WHERE photo_id = ${photoId}`.execute(
      opened.context.db,
    );
    return rows[0]!;
  }

  test('every fact that metadata told is forgotten, and every fact of the file is the new one', async () => {
    const { photos } = opened.library;
    const [saved] = await photos.saveAnalyzed([sampleAnalyzed('full', null, full)]);
    const before = await rowOf(saved!.photoId);
    const [edited] = await photos.saveAnalyzed([sampleAnalyzed('bare', null, { ...bare, ext: 'jpeg' })]);
    expect(edited!.photoId).toBe(saved!.photoId);
    const after = await rowOf(saved!.photoId);
    const forgotten = savedColumns
      .filter(({ fact }) => ['metadata', 'words', 'entries', 'shot', 'position'].includes(fact))
      .map(({ name }) => name);
    const values = (row: Record<string, unknown>) => forgotten.map((name) => [name, row[name]]);
    expect(values(before).filter(([, value]) => value === null)).toEqual([]);
    const absent = { keywords: [], keyword_paths: [], people_shown: [], shot_candidates: [], exif: {} } as Record<
      string,
      unknown
    >;
    expect(values(after)).toEqual(forgotten.map((name) => [name, absent[name] ?? null]));
    expect(after).toMatchObject({ ext: 'jpeg', created_ts: bare!.createdAt, modified_ts: bare!.modifiedAt });
  });
});
