import { join } from 'node:path';
import { sql } from 'kysely';
import { resolveIngestErrors } from '../catalog/ingest-errors.ts';
import { lockIdentity } from '../identity/change-identity.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { IndexPhotosResult } from '../model/index-photos.ts';
import { derivePhotos } from '../saving/readings/derive-photos.ts';
import { haveTakenOver } from '../saving/regions/has-taken-over.ts';
import { takeOverRegions } from '../saving/regions/take-over-regions.ts';
import { recordMissingFiles } from '../saving/rows/record-file-events.ts';
import { refreshPhotos } from '../saving/rows/refresh-photos.ts';
import type { KnownFiles } from './known-files.ts';
import { findReplacedFolders, rememberRoot } from './root-marker.ts';

/**
 * Share of a root's files that may vanish between two runs. More is rather a disk that is not mounted, a share half there, or a
 * folder named wrongly, than photos deleted.
 */
const MOST_VANISHED = 0.2;

type MissingOutcome = Pick<IndexPhotosResult, 'missing' | 'missingNotMarked'>;

/**
 * Marks the files as missing that a complete run did not meet, unless something else must be the reason: a root without any of its
 * files, a disk that is not mounted or is another one, or more vanished at once than people delete. With it go the errors of what is gone or well again.
 */
export async function markMissingFiles(
  context: LibraryContext,
  known: KnownFiles,
  options: { acceptMissing: boolean; dryRun: boolean; runId?: string | null },
): Promise<MissingOutcome> {
  const vanished = known.vanished();
  const { fileIds, pictures } = vanished;
  const doubt = fileIds.length === 0 || options.acceptMissing ? null : await findDoubt(context, known, vanished);
  if (doubt) return { missing: 0, missingNotMarked: { ...doubt, vanished: pictures, known: vanished.known } };
  if (options.dryRun) return { missing: pictures, missingNotMarked: null };
  if (fileIds.length > 0) {
    await context.transaction(async (transaction) => {
      if (await haveTakenOver(transaction, fileIds)) await lockIdentity(transaction);
      const { rows } = await sql<{ fileId: string; photoId: string }>`
        UPDATE photo_files SET missing_since = now()
        WHERE file_id = ANY (${fileIds}::uuid[]) AND missing_since IS NULL
        RETURNING file_id AS "fileId", photo_id AS "photoId"`.execute(transaction.db);
      await recordMissingFiles(transaction, rows, options.runId ?? null);
      const photoIds = rows.map((row) => row.photoId);
      await derivePhotos(transaction, photoIds);
      await refreshPhotos(transaction, photoIds);
      await takeOverRegions(transaction, photoIds, [], options.runId ?? null);
    });
  }
  if (known.rootId) await resolveIngestErrors(context, known.rootId, await known.mended(), options.runId);
  if (known.rootId && known.under === '') await rememberRoot(context, known.root, known.rootId);
  return { missing: pictures, missingNotMarked: null };
}

type Doubt = Pick<NonNullable<MissingOutcome['missingNotMarked']>, 'reason' | 'remedy'>;

/** Why the files may be there after all; null when nothing speaks for it. */
async function findDoubt(
  context: LibraryContext,
  known: KnownFiles,
  { folders, pictures, known: total }: ReturnType<KnownFiles['vanished']>,
): Promise<Doubt | null> {
  const otherwise = 'if the files are gone for good, run again and accept that (acceptMissing).';
  if (pictures > 0 && pictures === total) {
    return {
      reason: 'root-empty',
      remedy: `None of its photos is in ${join(known.root, Buffer.from(known.under, 'latin1').toString())}: mount its disk, or name another folder; ${otherwise}`,
    };
  }
  const replaced = known.rootId ? await findReplacedFolders(context, known.root, known.rootId) : [];
  const place = replaced.find((folder) => folder === '' || folders.some((other) => `${other}/`.startsWith(`${folder}/`)));
  if (place !== undefined) {
    const folder = join(known.root, place);
    return {
      reason: 'other-file-system',
      remedy: `${folder} is not the folder that was indexed: mount its disk there; ${otherwise}`,
    };
  }
  if (pictures <= total * MOST_VANISHED) return null;
  return { reason: 'too-many-vanished', remedy: `Check that the folder is complete and its disk is mounted; ${otherwise}` };
}
