import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import type { FileEventsTable } from '../../schema/tables.ts';
import { newId } from '../../values/new-id.ts';

/** A file as the library had it before a batch. */
export interface FileBefore {
  readonly fileId: string;
  readonly photoId: string;
  readonly missing: boolean;
}

/** A file that a batch wrote. */
export interface WrittenFile {
  readonly photoId: string;
  readonly rootId: string;
  /** Of the path below the root, as a bytea literal. */
  readonly pathBytes: string;
  /** null: the library had no file at this path. */
  readonly before: FileBefore | null;
  /** Absolute path that its row had, for one that was renamed to this one. */
  readonly movedFrom: string | null;
}

interface FileEvent {
  file_id: string;
  photo_id: string;
  kind: FileEventsTable['kind'];
  other_path?: string;
  other_photo_id?: string;
}

/**
 * Writes down what became of files, for whoever asks later why a photo lies where it does. A file that is found for the first time,
 * with content of its own, or again as it was, is no event. Whether a file was edited or replaced is told by what it shows: programs that edit write
 * another file and rename it, and what is copied over a file keeps its inode.
 *
 * @param laterStates by photo, those that are other states of it
 */
export async function recordFileEvents(
  context: LibraryContext,
  files: readonly WrittenFile[],
  runId: string | null,
  laterStates: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  const unknown = files.filter((file) => file.before === null || file.before.photoId !== file.photoId);
  const origins = await findOrigins(context, unknown);
  const events = files.flatMap((file): FileEvent[] => {
    const { photoId, before, movedFrom } = file;
    const origin = origins.get(placeOf(file));
    const fileId = before?.fileId ?? origin?.fileId;
    if (fileId === undefined) return [];
    const event = { file_id: fileId, photo_id: photoId };
    if (movedFrom !== null) return [{ ...event, kind: 'moved', other_path: movedFrom }];
    if (before === null) return origin?.copyOf ? [{ ...event, kind: 'copied', other_path: origin.copyOf }] : [];
    if (before.photoId === photoId) return before.missing ? [{ ...event, kind: 'restored' }] : [];
    if (laterStates.get(before.photoId)?.has(photoId)) return [{ ...event, kind: 'edited', other_photo_id: before.photoId }];
    return [{ ...event, kind: 'replaced', other_path: origin?.copyOf ?? undefined, other_photo_id: before.photoId }];
  });
  await writeEvents(context, events, runId);
}

/** Files that a complete run did not meet. */
export async function recordMissingFiles(
  context: LibraryContext,
  files: readonly { fileId: string; photoId: string }[],
  runId: string | null,
): Promise<void> {
  await writeEvents(
    context,
    files.map(({ fileId, photoId }) => ({ file_id: fileId, photo_id: photoId, kind: 'missing' })),
    runId,
  );
}

interface Origin {
  readonly fileId: string;
  /** Where the same content lay already; null when it is new. */
  readonly copyOf: string | null;
}

/** Of several files that came together, the first by path is the original. */
async function findOrigins(context: LibraryContext, files: readonly WrittenFile[]): Promise<Map<string, Origin>> {
  if (files.length === 0) return new Map();
  const places = JSON.stringify(
    files.map(({ rootId, pathBytes, before }) => ({ root_id: rootId, path_bytes: pathBytes, is_new: before === null })),
  );
  const { rows } = await sql<Origin & { rootId: string; pathBytes: Uint8Array }>`
    SELECT file.file_id AS "fileId", file.root_id AS "rootId", file.path_bytes AS "pathBytes", (
      SELECT rtrim(root.label, '/') || '/' || other.path FROM photo_files other JOIN roots root USING (root_id)
      WHERE other.photo_id = file.photo_id AND other.file_id <> file.file_id AND other.missing_since IS NULL
        AND other.kind = 'original' AND file.kind = 'original'
        AND (NOT is_new OR (other.created_ts, other.path COLLATE "C") < (file.created_ts, file.path))
      ORDER BY other.created_ts, other.path COLLATE "C" LIMIT 1
    ) AS "copyOf"
    FROM jsonb_to_recordset(${places}::jsonb) AS place (root_id uuid, path_bytes bytea, is_new boolean)
    JOIN photo_files file ON file.root_id = place.root_id AND sha256(file.path_bytes) = sha256(place.path_bytes)`.execute(
    context.db,
  );
  return new Map(rows.map((row) => [placeOf({ ...row, pathBytes: `\\x${Buffer.from(row.pathBytes).toString('hex')}` }), row]));
}

function placeOf({ rootId, pathBytes }: { rootId: string; pathBytes: string }): string {
  return `${rootId} ${pathBytes}`;
}

async function writeEvents(context: LibraryContext, events: readonly FileEvent[], runId: string | null): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({ ...event, event_id: newId(), library_id: context.libraryId, run_id: runId }));
  await sql`
    INSERT INTO file_events (event_id, library_id, file_id, photo_id, kind, other_path, other_photo_id, run_id)
    SELECT event_id, library_id, file_id, photo_id, kind, other_path, other_photo_id, run_id
    FROM jsonb_populate_recordset(NULL::file_events, ${JSON.stringify(rows)}::jsonb)`.execute(context.db);
}
