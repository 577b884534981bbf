import { type RawBuilder, sql } from 'kysely';
import { NotFoundError } from '../errors/not-found-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { FileEvent, FileStory, Files } from '../model/files.ts';
import { isUuid } from '../values/is-uuid.ts';
import { joinPathBytes } from '../values/join-path-bytes.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';
import { explainFile } from './explain-file.ts';
import { isAtPaths } from './is-at-paths.ts';
import { verifyFiles } from './verify-files.ts';

/** Files per round trip. */
const BATCH = 1_000;

/** The files of a library's photos, with what became of them. */
export function createFiles(context: LibraryContext): Files {
  return {
    iterate: (options = {}) => iterateFiles(context, options),
    verify: (options = {}) => verifyFiles(context, options),
  };
}

type IterateOptions = NonNullable<Parameters<Files['iterate']>[0]>;

interface FileRow extends Omit<FileStory, 'absolutePath' | 'size' | 'events' | 'explanation'> {
  rootBytes: Uint8Array;
  pathBytes: Uint8Array;
  size: bigint;
  events: (Omit<FileEvent, 'at'> & { at: string })[];
}

async function* iterateFiles(context: LibraryContext, options: IterateOptions): AsyncGenerator<FileStory> {
  refuseUnknown<IterateOptions>(options, { photoId: true, paths: true, signal: true }, 'the options of files.iterate');
  const { photoId, signal } = options;
  if (photoId !== undefined && !isUuid(photoId)) throw new NotFoundError('photo', photoId);
  const conditions = [...(photoId === undefined ? [] : [sql`file.photo_id = ${photoId}`]), isAtPaths(options.paths)];
  for (const rootId of await rootsInOrder(context)) {
    for (let after: FileRow | null = null; ; ) {
      const rows: FileRow[] = await readFiles(context, { rootId, conditions, after }, signal);
      yield* rows.map(toStory);
      if (rows.length < BATCH) break;
      after = rows.at(-1)!;
    }
  }
}

async function rootsInOrder(context: LibraryContext): Promise<string[]> {
  const { rows } = await sql<{ rootId: string }>`
    SELECT root_id AS "rootId" FROM roots WHERE library_id = ${context.libraryId} ORDER BY label COLLATE "C", root_id`.execute(
    context.db,
  );
  return rows.map(({ rootId }) => rootId);
}

interface FilesToRead {
  rootId: string;
  conditions: readonly RawBuilder<unknown>[];
  after: FileRow | null;
}

/** The beginning of the path comes first because that is what the index photo_files_by_path_order holds; the order is that of the path. */
const ORDER = sql`left(file.path, 256) COLLATE "C", file.path COLLATE "C", file.file_id`;

async function readFiles(
  context: LibraryContext,
  { rootId, conditions, after }: FilesToRead,
  signal: AbortSignal | undefined,
): Promise<FileRow[]> {
  const later = after ? [sql`(${ORDER}) > (left(${after.path}, 256), ${after.path}, ${after.fileId}::uuid)`] : [];
  const condition = sql.join([sql`file.root_id = ${rootId}`, ...conditions, ...later], sql` AND `);
  const { rows } = await sql<FileRow>`
    WITH page AS (
      SELECT file.*, root.label, root.path_bytes AS root_bytes
      FROM photo_files file JOIN roots root USING (root_id)
      WHERE ${condition}
      ORDER BY ${ORDER} LIMIT ${BATCH}
    )
    SELECT file_id AS "fileId", photo_id AS "photoId", label AS root, path, root_bytes AS "rootBytes", path_bytes AS "pathBytes",
      size, mtime_ns AS "mtimeNs", kind, missing_since AS "missingSince", created_ts AS "addedAt",
      (SELECT picture_error FROM photos photo WHERE photo.photo_id = page.photo_id AND page.kind = 'original') AS "pictureError",
      ARRAY(
        SELECT rtrim(root.label, '/') || '/' || other.path FROM photo_files other JOIN roots root USING (root_id)
        WHERE other.photo_id = page.photo_id AND other.file_id <> page.file_id AND other.missing_since IS NULL
          AND other.kind = 'original' AND page.kind = 'original'
        ORDER BY 1
      ) AS copies,
      (
        SELECT coalesce(json_agg(json_build_object('kind', event.kind, 'otherPath', other_path, 'otherPhotoId', other_photo_id,
          'runId', run_id, 'at', event.created_ts) ORDER BY event.created_ts, event_id), '[]')
        FROM file_events event WHERE event.file_id = page.file_id
      ) AS events
    FROM page ORDER BY path COLLATE "C", file_id`.execute(context.db, {
    signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  return rows;
}

function toStory({ rootBytes, pathBytes, ...row }: FileRow): FileStory {
  const file = {
    ...row,
    absolutePath: joinPathBytes(rootBytes, pathBytes),
    size: Number(row.size),
    events: row.events.map((event) => ({ ...event, at: new Date(event.at) })),
  };
  return { ...file, explanation: explainFile(file) };
}
