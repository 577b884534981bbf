import { findGazetteer, openGazetteer, scanPhotos } from '@photoorg/ingest';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FoundGazetteerLike, type GazetteerLike, indexPhotos, type PhotoPlace } from '../src/index.ts';
import { openTestLibrary, type TestLibrary } from '../src/testing/index.ts';
import { temporaryFolder } from './support/photo-folder.ts';
import { sampleAnalyzed } from './support/sample-photos.ts';

let opened: TestLibrary;

beforeAll(async () => {
  opened = await openTestLibrary();
});
afterAll(() => opened.close());
beforeEach(() => opened.clear());

const PARIS = { latitude: 48.8584, longitude: 2.2945 };
const KYOTO = { latitude: 34.9671, longitude: 135.7727 };
const ATLANTIC = { latitude: 30, longitude: -40 };

const paris: PhotoPlace = { city: 'Paris', region: 'Île-de-France', country: 'France', countryCode: 'FR', source: 'atlas-1' };

async function save(name: string, changes: Parameters<typeof sampleAnalyzed>[2]): Promise<string> {
  const [saved] = await opened.library.photos.saveAnalyzed([sampleAnalyzed(name, null, changes)]);
  return saved!.photoId;
}

async function placeOf(photoId: string) {
  const { placeCity, placeRegion, placeCountry, placeCountryCode } = await opened.library.photos.get(photoId);
  return [placeCity, placeRegion, placeCountry, placeCountryCode];
}

async function pathsIn(place: string): Promise<(string | null)[]> {
  const { items } = await opened.library.photos.list({ place, order: 'oldest' });
  return items.map(({ path }) => path).sort();
}

/** An ingest of a folder without photos: whatever it does, no file told it. */
async function ingest(options: { gazetteer?: GazetteerLike | FoundGazetteerLike; places?: boolean } = {}) {
  await using temporary = await temporaryFolder();
  return await indexPhotos({ library: opened.library, root: temporary.folder, scanPhotos, ...options });
}

describe('the place of a photo', () => {
  test('is saved with it and comes back', async () => {
    const photoId = await save('tower', { ...PARIS, place: paris });
    expect(await placeOf(photoId)).toEqual(['Paris', 'Île-de-France', 'France', 'FR']);
  });

  test('stays when the photo is read again without places or without a look at its metadata', async () => {
    const photoId = await save('tower', { ...PARIS, place: paris });
    await save('tower', PARIS);
    await save('tower', { latitude: null, longitude: null, exif: null });
    expect(await placeOf(photoId)).toEqual(['Paris', 'Île-de-France', 'France', 'FR']);
  });

  test.each([
    { desc: 'another', position: KYOTO },
    { desc: 'none any more', position: { latitude: null, longitude: null } },
  ])('goes when the file says $desc position', async ({ position }) => {
    const photoId = await save('tower', { ...PARIS, place: paris });
    await save('tower', position);
    expect(await placeOf(photoId)).toEqual([null, null, null, null]);
  });

  test('is replaced by that of a new reading', async () => {
    const photoId = await save('tower', { ...PARIS, place: paris });
    await save('tower', { ...KYOTO, place: { ...paris, city: 'Kyoto', region: 'Kyoto', country: 'Japan', countryCode: 'JP' } });
    expect(await placeOf(photoId)).toEqual(['Kyoto', 'Kyoto', 'Japan', 'JP']);
  });

  test('is not saved without a position', async () => {
    const photoId = await save('nowhere', { latitude: null, longitude: null, place: paris });
    expect(await placeOf(photoId)).toEqual([null, null, null, null]);
  });
});

describe('finding photos by place', () => {
  beforeEach(async () => {
    await save('tower', { ...PARIS, place: paris });
    await save('texas', {
      latitude: 33.66,
      longitude: -95.55,
      place: { ...paris, region: 'Texas', country: 'United States', countryCode: 'US' },
    });
    await save('called-paris', { latitude: null, longitude: null, title: 'Paris Hilton in France' });
  });

  test.each([
    { place: 'paris', paths: ['/photos/texas.jpg', '/photos/tower.jpg'] },
    { place: 'paris france', paths: ['/photos/tower.jpg'] },
    { place: 'Île-de-France', paths: ['/photos/tower.jpg'] },
    { place: 'united st', paths: ['/photos/texas.jpg'] },
    { place: 'FR', paths: ['/photos/tower.jpg'] },
    { place: 'DE', paths: [] },
    { place: '', paths: ['/photos/texas.jpg', '/photos/tower.jpg'] },
  ])('finds "$place" among places alone', async ({ place, paths }) => {
    expect(await pathsIn(place)).toEqual(paths);
  });

  test('finds places among all words too', async () => {
    const { items } = await opened.library.photos.list({ q: 'texas' });
    expect(items.map(({ path }) => path)).toEqual(['/photos/texas.jpg']);
  });
});

describe('indexing', () => {
  test('names the places of photos from before, without their files', async () => {
    const tower = await save('tower', PARIS);
    const temple = await save('temple', KYOTO);
    const sea = await save('sea', ATLANTIC);
    const nowhere = await save('nowhere', { latitude: null, longitude: null });
    await ingest({ gazetteer: await openGazetteer() });
    expect(await placeOf(tower)).toEqual(['Paris', 'Île-de-France', 'France', 'FR']);
    expect(await placeOf(temple)).toEqual(['Kyoto', 'Kyoto', 'Japan', 'JP']);
    expect(await placeOf(sea)).toEqual([null, null, null, null]);
    expect(await placeOf(nowhere)).toEqual([null, null, null, null]);
  });

  test('asks again only where another data named the place', async () => {
    const asked: string[] = [];
    const atlas = (source: string): GazetteerLike => ({
      source,
      placeAt(latitude) {
        asked.push(`${source} ${latitude}`);
        return { ...paris, city: `City of ${source}`, source };
      },
    });
    const tower = await save('tower', { ...PARIS, place: paris });
    await save('sea', ATLANTIC);
    await ingest({ gazetteer: atlas('atlas-1') });
    await ingest({ gazetteer: atlas('atlas-1') });
    expect(asked).toEqual(['atlas-1 30']);
    await ingest({ gazetteer: atlas('atlas-2') });
    expect(asked.slice(1).sort()).toEqual(['atlas-2 30', 'atlas-2 48.8584']);
    expect(await placeOf(tower)).toEqual(['City of atlas-2', 'Île-de-France', 'France', 'FR']);
  });

  test('opens a gazetteer that was only found when there is a place to name, and once', async () => {
    let opened = 0;
    const found = await findGazetteer();
    const gazetteer = {
      source: found.source,
      open: () => {
        opened++;
        return found.open();
      },
    };
    await save('nowhere', { latitude: null, longitude: null });
    await ingest({ gazetteer });
    expect(opened).toBe(0);
    const temple = await save('temple', KYOTO);
    await ingest({ gazetteer });
    await ingest({ gazetteer });
    expect(opened).toBe(1);
    expect(await placeOf(temple)).toEqual(['Kyoto', 'Kyoto', 'Japan', 'JP']);
  });

  test('leaves places alone when they are switched off', async () => {
    const tower = await save('tower', PARIS);
    await ingest({ gazetteer: await openGazetteer(), places: false });
    expect(await placeOf(tower)).toEqual([null, null, null, null]);
  });
});
