import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EXIFTOOL_FIELDS, type ExiftoolTags } from '../../packages/ingest/test/support/expected-fields.ts';

const EXTENSIONS =
  'jpg jpeg png webp heic heif hif avif tif tiff gif jxl dng crw cr2 cr3 nef nrw arw sr2 raf rw2 rwl orf pef mrw srw 3fr iiq'.split(
    ' ',
  );

/**
 * What exiftool says of all photos below some folders: numbers as stored, without words for them.
 *
 * @param makerNotes with what cameras keep in notes of their own, which ingest leaves unread
 */
export async function runExiftool(folders: string[], makerNotes: boolean): Promise<ExiftoolTags[]> {
  const args = [
    ...[exiftoolScript(), '-json', '-n', '-q', '-r', '-charset', 'iptc=utf8'],
    ...EXTENSIONS.flatMap((extension) => ['-ext', extension]),
    ...EXIFTOOL_FIELDS.map((field) => `-${field}`),
    ...(makerNotes ? [] : ['--MakerNotes:all']),
    ...folders,
  ];
  // It exits with an error when any file has one.
  const { stdout } = await promisify(execFile)('perl', args, { maxBuffer: 1 << 30 }).catch((error: { stdout?: string }) => ({
    stdout: error.stdout || '[]',
  }));
  return JSON.parse(stdout) as ExiftoolTags[];
}

/** The perl script of exiftool. */
export function exiftoolScript(): string {
  const require = createRequire(new URL('../../packages/ingest/package.json', import.meta.url));
  return join(require.resolve('exiftool-vendored.pl'), '..', 'bin', 'exiftool');
}
