import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import { byteaLiteral } from '../values/bytea-literal.ts';
import { newId } from '../values/new-id.ts';
import { cleanText } from '../values/sanitise.ts';

export interface FailedFile {
  rootId: string;
  path: string;
  pathBytes: Uint8Array;
  size: number | null;
  mtimeNs: bigint | null;
  stage: string;
  code: string;
  message: string;
  retryable: boolean;
}

/** Records failures; a file that failed before gets one attempt more. Returns the attempts of each. */
export async function recordIngestErrors(
  context: LibraryContext,
  runId: string,
  failed: readonly FailedFile[],
): Promise<number[]> {
  if (failed.length === 0) return [];
  const rows = failed.map((file) => ({
    error_id: newId(),
    library_id: context.libraryId,
    run_id: runId,
    root_id: file.rootId,
    path_bytes: byteaLiteral(file.pathBytes),
    path: cleanText(file.path) ?? '.',
    size: file.size,
    mtime_ns: file.mtimeNs?.toString() ?? null,
    stage: file.stage,
    code: file.code,
    message: cleanText(file.message) ?? file.code,
    retryable: file.retryable,
  }));
  const unique = [...new Map(rows.map((row) => [`${row.root_id} ${row.path_bytes}`, row])).values()];
  const result = await sql<{ path_bytes: Uint8Array; attempts: number }>`
    INSERT INTO ingest_errors (error_id, library_id, run_id, root_id, path_bytes, path, size, mtime_ns, stage, code, message, retryable)
    SELECT error_id, library_id, run_id, root_id, path_bytes, path, size, mtime_ns, stage, code, message, retryable
    FROM jsonb_populate_recordset(NULL::ingest_errors, ${JSON.stringify(unique)}::jsonb)
    ON CONFLICT (root_id, sha256(path_bytes)) DO UPDATE SET
      run_id = excluded.run_id, path = excluded.path, size = excluded.size, mtime_ns = excluded.mtime_ns, stage = excluded.stage,
      code = excluded.code, message = excluded.message, retryable = excluded.retryable, last_ts = now(), resolved_ts = NULL,
      attempts = CASE WHEN ingest_errors.resolved_ts IS NULL THEN ingest_errors.attempts + 1 ELSE 1 END
    RETURNING path_bytes, attempts`.execute(context.db);
  const attempts = new Map(result.rows.map((row) => [byteaLiteral(row.path_bytes), row.attempts]));
  return rows.map((row) => attempts.get(row.path_bytes) ?? 1);
}

/**
 * Marks the failures of files that work now as resolved.
 *
 * @param exceptOf a run whose failures stay
 */
export async function resolveIngestErrors(
  context: LibraryContext,
  rootId: string,
  paths: readonly Uint8Array[],
  exceptOf: string | null = null,
): Promise<void> {
  if (paths.length === 0) return;
  await sql`
    UPDATE ingest_errors SET resolved_ts = now()
    FROM jsonb_array_elements_text(${JSON.stringify(paths.map(byteaLiteral))}::jsonb) AS works (path)
    WHERE root_id = ${rootId} AND resolved_ts IS NULL AND run_id IS DISTINCT FROM ${exceptOf}::uuid
      AND sha256(ingest_errors.path_bytes) = sha256(works.path::bytea)`.execute(context.db);
}
