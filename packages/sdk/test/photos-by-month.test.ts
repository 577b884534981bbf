import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPhotos } from '../src/catalog/photos.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { newId } from '../src/values/new-id.ts';
import { openSampleLibrary } from './support/sample-library.ts';
import { sampleAnalyzed, samplePhoto } from './support/sample-photos.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());

/** Photos with these wall clocks; null: nothing tells when. */
async function photosOf(locals: readonly (string | null)[]) {
  const { context } = await openSampleLibrary(opened.context);
  const photos = createPhotos(context);
  await photos.saveAnalyzed(
    locals.map((local, i) => {
      const analyzed = sampleAnalyzed(newId(), []);
      const shot = { ...samplePhoto('any').shot, at: null, offsetMinutes: null, zone: null, local };
      return {
        ...analyzed,
        photo: { ...analyzed.photo, shot, modifiedAt: null, createdAt: null, caption: i % 2 ? 'odd' : null },
      };
    }),
  );
  return photos;
}

const local = fc
  .date({ min: new Date('1998-01-01'), max: new Date('2004-12-31'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 7)}-${date.getUTCDate() % 2 ? '01T00:00:00' : '28T23:59:59'}`);

test('counts what the list gives month by month, and begins with each', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(local), { minLength: 1, maxLength: 30 }), async (locals) => {
      const photos = await photosOf(locals);
      for (const order of ['newest', 'oldest'] as const) {
        for (const filter of [{}, { q: 'odd' }]) {
          const { items } = await photos.list({ ...filter, order, limit: 200 });
          const monthOf = (photo: (typeof items)[0]) => photo.shotLocal?.slice(0, 7) ?? null;
          const { total, months } = await photos.timeline({ ...filter, order });
          expect(total).toBe(items.length);
          expect(months.map(({ month, photos }) => [month, photos])).toEqual(
            [...Map.groupBy(items, monthOf)].map(([month, ofMonth]) => [month, ofMonth.length]),
          );
          for (const { month, cursor } of months) {
            const page = await photos.list({ ...filter, order, cursor: cursor ?? undefined, limit: 200 });
            expect(page.items).toEqual(items.slice(items.findIndex((photo) => monthOf(photo) === month)));
          }
        }
      }
    }),
    { numRuns: 12 },
  );
});

test('of no photos is empty, and refuses another order', async () => {
  const photos = await photosOf([]);
  expect(await photos.timeline()).toEqual({ total: 0, months: [] });
  await expect(photos.timeline({ order: 'added' as never })).rejects.toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});
