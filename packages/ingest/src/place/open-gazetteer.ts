import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { readBorderTable } from './border-table.ts';
import type { Gazetteer } from './gazetteer.ts';
import { BORDER_TABLE_FILE, PLACE_TABLE_FILE } from './place-data.ts';
import { readPlaceTable } from './place-table.ts';

let shared: Promise<Gazetteer> | undefined;

/**
 * Opens the gazetteer that comes with this package: towns of the world by GeoNames, borders of its regions by Natural Earth and of its countries by
 * country-coder. Nothing is fetched. The first call takes some 0.5 s and 40 MB; later ones give the same gazetteer. A look-up takes 0.05 ms.
 *
 * @example
 * ```ts
 * const gazetteer = await openGazetteer();
 * gazetteer.placeAt(48.8584, 2.2945); // { city: 'Paris', region: 'Île-de-France', country: 'France', countryCode: 'FR', … }
 * console.log(gazetteer.attribution);
 * ```
 */
export function openGazetteer(): Promise<Gazetteer> {
  shared ??= loadGazetteer();
  return shared;
}

/** The borders are 0.7 MB of JavaScript that only programs with positions to name should load. */
async function loadGazetteer(): Promise<Gazetteer> {
  const { createGazetteer } = await import('./gazetteer.ts');
  const [places, borders] = await Promise.all([PLACE_TABLE_FILE, BORDER_TABLE_FILE].map(decompress));
  return createGazetteer(readPlaceTable(places!), readBorderTable(borders!));
}

async function decompress(file: string): Promise<Uint8Array> {
  return promisify(brotliDecompress)(await readFile(file));
}
