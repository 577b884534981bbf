import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { LeftOutFiles } from '../model/ingest-runs.ts';
import type { Diagnosis } from '../model/photo-library.ts';

/** What the last whole look at each root met and did not take, a diagnosis for each kind. */
export async function diagnoseLeftOut({ db, libraryId }: LibraryContext): Promise<Diagnosis[]> {
  const { rows } = await sql<{ root: string; leftOut: LeftOutFiles[] }>`
    SELECT DISTINCT ON (config ->> 'root') config ->> 'root' AS root, left_out AS "leftOut" FROM ingest_runs
    WHERE library_id = ${libraryId} AND left_out IS NOT NULL AND config ? 'root' AND NOT config ? 'under'
    ORDER BY config ->> 'root', run_id DESC`.execute(db);
  return rows.flatMap(({ root, leftOut }) =>
    leftOut.map(({ kind, files, remedy }) => ({
      check: 'left-out',
      status: 'ok' as const,
      message: `${files} files in ${root} are left out: ${kind}${remedy === null ? ', not read by photoorg' : ''}.`,
      remedy: remedy && `Run: ${remedy}`,
    })),
  );
}

/** Packages that decode what sharp does not, by MIME type. */
const DECODERS: Readonly<Record<string, string>> = { 'image/heic': 'heic', 'image/jxl': 'jxl' };

/** Photos whose picture was not seen for want of a decoder. */
export async function diagnoseUndecoded({ db, libraryId }: LibraryContext): Promise<Diagnosis[]> {
  const { rows } = await sql<{ mime: string; photos: number }>`
    SELECT mime, count(*)::int AS photos FROM photos
    WHERE library_id = ${libraryId} AND picture_error = 'DECODER_MISSING' AND missing_since IS NULL
    GROUP BY mime ORDER BY mime`.execute(db);
  return rows.map(({ mime, photos }) => ({
    check: 'decoders',
    status: 'warning',
    message: `${photos} photos (${mime}) have no picture, for want of a decoder.`,
    remedy: `Run: photoorg setup ${DECODERS[mime] ?? 'heic'}, and ingest again.`,
  }));
}
