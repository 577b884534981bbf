import { access } from 'node:fs/promises';
import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { FileEntry } from '../model/index-photos.ts';
import { joinPathBytes } from '../values/join-path-bytes.ts';
import { holdsSomething } from './holds-something.ts';

/** A file that is new to its root. */
export interface ArrivedFile {
  readonly rootId: string;
  readonly file: FileEntry;
  /** Of its content; null for a film, which is known again by its name, size and time. */
  readonly sha256: Uint8Array | null;
}

interface Candidate {
  fileId: string;
  pathBytes: Uint8Array;
  rootBytes: Uint8Array;
}

/**
 * The row of the file that was moved here from another root of the library: of the same content, and gone from where it was. From a root that
 * is not there at all, as after a disk was mounted elsewhere, only what has the same path in both; for all else its disk may come back.
 * null for a copy.
 */
export async function findMovedFromOtherRoot(context: LibraryContext, arrived: ArrivedFile): Promise<string | null> {
  for (const { fileId, pathBytes, rootBytes } of await findCandidates(context, arrived)) {
    if (await isThere(Buffer.from(joinPathBytes(rootBytes, pathBytes)))) continue;
    if (Buffer.from(pathBytes).equals(arrived.file.pathBytes) || (await holdsSomething(Buffer.from(rootBytes)))) return fileId;
  }
  return null;
}

async function findCandidates(context: LibraryContext, { rootId, file, sha256 }: ArrivedFile): Promise<Candidate[]> {
  const { libraryId } = context;
  const isSame =
    sha256 === null
      ? sql`file.kind = 'live' AND file.size = ${file.size} AND file.mtime_ns = ${file.mtimeNs}
          AND sha256(file.path_bytes) = sha256(${Buffer.from(file.pathBytes)}::bytea)`
      : sql`file.file_id IN (
          SELECT file_id FROM photo_files JOIN photos photo USING (photo_id)
          WHERE photo.library_id = ${libraryId} AND photo.sha256 = ${sha256} AND kind = 'original'
          UNION ALL SELECT file_id FROM photo_files WHERE library_id = ${libraryId} AND sha256 = ${sha256})`;
  const { rows } = await sql<Candidate>`
    SELECT file.file_id AS "fileId", file.path_bytes AS "pathBytes", root.path_bytes AS "rootBytes"
    FROM roots root JOIN photo_files file USING (root_id)
    WHERE root.library_id = ${libraryId} AND root_id <> ${rootId} AND ${isSame}
    ORDER BY sha256(file.path_bytes) <> sha256(${Buffer.from(file.pathBytes)}::bytea), file_id`.execute(context.db);
  return rows;
}

function isThere(path: Buffer): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
