import { sql } from 'kysely';
import type { LibraryContext } from '../library-context.ts';
import { newId } from '../new-id.ts';
import { byteaLiteral, type PreparedFile } from './prepare-photo.ts';
import { saveRoots } from './save-roots.ts';

export interface FileOfPhoto {
  photoId: string;
  file: PreparedFile;
  /** The file row that was renamed to this one, as far as its finder could tell. */
  movedFromFileId?: string | null;
}

export interface UpsertedFiles {
  /** Photos whose files changed: by a new, moved or returned file. */
  changed: Set<string>;
  /** Photos that lost a file, because its path now has other content. */
  displaced: Set<string>;
}

/** Writes where photos are found. A path that held another photo now holds this one; a moved file keeps its row. */
export async function upsertFiles(
  context: LibraryContext,
  files: readonly FileOfPhoto[],
  runId: string | null,
): Promise<UpsertedFiles> {
  const roots = await saveRoots(
    context,
    files.map(({ file }) => file.root),
  );
  const rowsByPath = new Map<string, Record<string, unknown> & { photo_id: string }>();
  for (const { photoId, file } of files) {
    const row = fileRow(context, roots.get(file.root)!, photoId, file, runId);
    rowsByPath.set(`${row.root_id} ${row.path_bytes}`, row);
  }
  const moves = files.filter((file) => file.movedFromFileId);
  for (const { movedFromFileId, file } of moves) {
    const rootId = roots.get(file.root)!;
    await sql`
      UPDATE photo_files SET path_bytes = ${file.pathBytes}, path = ${file.path}
      WHERE file_id = ${movedFromFileId!} AND root_id = ${rootId} AND NOT EXISTS (
        SELECT FROM photo_files taken
        WHERE taken.root_id = ${rootId} AND sha256(taken.path_bytes) = sha256(${file.pathBytes}::bytea))`.execute(context.db);
  }
  const rows = [...rowsByPath.values()];
  const incoming = JSON.stringify(rows);
  const before = await sql<{ root_id: string; path_bytes: Uint8Array; photo_id: string; missing: boolean }>`
    SELECT stored.root_id, stored.path_bytes, stored.photo_id, stored.missing_since IS NOT NULL AS missing
    FROM jsonb_populate_recordset(NULL::photo_files, ${incoming}::jsonb) AS incoming
    JOIN photo_files AS stored ON stored.root_id = incoming.root_id AND sha256(stored.path_bytes) = sha256(incoming.path_bytes)`.execute(
    context.db,
  );
  await sql`
    INSERT INTO photo_files (file_id, library_id, photo_id, root_id, path_bytes, path, size, mtime_ns, inode, kind, seen_run)
    SELECT file_id, library_id, photo_id, root_id, path_bytes, path, size, mtime_ns, inode, kind, seen_run
    FROM jsonb_populate_recordset(NULL::photo_files, ${incoming}::jsonb)
    ORDER BY root_id, path_bytes
    ON CONFLICT (root_id, sha256(path_bytes)) DO UPDATE SET
      photo_id = excluded.photo_id, path = excluded.path, size = excluded.size, mtime_ns = excluded.mtime_ns,
      inode = excluded.inode, kind = excluded.kind, seen_run = coalesce(excluded.seen_run, photo_files.seen_run),
      missing_since = NULL`.execute(context.db);

  const known = new Map(before.rows.map((row) => [`${row.root_id} ${byteaLiteral(row.path_bytes)}`, row]));
  const result: UpsertedFiles = { changed: new Set(moves.map((move) => move.photoId)), displaced: new Set() };
  for (const [path, row] of rowsByPath) {
    const stored = known.get(path);
    if (!stored || stored.missing || stored.photo_id !== row.photo_id) result.changed.add(row.photo_id);
    if (stored && stored.photo_id !== row.photo_id) result.displaced.add(stored.photo_id);
  }
  return result;
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
    kind: file.kind,
    seen_run: runId,
  };
}
