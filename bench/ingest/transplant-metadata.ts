/**
 * Has exiftool copy the metadata of real JPEGs into pictures of other formats, so that `agreement.ts` has hundreds of real sets of each.
 *
 *   node --conditions=@photoorg/source bench/ingest/transplant-metadata.ts FOLDER... --out EMPTY_FOLDER [--format png]...
 *
 * Formats are png, webp, tif, heic, jxl and dng; default all.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { walkFiles } from '@photoorg/ingest';
import { makeRaw } from '../../packages/ingest/test/support/raw-files.ts';
import { makeJxl, makeSampleFiles } from '../../packages/ingest/test/support/sample-files.ts';
import { makeJpeg } from '../../packages/ingest/test/support/test-images.ts';
import { exiftoolScript } from './run-exiftool.ts';

/** Tags of the pixels, which the copy has of its own. */
const OWN_TAGS =
  'ImageWidth ImageHeight Compression StripOffsets StripByteCounts PhotometricInterpretation SamplesPerPixel RowsPerStrip BitsPerSample'.split(
    ' ',
  );

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, format: { type: 'string', multiple: true } },
});
if (values.out === undefined) throw new Error('Expected --out FOLDER, an empty folder for the copies.');
const formats = values.format ?? ['png', 'webp', 'tif', 'heic', 'jxl', 'dng'];
const samples: Record<string, Buffer> = {
  ...(await makeSampleFiles()),
  jxl: makeJxl(),
  dng: makeRaw('dng', { preview: await makeJpeg(), orientation: 1 }),
};
const sources = await findJpegsWithExif(positionals);
const lines: string[] = [];
for (const format of formats) {
  await mkdir(join(values.out, format), { recursive: true });
  for (const [index, source] of sources.entries()) {
    const target = join(values.out, format, `${index}.${format}`);
    await writeFile(target, samples[format] ?? Buffer.alloc(0));
    const own = OWN_TAGS.map((tag) => `--${tag}`);
    lines.push(
      '-q',
      '-q',
      '-m',
      '-overwrite_original',
      '-tagsFromFile',
      source,
      '-all:all',
      '-unsafe',
      ...own,
      target,
      '-execute',
    );
  }
}
const argumentFile = join(values.out, 'arguments.txt');
await writeFile(argumentFile, `${lines.join('\n')}\n`);
// It exits with an error when any source has one.
await promisify(execFile)('perl', [exiftoolScript(), '-@', argumentFile], { maxBuffer: 1 << 28 }).catch(() => undefined);
console.log(`The metadata of ${sources.length} photos, in ${formats.join(', ')}`);

async function findJpegsWithExif(folders: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const root of folders) {
    for await (const file of walkFiles({ root })) {
      const path = join(file.root, file.path);
      if (/\.jpe?g$/i.test(path) && (await readFile(path)).subarray(0, 1 << 16).includes('Exif\0\0')) found.push(path);
    }
  }
  return found;
}
