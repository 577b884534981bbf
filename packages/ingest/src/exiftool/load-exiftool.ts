import type { ExifTool } from 'exiftool-vendored';
import { IngestError } from '../model/ingest-error.ts';
import { runPerl } from './spawn-exiftool.ts';

type ExiftoolPackage = { ExifTool: typeof ExifTool; exiftoolPath: () => Promise<string> };

/**
 * Loads the optional package exiftool-vendored.
 *
 * @throws {IngestError} `EXIFTOOL_MISSING`, for want of the package or of perl
 */
export async function loadExiftool(): Promise<ExiftoolPackage> {
  const loaded = await import('exiftool-vendored').catch((cause: unknown) => {
    throw missing('install it beside @photoorg/ingest: npm install exiftool-vendored', cause);
  });
  // exiftool for Windows brings a perl of its own.
  if (process.platform !== 'win32') {
    await runPerl().catch((cause: unknown) => {
      throw missing('it is written in perl, which is not there or does not run: install perl', cause);
    });
  }
  return loaded;
}

export function missing(remedy: string, cause: unknown): IngestError {
  return new IngestError('EXIFTOOL_MISSING', `exiftool cannot be used here: ${remedy}.`, { cause });
}
