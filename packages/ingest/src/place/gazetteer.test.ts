import { readFile } from 'node:fs/promises';
import { brotliDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BORDER_STEPS_PER_DEGREE, readBorderTable } from './border-table.ts';
import { createBorders } from './borders.ts';
import { countryAt } from './country-at.ts';
import { openGazetteer } from './open-gazetteer.ts';
import { BORDER_TABLE_FILE, PLACE_TABLE_FILE } from './place-data.ts';
import { readPlaceTable } from './place-table.ts';

const gazetteer = await openGazetteer();

/** 5 km at most, in degrees of latitude. */
const offset = fc.double({ min: -0.03, max: 0.03, noNaN: true });

/** Code of the country, region, city. */
function placeAt(latitude: number, longitude: number): [countryCode: string | null, region: string | null, city: string | null] {
  const { countryCode, region, city } = gazetteer.placeAt(latitude, longitude);
  return [countryCode, region, city];
}

describe('Gazetteer', () => {
  it.each([
    { desc: 'the Eiffel Tower', at: [48.8584, 2.2945], place: ['FR', 'Île-de-France', 'Paris'] },
    { desc: 'the palace of Versailles', at: [48.8049, 2.1204], place: ['FR', 'Île-de-France', 'Versailles'] },
    { desc: 'Times Square', at: [40.758, -73.9855], place: ['US', 'New York', 'New York City'] },
    { desc: 'Coney Island', at: [40.5749, -73.9859], place: ['US', 'New York', 'New York City'] },
    { desc: 'Shibuya crossing', at: [35.6595, 139.7005], place: ['JP', 'Tokyo', 'Tokyo'] },
    { desc: 'Yokohama', at: [35.4437, 139.638], place: ['JP', 'Kanagawa', 'Yokohama'] },
    { desc: 'Big Ben', at: [51.5007, -0.1246], place: ['GB', 'England', 'London'] },
    { desc: 'the Golden Gate Bridge, on water', at: [37.8199, -122.4783], place: ['US', 'California', 'San Francisco'] },
    { desc: 'the Sagrada Família', at: [41.4036, 2.1744], place: ['ES', 'Catalonia', 'Barcelona'] },
    { desc: 'the Colosseum', at: [41.8902, 12.4922], place: ['IT', 'Lazio', 'Rome'] },
    { desc: 'the leaning tower', at: [43.723, 10.3966], place: ['IT', 'Tuscany', 'Pisa'] },
    { desc: 'the Sydney Opera House', at: [-33.8568, 151.2153], place: ['AU', 'New South Wales', 'Sydney'] },
    { desc: 'the Cristo Redentor', at: [-22.9519, -43.2105], place: ['BR', 'Rio de Janeiro', 'Rio de Janeiro'] },
    { desc: 'the Taj Mahal', at: [27.1751, 78.0421], place: ['IN', 'Uttar Pradesh', 'Agra'] },
    { desc: 'the Forbidden City', at: [39.9163, 116.3972], place: ['CN', 'Beijing', 'Beijing'] },
    { desc: 'the pyramids of Giza', at: [29.9792, 31.1342], place: ['EG', 'Giza', 'Giza'] },
    { desc: 'Table Mountain', at: [-33.9628, 18.4098], place: ['ZA', 'Western Cape', 'Cape Town'] },
  ])('knows $desc', ({ at: [latitude, longitude], place }) => {
    expect(placeAt(latitude!, longitude!)).toEqual(place);
  });

  it.each([
    { desc: 'a village by a large city', at: [48.2682, 11.4684], city: 'Dachau' },
    { desc: 'a suburb with a name of its own', at: [48.892, 2.236], city: 'Courbevoie' },
    { desc: 'the palace of a small town beside a capital', at: [52.4042, 13.0385], city: 'Potsdam' },
    { desc: 'the village below the castle', at: [47.5576, 10.7498], city: 'Schwangau' },
  ])('does not let a city swallow $desc', ({ at: [latitude, longitude], city }) => {
    expect(placeAt(latitude!, longitude!)[2]).toBe(city);
  });

  it.each([
    { desc: 'Basel', at: [47.5596, 7.5886], country: 'CH', city: 'Basel' },
    { desc: 'Weil, 4 km from Basel', at: [47.5947, 7.611], country: 'DE', city: 'Weil am Rhein' },
    { desc: 'Strasbourg', at: [48.5818, 7.751], country: 'FR', city: 'Strasbourg' },
    { desc: 'Kehl across the Rhine', at: [48.573, 7.815], country: 'DE', city: 'Kehl' },
    { desc: 'Tijuana', at: [32.5149, -117.0382], country: 'MX', city: 'Tijuana' },
    { desc: 'the Canadian side of the Niagara Falls', at: [43.079, -79.0785], country: 'CA', city: 'Niagara Falls' },
    { desc: 'the American side of the Niagara Falls', at: [43.0846, -79.0686], country: 'US', city: 'Niagara Falls' },
    { desc: 'the Vatican', at: [41.9022, 12.4533], country: 'VA', city: 'Vatican City' },
    { desc: 'Monaco', at: [43.7384, 7.4246], country: 'MC', city: 'Monaco' },
    { desc: 'Beausoleil, a street from Monaco', at: [43.7425, 7.4235], country: 'FR', city: 'Beausoleil' },
    { desc: 'Baarle-Hertog, a Belgian enclave', at: [51.4404, 4.9305], country: 'BE', city: 'Baarle-Hertog' },
    { desc: 'Baarle-Nassau around it', at: [51.445, 4.929], country: 'NL', city: 'Baarle-Nassau' },
    { desc: 'Jersey City, across the river from New York', at: [40.7178, -74.0431], country: 'US', city: 'Jersey City' },
    { desc: 'Gibraltar', at: [36.1408, -5.3536], country: 'GI', city: 'Gibraltar' },
    { desc: 'Hong Kong, a territory with a code of its own', at: [22.2855, 114.1577], country: 'HK', city: 'Central' },
    { desc: 'Ceuta, part of Spain', at: [35.889, -5.316], country: 'ES', city: 'Ceuta' },
  ])('stays on its side of the border in $desc', ({ at: [latitude, longitude], country, city }) => {
    const [countryCode, , name] = placeAt(latitude!, longitude!);
    expect([countryCode, name]).toEqual([country, city]);
  });

  it.each([
    { desc: 'the Whitney Museum, by the Hudson', at: [40.7396, -74.0089], region: 'New York', city: 'New York City' },
    { desc: 'Jersey City, on its other bank', at: [40.7178, -74.0431], region: 'New Jersey', city: 'Jersey City' },
    { desc: 'Liberty Island, in the waters of New Jersey', at: [40.6892, -74.0445], region: 'New York', city: 'New York City' },
    { desc: 'the cathedral of Mainz, by the Rhine', at: [49.9988, 8.2736], region: 'Rheinland-Pfalz', city: 'Mainz' },
    { desc: 'Wiesbaden, on its other bank', at: [50.0826, 8.24], region: 'Hesse', city: 'Wiesbaden' },
    { desc: 'the Atomium, at the edge of Brussels', at: [50.8949, 4.3415], region: 'Brussels Capital', city: 'Brussels' },
    { desc: 'Kahlenberg, at the edge of Vienna', at: [48.2756, 16.3331], region: 'Vienna', city: 'Vienna' },
    { desc: 'Old Faithful, far from any town', at: [44.4605, -110.8281], region: 'Wyoming', city: null },
    { desc: 'the Gateway Arch, by the Mississippi', at: [38.6247, -90.1848], region: 'Missouri', city: 'St. Louis' },
    { desc: 'the Pentagon, by the Potomac', at: [38.8719, -77.0563], region: 'Virginia', city: 'Arlington' },
    { desc: 'a village in a division that was divided anew', at: [3.5896, 117.0606], region: 'North Kalimantan', city: null },
  ])('knows the region of $desc', ({ at: [latitude, longitude], region, city }) => {
    const [, name, town] = placeAt(latitude!, longitude!);
    expect(name).toBe(region);
    if (city !== null) expect(town).toBe(city);
  });

  it('gives the region inside whose borders a position lies, at 98 of 100 positions within 5 km of a border', async () => {
    const places = readPlaceTable(brotliDecompressSync(await readFile(PLACE_TABLE_FILE)));
    const table = readBorderTable(brotliDecompressSync(await readFile(BORDER_TABLE_FILE)));
    const borders = createBorders(table);
    const total = { right: 0, all: 0 };
    const random = fc.record({ point: fc.nat(table.longitudes.length - 1), north: offset, east: offset });
    for (const { point, north, east } of fc.sample(random, 4_000)) {
      const latitude = table.latitudes[point]! / BORDER_STEPS_PER_DEGREE + north;
      const longitude = table.longitudes[point]! / BORDER_STEPS_PER_DEGREE + east / Math.cos((latitude * Math.PI) / 180);
      const country = countryAt(latitude, longitude);
      const found = country === null ? undefined : borders.areaAt(longitude, latitude, country);
      if (found?.area.regions.length !== 1) continue;
      total.all++;
      if (placeAt(latitude, longitude)[1] === (places.regions[found.area.regions[0]!]!.name || null)) total.right++;
    }
    expect(total.all).toBeGreaterThan(2_000);
    expect(total.right / total.all).toBeGreaterThan(0.98);
  });

  it.each([
    { desc: 'Easter Island', at: [-27.1258, -109.2774], place: ['CL', 'Valparaiso', 'Hanga Roa'] },
    { desc: 'Tristan da Cunha', at: [-37.0676, -12.3116], place: ['SH', 'Tristan da Cunha', 'Edinburgh of the Seven Seas'] },
    { desc: 'Longyearbyen', at: [78.2232, 15.6267], place: ['SJ', 'Svalbard', 'Longyearbyen'] },
    { desc: 'the Chatham Islands, behind the antimeridian', at: [-43.95, -176.55], place: ['NZ', 'Chatham Islands', 'Waitangi'] },
    { desc: 'Taveuni, on the antimeridian', at: [-16.85, -179.97], place: ['FJ', 'Northern', null] },
    { desc: 'the equator in Kenya', at: [0, 37.07], place: ['KE', 'Laikipia', 'Nanyuki'] },
    { desc: 'the meridian of Greenwich', at: [51.4779, 0], place: ['GB', 'England', 'London'] },
    { desc: 'the Sahara', at: [23.4, 5.8], place: ['DZ', 'Tamanrasset', null] },
    { desc: 'the South Pole', at: [-90, 0], place: ['AQ', null, null] },
    { desc: 'the North Pole', at: [90, 0], place: [null, null, null] },
    { desc: 'the open Atlantic', at: [30, -40], place: [null, null, null] },
    { desc: 'the antimeridian at sea', at: [-30, 180], place: [null, null, null] },
  ])('goes as far as $desc', ({ at: [latitude, longitude], place }) => {
    expect(placeAt(latitude!, longitude!)).toEqual(place);
  });

  it('names the town on disputed land too, where borders and towns belong to different countries', () => {
    expect(placeAt(27.1536, -13.2033)).toEqual(['MA', null, 'Laayoune']);
  });

  it.each([
    [Number.NaN, 0],
    [0, Number.POSITIVE_INFINITY],
    [91, 0],
    [48, 362],
  ])('knows no place at %d, %d', (latitude, longitude) => {
    expect(placeAt(latitude, longitude)).toEqual([null, null, null]);
  });

  it('never names a town without its country, wherever on earth', () => {
    const latitude = fc.double({ min: -90, max: 90, noNaN: true });
    const longitude = fc.double({ min: -180, max: 180, noNaN: true });
    fc.assert(
      fc.property(latitude, longitude, (north, east) => {
        const { city, region, country, countryCode } = gazetteer.placeAt(north, east);
        expect(countryCode === null).toBe(country === null);
        if (country === null) expect([city, region]).toEqual([null, null]);
      }),
    );
  });

  it('gives the same place on both writings of the antimeridian', () => {
    expect(placeAt(-16.5, 180)).toEqual(placeAt(-16.5, -180));
  });

  it('names countries in English, the data and whom to thank', () => {
    expect(gazetteer.placeAt(40.758, -73.9855)).toMatchObject({ country: 'United States', source: gazetteer.source });
    expect(gazetteer.source).toMatch(/^geonames-/);
    expect(gazetteer.attribution).toContain('GeoNames');
    expect(gazetteer.attribution).toContain('CC BY 4.0');
  });
});
