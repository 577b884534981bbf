import { type RawBuilder, sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import { byteaLiteral } from '../values/bytea-literal.ts';
import type { FileKind, KnownFileRow } from './known-file-table.ts';

/** What a run is asked to know of every photo. */
export interface WantedFacts {
  exif: boolean;
  faces: boolean;
  crops: boolean;
  regions: boolean;
  /** The date rules by which the time is to be chosen, as `hashOfRules` tells them; left out: any. */
  rules?: string | null;
}

/** Why a picture was not seen that another run may see. */
const DECODER_MISSING = 'DECODER_MISSING';

/** Rows per query while loading. */
const PAGE = 5_000;

/** Reads what is known of the files of a root, page by page, as far as they meet a condition on `file` and `photo`. */
export async function* readKnownFiles(
  { db }: LibraryContext,
  { rootId, wanted, condition }: { rootId: string; wanted: WantedFacts; condition: RawBuilder<unknown> },
): AsyncGenerator<KnownFileRow[]> {
  let after: string | undefined = '00000000-0000-0000-0000-000000000000';
  while (after !== undefined) {
    const { rows }: { rows: StoredFile[] } = await sql<StoredFile>`
      SELECT file.file_id, file.kind, file.path_bytes, file.size, file.mtime_ns, file.inode, file.ctime_ns, file.fingerprint, file.missing_since IS NOT NULL AS missing,
        CASE WHEN file.kind = 'original' THEN photo.sha256 ELSE file.sha256 END AS sha256,
        photo.phash IS NOT NULL AS has_look, photo.picture_error IS NOT DISTINCT FROM ${DECODER_MISSING} AS undecoded,
        CASE photo.picture_error WHEN ${DECODER_MISSING} THEN ${isComplete({ ...wanted, faces: false })} ELSE ${isComplete(wanted)} END
          AND NOT (file.reread AND ${wanted.exif}) AS complete
      FROM photo_files file JOIN photos photo USING (photo_id)
      WHERE file.root_id = ${rootId} AND file.file_id > ${after} AND ${condition}
      ORDER BY file.file_id LIMIT ${PAGE}`.execute(db);
    yield rows.map(toRow);
    after = rows.length < PAGE ? undefined : rows.at(-1)?.file_id;
  }
}

interface StoredFile {
  file_id: string;
  kind: FileKind;
  path_bytes: Uint8Array;
  size: bigint;
  mtime_ns: bigint;
  inode: string;
  ctime_ns: bigint | null;
  fingerprint: bigint | null;
  missing: boolean;
  sha256: Uint8Array | null;
  has_look: boolean;
  undecoded: boolean;
  complete: boolean;
}

function toRow(file: StoredFile): KnownFileRow {
  const { file_id: fileId, kind, mtime_ns: mtimeNs, ctime_ns: ctimeNs, fingerprint, missing, sha256, complete } = file;
  const { has_look: hasLook, undecoded } = file;
  const [key, size, inode] = [keyOf(file.path_bytes), Number(file.size), BigInt(file.inode)];
  return { fileId, key, kind, size, mtimeNs, inode, ctimeNs, fingerprint, missing, sha256, complete, hasLook, undecoded };
}

/** Through the photos that have it, which an index finds. */
export function hasContent({ libraryId }: LibraryContext, sha256: Uint8Array): RawBuilder<unknown> {
  return sql`(photo.sha256 = ${sha256} OR file.sha256 = ${sha256}) AND file.photo_id IN (
    SELECT photo_id FROM photos WHERE library_id = ${libraryId} AND sha256 = ${sha256}
    UNION ALL SELECT photo_id FROM photo_files WHERE library_id = ${libraryId} AND sha256 = ${sha256})`;
}

/** A photo is complete when every fact wanted was read at some time. Without EXIF, a photo that was read for it has an empty object. */
export function isComplete(wanted: WantedFacts): RawBuilder<boolean> {
  const conditions = [sql`true`];
  if (wanted.exif) conditions.push(sql`photo.exif IS NOT NULL`);
  if (wanted.exif && wanted.rules !== undefined) conditions.push(sql`photo.shot_rules IS NOT DISTINCT FROM ${wanted.rules}`);
  if (wanted.faces) conditions.push(sql`photo.faces_detected_ts IS NOT NULL`);
  if (wanted.faces && wanted.regions) conditions.push(sql`photo.regions_read_ts IS NOT NULL`);
  // Runs of older versions say it in `thumbnails`.
  if (wanted.faces && wanted.crops) {
    conditions.push(sql`NOT EXISTS (
      SELECT FROM faces face JOIN ingest_runs run USING (run_id)
      WHERE face.photo_id = photo.photo_id AND face.source = 'detected' AND face.bitmap IS NULL
        AND coalesce(run.config #> '{faces,crops}', run.config -> 'thumbnails') IS DISTINCT FROM 'true'::jsonb)`);
  }
  return sql<boolean>`(${sql.join(conditions, sql` AND `)})`;
}

export function isUnder(folder: Uint8Array = new Uint8Array()): RawBuilder<unknown> {
  if (folder.length === 0) return sql`true`;
  const prefix = Buffer.concat([folder, Buffer.from('/')]);
  return sql`substring(file.path_bytes FROM 1 FOR ${folder.length + 1}) = ${prefix}::bytea`;
}

export function isAtOneOf(paths: readonly Uint8Array[]): RawBuilder<unknown> {
  const literals = JSON.stringify(paths.map(byteaLiteral));
  return sql`sha256(file.path_bytes) IN (SELECT sha256(value::bytea) FROM jsonb_array_elements_text(${literals}::jsonb))`;
}

/** Bytes as a map key: one character a byte. */
export function keyOf(pathBytes: Uint8Array): string {
  return Buffer.from(pathBytes).toString('latin1');
}
