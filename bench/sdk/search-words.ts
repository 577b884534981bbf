/**
 * Finds photos by words, and people by names, in this checkout and in another one, such as that of the release before: the same photos in both,
 * searches in turns, in one run. Prints the median time of a search by each, their ratio, and what writing the words of a photo costs.
 *
 *   [TEST_DATABASE_URL=postgresql://…] node --conditions=@photoorg/source bench/sdk/search-words.ts OTHER_CHECKOUT [photos]
 */
import { join, resolve } from 'node:path';
import type { openTestLibrary, TestLibrary } from '@photoorg/sdk/testing';
import { CompiledQuery } from 'kysely';
import { sampleAnalyzed, sampleFace } from '../../packages/sdk/test/support/sample-photos.ts';

const OTHER = process.argv[2] ?? '';
const PHOTOS = Number(process.argv[3] ?? 50_000);
const [BATCH, PEOPLE, ROUNDS] = [500, 400, 15];
/** One photo in so many shows somebody. */
const WITH_FACE = 5;

const sides = ['here', 'other'] as const;
type Side = (typeof sides)[number];

const opened: Record<Side, TestLibrary> = { here: await openOf(join(import.meta.dirname, '../..')), other: await openOf(OTHER) };

async function openOf(checkout: string): Promise<TestLibrary> {
  const path = join(resolve(checkout), 'packages/sdk/src/testing/index.ts');
  const testing = (await import(path)) as { openTestLibrary: typeof openTestLibrary };
  return testing.openTestLibrary();
}

const cities = ['Zürich', 'Paris', 'Kraków', 'Αθήνα', 'Москва', '東京', 'Lisboa', 'Oslo'];
const things = ['Strand', 'Geburtstag', 'Straße', 'mountain', 'Sonnenuntergang', 'forêt', 'снег', '猫と犬', 'dinner', 'Łódka'];

function photo(index: number) {
  const [city, thing] = [cities[index % cities.length]!, things[(index * 7) % things.length]!];
  const day = `20${String(10 + (index % 15)).padStart(2, '0')}-${String(1 + (index % 12)).padStart(2, '0')}`;
  const faces = index % WITH_FACE === 0 ? [sampleFace({ x: 10, y: 20, width: 80, height: 100 })] : [];
  return sampleAnalyzed(`${index}`, faces, {
    path: `${day} ${city}/IMG_${String(index).padStart(5, '0')}.jpg`,
    title: index % 3 === 0 ? `${thing} in ${city}` : null,
    caption: index % 4 === 0 ? `Ein langer Tag mit vielen Leuten, ${thing} und nachher noch Eis, number ${index % 997}` : null,
    keywords: [thing, `tag${index % 89}`],
    lens: 'RF 35mm F1.8 Macro IS STM',
    place: { city, region: 'Somewhere', country: 'Schweiz', countryCode: 'CH', source: 'sample' },
  });
}

async function fill({ library, context }: TestLibrary): Promise<number> {
  const faceIds: string[] = [];
  const start = performance.now();
  for (let first = 0; first < PHOTOS; first += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, PHOTOS - first) }, (_, index) => photo(first + index));
    faceIds.push(...(await library.photos.saveAnalyzed(batch)).flatMap((saved) => saved.faceIds));
  }
  const millis = performance.now() - start;
  for (let person = 0; person < PEOPLE; person++) {
    const { personId } = await library.people.create({
      displayName: `${person % 2 ? 'Zoë' : 'Jürgen'} Person${person}`,
      actor: 'bench',
    });
    await library.labels.confirmMany({
      faceIds: faceIds.filter((_, index) => index % PEOPLE === person),
      personId,
      actor: 'bench',
    });
  }
  await context.db.executeQuery(CompiledQuery.raw('VACUUM (ANALYZE) photos, faces, face_labels, people'));
  return millis / PHOTOS;
}

type Search = (library: TestLibrary['library']) => Promise<number | null | undefined>;
const list =
  (filter: Parameters<TestLibrary['library']['photos']['list']>[0]): Search =>
  async (library) =>
    (await library.photos.list({ ...filter, limit: 50 })).total;

const searches: Record<string, Search> = {
  'a rare word': list({ q: 'img_01234' }),
  'a word of one photo in ten': list({ q: 'geburtstag' }),
  'a word of all': list({ q: 'jpg' }),
  'the beginning of a word': list({ q: 'sonnenun' }),
  'two words': list({ q: 'strand tag17' }),
  'no word of any': list({ q: 'nowhere' }),
  'a word and another not': list({ q: 'strand -oslo' }),
  'one word or another': list({ q: 'tag17 or tag18' }),
  'a phrase': list({ q: '"strand in oslo"' }),
  'an accent': list({ q: 'Zürich' }),
  'letters of Japanese': list({ q: '東京' }),
  'a person': list({ q: 'person17' }),
  'half of all people': list({ q: 'zoë' }),
  'a person and a word': list({ q: 'person17 strand' }),
  'a camera': list({ camera: 'canon' }),
  'a lens and a place': list({ lens: 'macro', place: 'oslo' }),
  'search.search': async (library) => (await library.search.search({ q: 'geburtstag' })).length,
  'people.list': async (library) => (await library.people.list({ q: 'son17' })).total,
  'people.findByName': async (library) => ((await library.people.findByName('jürgen person16')) ? 1 : 0),
};

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const saved = { here: await fill(opened.here), other: await fill(opened.other) };
console.log(
  `saving: ${saved.here.toFixed(2)} ms a photo, other ${saved.other.toFixed(2)}, ratio ${(saved.here / saved.other).toFixed(2)}`,
);

for (const [name, search] of Object.entries(searches)) {
  const millis: Record<Side, number[]> = { here: [], other: [] };
  const found: Record<Side, number | null | undefined> = { here: null, other: null };
  for (let round = 0; round < ROUNDS; round++) {
    for (const side of sides) {
      const start = performance.now();
      found[side] = await search(opened[side].library);
      millis[side].push(performance.now() - start);
    }
  }
  const [here, other] = [median(millis.here), median(millis.other)];
  console.log(
    `${name}: ${here.toFixed(1)} ms (${found.here} found), other ${other.toFixed(1)} ms (${found.other}), ratio ${(here / other).toFixed(2)}`,
  );
}

// What a migration does for a library that is there: the words of all photos anew, as the column defines them.
const written: Record<Side, number[]> = { here: [], other: [] };
for (let round = 0; round < 3; round++) {
  for (const side of sides) {
    const start = performance.now();
    await opened[side].context.db.executeQuery(CompiledQuery.raw(`UPDATE photos SET title = coalesce(title, '') || ''`));
    written[side].push((performance.now() - start) / PHOTOS);
    await opened[side].context.db.executeQuery(CompiledQuery.raw('VACUUM photos'));
  }
}
const [here, other] = [median(written.here), median(written.other)];
console.log(
  `words of a photo written anew: ${here.toFixed(3)} ms, other ${other.toFixed(3)} ms, ratio ${(here / other).toFixed(2)}`,
);
for (const side of sides) await opened[side].close();
