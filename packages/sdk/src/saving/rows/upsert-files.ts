import { join } from 'node:path';
import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import { byteaLiteral } from '../../values/bytea-literal.ts';
import { newId } from '../../values/new-id.ts';
import type { PreparedFile } from './prepare-photo.ts';
import { type FileBefore, recordFileEvents } from './record-file-events.ts';
import { saveRoots } from './save-roots.ts';

export interface FileOfPhoto {
  photoId: string;
  file: PreparedFile;
  /** The file row that was renamed to this one, as far as its finder could tell. */
  movedFromFileId?: string | null;
  /** Of a RAW file beside the picture, whose hash is not the photo's. */
  sha256?: Uint8Array | null;
  /** Whether somebody looked into its metadata. */
  isRead?: boolean;
  /** Faces that it or its sidecars name; null or left out: not read. */
  regions?: readonly object[] | null;
}

export interface UpsertedFiles {
  /** Of each file that was given: its id, and whether the library knew it as one of this photo. */
  files: Map<FileOfPhoto, { fileId: string; wasThere: boolean }>;
  /** Photos whose files changed: by a new, moved or returned file. */
  changed: Set<string>;
  /** Photos that lost a file, because its path now has other content. */
  displaced: Set<string>;
}

/**
 * Writes where photos are found. A path that held another photo now holds this one; a moved file keeps its row.
 *
 * @param laterStates by photo, those that are other states of it
 */
export async function upsertFiles(
  context: LibraryContext,
  files: readonly FileOfPhoto[],
  runId: string | null,
  laterStates: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): Promise<UpsertedFiles> {
  const roots = await saveRoots(
    context,
    files.map(({ file }) => file.root),
  );
  const rowsByPath = new Map<string, ReturnType<typeof fileRow> & FileDetails>();
  for (const { photoId, file, sha256, isRead = false, regions = null } of files) {
    const row = {
      ...fileRow(context, roots.get(file.root)!, photoId, file, runId),
      sha256: sha256 ? byteaLiteral(sha256) : null,
      reread: file.kind === 'original' && !isRead,
      regions,
    };
    rowsByPath.set(placeOf(row.root_id, file.pathBytes), row);
  }
  // A row that this run has placed already is not moved once more: two workers may have found the same one for two copies of a photo.
  const moves = files.filter((file) => file.movedFromFileId);
  const movedFrom = new Map<string, string>();
  for (const { movedFromFileId, file } of moves) {
    const rootId = roots.get(file.root)!;
    const { rows } = await sql<{ root: string; path: string }>`
      WITH earlier AS (SELECT file_id, label AS root, path FROM photo_files JOIN roots USING (root_id) WHERE file_id = ${movedFromFileId!})
      UPDATE photo_files SET root_id = ${rootId}, path_bytes = ${file.pathBytes}, path = ${file.path}
      FROM earlier
      WHERE photo_files.file_id = earlier.file_id
        AND (${runId}::uuid IS NULL OR photo_files.seen_run IS DISTINCT FROM ${runId}::uuid) AND NOT EXISTS (
        SELECT FROM photo_files taken
        WHERE taken.root_id = ${rootId} AND sha256(taken.path_bytes) = sha256(${file.pathBytes}::bytea))
      RETURNING earlier.root, earlier.path`.execute(context.db);
    if (rows[0]) movedFrom.set(placeOf(rootId, file.pathBytes), join(rows[0].root, rows[0].path));
  }
  const rows = [...rowsByPath.values()];
  const incoming = JSON.stringify(rows);
  const before = await sql<FileBefore & { rootId: string; pathBytes: Uint8Array }>`
    SELECT stored.root_id AS "rootId", stored.path_bytes AS "pathBytes", stored.file_id AS "fileId",
      stored.photo_id AS "photoId", stored.missing_since IS NOT NULL AS missing
    FROM jsonb_populate_recordset(NULL::photo_files, ${incoming}::jsonb) AS incoming
    JOIN photo_files AS stored ON stored.root_id = incoming.root_id AND sha256(stored.path_bytes) = sha256(incoming.path_bytes)`.execute(
    context.db,
  );
  const stored = await sql<{ fileId: string; rootId: string; pathBytes: Uint8Array }>`
    INSERT INTO photo_files (file_id, library_id, photo_id, root_id, path_bytes, path, size, mtime_ns, inode, ctime_ns, fingerprint, kind, sha256, seen_run, reread, regions)
    SELECT file_id, library_id, photo_id, root_id, path_bytes, path, size, mtime_ns, inode, ctime_ns, fingerprint, kind, sha256, seen_run, reread, regions
    FROM jsonb_populate_recordset(NULL::photo_files, ${incoming}::jsonb)
    ORDER BY root_id, path_bytes
    ON CONFLICT (root_id, sha256(path_bytes)) DO UPDATE SET
      photo_id = excluded.photo_id, path = excluded.path, size = excluded.size, mtime_ns = excluded.mtime_ns,
      inode = excluded.inode, ctime_ns = excluded.ctime_ns, fingerprint = excluded.fingerprint, kind = excluded.kind, sha256 = excluded.sha256, seen_run = coalesce(excluded.seen_run, photo_files.seen_run),
      missing_since = NULL, reread = photo_files.reread AND excluded.reread,
      regions = CASE WHEN photo_files.photo_id = excluded.photo_id THEN coalesce(excluded.regions, photo_files.regions) ELSE excluded.regions END
    RETURNING file_id AS "fileId", root_id AS "rootId", path_bytes AS "pathBytes"`.execute(context.db);
  const fileIds = new Map(stored.rows.map((row) => [placeOf(row.rootId, row.pathBytes), row.fileId]));

  const known = new Map(before.rows.map((row) => [placeOf(row.rootId, row.pathBytes), row]));
  const written = [...rowsByPath].map(([place, row]) => ({
    photoId: row.photo_id,
    rootId: row.root_id,
    pathBytes: row.path_bytes,
    before: known.get(place) ?? null,
    movedFrom: movedFrom.get(place) ?? null,
  }));
  await recordFileEvents(context, written, runId, laterStates);
  const result: UpsertedFiles = {
    files: new Map(
      files.map((given) => {
        const place = placeOf(roots.get(given.file.root)!, given.file.pathBytes);
        return [given, { fileId: fileIds.get(place)!, wasThere: known.get(place)?.photoId === given.photoId }];
      }),
    ),
    changed: new Set(moves.map((move) => move.photoId)),
    displaced: new Set(),
  };
  for (const [path, row] of rowsByPath) {
    const stored = known.get(path);
    if (!stored || stored.missing || stored.photoId !== row.photo_id) result.changed.add(row.photo_id);
    if (stored && stored.photoId !== row.photo_id) result.displaced.add(stored.photoId);
  }
  return result;
}

interface FileDetails {
  sha256: string | null;
  reread: boolean;
  regions: readonly object[] | null;
}

function placeOf(rootId: string, pathBytes: Uint8Array): string {
  return `${rootId} ${byteaLiteral(pathBytes)}`;
}

function fileRow(context: LibraryContext, rootId: string, photoId: string, file: PreparedFile, runId: string | null) {
  return {
    file_id: newId(),
    library_id: context.libraryId,
    photo_id: photoId,
    root_id: rootId,
    path_bytes: byteaLiteral(file.pathBytes),
    path: file.path,
    size: String(file.size),
    mtime_ns: file.mtimeNs.toString(),
    inode: file.inode.toString(),
    ctime_ns: file.ctimeNs?.toString(),
    fingerprint: file.fingerprint?.toString(),
    kind: file.kind,
    seen_run: runId,
  };
}
