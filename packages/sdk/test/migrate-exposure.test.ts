import { scanPhotos } from '@photoorg/ingest';
import { CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { indexPhotos } from '../src/index.ts';
import { migrations } from '../src/schema/migrations/index.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { copySample, temporaryFolder } from './support/photo-folder.ts';

const EXPOSURE_VERSION = 8;

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

interface Exposure {
  iso: number | null;
  exposure_seconds: number | null;
  f_number: number | null;
  focal_length_mm: number | null;
  gps_direction_deg: number | null;
  gps_accuracy_m: number | null;
}

/** What the columns hold after migrating a library of an earlier version whose photos have these tags, in their order. */
async function migrate(tags: readonly unknown[]): Promise<Exposure[]> {
  const rows = tags.map((exif, index) => ({ exif, index }));
  return opened.context.transaction(async ({ db }) => {
    const run = async (isOld: boolean) => {
      const chosen = migrations.filter(({ version }) => (isOld ? version < EXPOSURE_VERSION : version === EXPOSURE_VERSION));
      for (const statement of chosen.flatMap(({ statements }) => statements)) await db.executeQuery(CompiledQuery.raw(statement));
    };
    await sql`CREATE SCHEMA earlier`.execute(db);
    await sql`SET LOCAL search_path = earlier, public`.execute(db);
    await run(true);
    await sql`INSERT INTO libraries (library_id, name) VALUES (gen_random_uuid(), 'old')`.execute(db);
    await sql`
      INSERT INTO photos (photo_id, library_id, sha256, filesize, ext, mime, width, height, exif, rating)
      SELECT gen_random_uuid(), library_id, sha256(index::text::bytea), index, 'jpg', 'image/jpeg', 1, 1, exif, 3
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (index int, exif jsonb), libraries`.execute(db);
    await run(false);
    const migrated = await sql<Exposure>`
      SELECT iso, exposure_seconds, f_number, focal_length_mm, gps_direction_deg, gps_accuracy_m FROM photos ORDER BY filesize`.execute(
      db,
    );
    await sql`DROP SCHEMA earlier CASCADE`.execute(db);
    return migrated.rows;
  });
}

test('stored photos get from their tags what reading their files again would give', async () => {
  await using temporary = await temporaryFolder();
  const { db } = opened.context;
  for (const number of [1, 2, 3, 4, 5, 6] as const) await copySample(number, `${temporary.folder}/${number}.jpg`);
  await indexPhotos({ library: opened.library, root: temporary.folder, scanPhotos });
  const { rows: read } = await sql<Exposure & { exif: unknown }>`
    SELECT exif, iso, exposure_seconds, f_number, focal_length_mm, gps_direction_deg, gps_accuracy_m FROM photos ORDER BY path`.execute(
    db,
  );
  expect(read).toHaveLength(6);
  expect(read.at(-1)).toMatchObject({ iso: 160, exposure_seconds: 0.1, f_number: 1.7, focal_length_mm: 4.25 });
  const tags = read.map(({ exif }) => exif);
  expect(await migrate(tags)).toEqual(read.map(({ exif: _, ...exposure }) => exposure));
});

const NOTHING: Exposure = {
  iso: null,
  exposure_seconds: null,
  f_number: null,
  focal_length_mm: null,
  gps_direction_deg: null,
  gps_accuracy_m: null,
};

describe('a migrated photo', () => {
  const cases: { desc: string; exif: unknown; expected: Partial<Exposure> }[] = [
    { desc: 'no tags at all', exif: null, expected: {} },
    { desc: 'tags of an imported library', exif: { imported: { row: { ISO: 100 } } }, expected: {} },
    {
      desc: 'zeros of a lens without contacts',
      exif: { exif: { FNumber: 0, FocalLength: 0, ExposureTime: 0.004 } },
      expected: { exposure_seconds: 0.004 },
    },
    { desc: 'a list, of which the first counts', exif: { exif: { ISOSpeedRatings: [200, 0] } }, expected: { iso: 200 } },
    {
      desc: 'an ISO beyond 16 bits',
      exif: { exif: { ISOSpeedRatings: 65535, RecommendedExposureIndex: 102400 } },
      expected: { iso: 102400 },
    },
    { desc: 'an ISO of 16 bits and no other', exif: { exif: { ISOSpeedRatings: 65535 } }, expected: { iso: 65535 } },
    { desc: 'an ISO that only the younger tag has', exif: { exif: { RecommendedExposureIndex: 50 } }, expected: { iso: 50 } },
    {
      desc: 'fractions of XMP',
      exif: {
        xmp: { 'exif:ExposureTime': '1/60', 'exif:FNumber': '28/10', 'exif:FocalLength': '35', 'exif:ISOSpeedRatings': ['400'] },
      },
      expected: { iso: 400, exposure_seconds: 1 / 60, f_number: 2.8, focal_length_mm: 35 },
    },
    {
      desc: 'a look to the north from an exact position',
      exif: { exif: { GPSImgDirection: 0, GPSHPositioningError: 0 } },
      expected: { gps_direction_deg: 0, gps_accuracy_m: 0 },
    },
    {
      desc: 'what is no number, or none that fits',
      exif: {
        exif: {
          ExposureTime: 'long',
          FNumber: { a: 1 },
          FocalLength: [],
          ISOSpeedRatings: 1e12,
          GPSImgDirection: 400,
          GPSHPositioningError: -1,
        },
        xmp: { 'exif:ExposureTime': '1/0', 'exif:FNumber': '-1', 'exif:FocalLength': `0.${'0'.repeat(400)}1` },
      },
      expected: {},
    },
  ];
  let migrated: Exposure[];

  beforeAll(async () => {
    migrated = await migrate(cases.map(({ exif }) => exif));
  });

  test.each(cases.map((one, index) => ({ ...one, index })))('with $desc', ({ index, expected }) => {
    expect(migrated[index]).toEqual({ ...NOTHING, ...expected });
  });
});
