import { createHash } from 'node:crypto';
import { type BigIntStats, createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { VerifiedFile, VerifyFilesOptions } from '../model/files.ts';
import { joinPathBytes } from '../values/join-path-bytes.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';
import { isAtPaths } from './is-at-paths.ts';

/** Files per round trip. */
const BATCH = 500;
const CHUNK_BYTES = 1024 * 1024;

interface FileToVerify {
  fileId: string;
  photoId: string;
  root: string;
  path: string;
  rootBytes: Uint8Array;
  pathBytes: Uint8Array;
  size: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint | null;
  inode: string;
  sha256: Uint8Array;
}

/** Reads files that should be there and compares their contents with what was indexed. */
export async function* verifyFiles(context: LibraryContext, options: VerifyFilesOptions): AsyncGenerator<VerifiedFile> {
  refuseUnknown<VerifyFilesOptions>(options, { paths: true, sample: true, signal: true }, 'the options of files.verify');
  const { paths, sample, signal } = options;
  if (sample !== undefined && !(Number.isInteger(sample) && sample > 0)) {
    throw InvalidInputError.expected('a whole number from 1', 'sample', sample);
  }
  const chosen = sample === undefined ? null : await drawSample(context, paths, sample);
  for (let last = '00000000-0000-0000-0000-000000000000'; ; ) {
    const files = await readFiles(context, { paths, chosen, last }, signal);
    for (const file of files) {
      signal?.throwIfAborted();
      yield await verify(file, signal);
    }
    if (files.length < BATCH) return;
    last = files.at(-1)!.fileId;
  }
}

const HAS_CONTENT = sql`file.kind IN ('original', 'raw') AND file.missing_since IS NULL`;

async function drawSample(context: LibraryContext, paths: readonly string[] | undefined, sample: number): Promise<string[]> {
  const { rows } = await sql<{ fileId: string }>`
    SELECT file_id AS "fileId" FROM photo_files file JOIN roots root USING (root_id)
    WHERE file.library_id = ${context.libraryId} AND ${HAS_CONTENT} AND ${isAtPaths(paths)} ORDER BY random() LIMIT ${sample}`.execute(
    context.db,
  );
  return rows.map(({ fileId }) => fileId);
}

async function readFiles(
  context: LibraryContext,
  { paths, chosen, last }: { paths: readonly string[] | undefined; chosen: readonly string[] | null; last: string },
  signal: AbortSignal | undefined,
): Promise<FileToVerify[]> {
  const { rows } = await sql<FileToVerify>`
    SELECT file_id AS "fileId", file.photo_id AS "photoId", label AS root, file.path, root.path_bytes AS "rootBytes",
      file.path_bytes AS "pathBytes", file.size, file.mtime_ns AS "mtimeNs", file.ctime_ns AS "ctimeNs", file.inode,
      CASE file.kind WHEN 'original' THEN photo.sha256 ELSE file.sha256 END AS sha256
    FROM photo_files file JOIN roots root USING (root_id) JOIN photos photo ON photo.photo_id = file.photo_id
    WHERE file.library_id = ${context.libraryId} AND ${HAS_CONTENT} AND file.file_id > ${last}
      AND ${chosen === null ? isAtPaths(paths) : sql`file.file_id = ANY (${chosen}::uuid[])`}
    ORDER BY file_id LIMIT ${BATCH}`.execute(context.db, { signal, inflightQueryAbortStrategy: 'cancel query' });
  return rows;
}

async function verify(file: FileToVerify, signal: AbortSignal | undefined): Promise<VerifiedFile> {
  const { fileId, photoId, root, path, sha256 } = file;
  const absolutePath = joinPathBytes(file.rootBytes, file.pathBytes);
  const found = { fileId, photoId, root, path, absolutePath };
  try {
    const hash = createHash('sha256');
    await pipeline(createReadStream(Buffer.from(absolutePath), { highWaterMark: CHUNK_BYTES }), hash, { signal });
    if (hash.digest().equals(sha256)) return { ...found, state: 'intact', reason: null };
    return { ...found, ...explainDifference(file, await stat(Buffer.from(absolutePath), { bigint: true })) };
  } catch (error) {
    signal?.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return {
        ...found,
        state: 'missing',
        reason: 'It is not there: run ingest again if it was moved or deleted, or mount its disk.',
      };
    return { ...found, state: 'unreadable', reason: message };
  }
}

/** A disk that loses bits, and a program that hides its traces, change the content alone. */
function explainDifference(
  { size, mtimeNs, ctimeNs, inode }: FileToVerify,
  now: BigIntStats,
): Pick<VerifiedFile, 'state' | 'reason'> {
  const isTouched =
    now.size !== size || now.mtimeNs > mtimeNs || (ctimeNs !== null && now.ino === BigInt(inode) && now.ctimeNs > ctimeNs);
  if (isTouched) return { state: 'changed', reason: 'It was changed since it was indexed: run ingest again.' };
  return {
    state: 'damaged',
    reason: 'Its content differs from what was indexed, though nobody seems to have written to it: compare it with a backup.',
  };
}
