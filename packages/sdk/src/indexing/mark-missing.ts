import { sql } from 'kysely';
import { recordMissingFiles } from '../files/record-file-events.ts';
import type { LibraryContext } from '../library-context.ts';
import type { IndexPhotosResult } from '../model/index-photos.ts';
import { refreshPhotos } from '../repositories/refresh-photos.ts';
import type { KnownFiles } from './known-files.ts';

/**
 * Share of a root's files that may vanish between two runs. More is rather a disk that is not mounted, a share half there, or a
 * folder named wrongly, than photos deleted.
 */
const MOST_VANISHED = 0.2;

type MissingOutcome = Pick<IndexPhotosResult, 'missing' | 'missingNotMarked'>;

/** Marks the files as missing that a complete run did not meet, unless so many are gone that something else must be the reason. */
export async function markMissingFiles(
  context: LibraryContext,
  known: KnownFiles,
  options: { acceptMissing: boolean; dryRun: boolean; runId?: string | null },
): Promise<MissingOutcome> {
  const { fileIds, known: total } = known.vanished();
  if (fileIds.length > total * MOST_VANISHED && !options.acceptMissing) {
    const remedy =
      'Check that the folder is complete and its disk is mounted; if the files are gone for good, run again and accept that (acceptMissing).';
    return { missing: 0, missingNotMarked: { reason: 'too-many-vanished', vanished: fileIds.length, known: total, remedy } };
  }
  if (fileIds.length > 0 && !options.dryRun) {
    await context.transaction(async (transaction) => {
      const { rows } = await sql<{ fileId: string; photoId: string }>`
        UPDATE photo_files SET missing_since = now()
        WHERE file_id = ANY (${fileIds}::uuid[]) AND missing_since IS NULL
        RETURNING file_id AS "fileId", photo_id AS "photoId"`.execute(transaction.db);
      await recordMissingFiles(transaction, rows, options.runId ?? null);
      await refreshPhotos(
        transaction,
        rows.map((row) => row.photoId),
      );
    });
  }
  return { missing: fileIds.length, missingNotMarked: null };
}
