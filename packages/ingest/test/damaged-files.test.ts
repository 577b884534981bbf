import { writeFile } from 'node:fs/promises';
import { scanPhotos } from '@photoorg/ingest';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../sdk/src/values/seeded-random.ts';
import { damageFile } from './support/damage-file.ts';
import { makeSampleFiles } from './support/sample-files.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** Damaged files of each format; `bench/ingest/fuzz.ts` makes thousands. */
const COPIES = 12;
const SEED = 20_261_122;

/** What a damaged file may be told as. Breaking down and running out of time are not among them. */
const FAIR_CODES = new Set(['FILE_EMPTY', 'UNSUPPORTED_FORMAT', 'IMAGE_CORRUPT', 'IMAGE_TRUNCATED', 'IMAGE_TOO_LARGE']);

describe('damaged files of every format', () => {
  it('are photos or errors by code, and none hides the good ones', { timeout: 120_000 }, async () => {
    await using folder = await temporaryFolder();
    const samples = await makeSampleFiles();
    const random = seededRandom(SEED);
    for (const [extension, sample] of Object.entries(samples)) {
      await writeFile(folder.file(`good ${extension}.${extension}`), sample);
      for (let copy = 0; copy < COPIES; copy++)
        await writeFile(folder.file(`${copy} ${extension}.${extension}`), damageFile(sample, random));
    }
    const items = await Array.fromAsync(scanPhotos({ root: folder.path, concurrency: 2 }));
    expect(items).toHaveLength(Object.keys(samples).length * (COPIES + 1));
    const unfair = items.flatMap((item) => (item.kind === 'error' && !FAIR_CODES.has(item.error.code) ? [item.error] : []));
    expect(unfair).toEqual([]);
    const lost = items.filter(({ kind, file }) => file.path.startsWith('good ') && kind !== 'photo');
    expect(lost).toEqual([]);
  });
});
