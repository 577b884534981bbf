import { type RawBuilder, sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import { canonicalJson } from '../../values/canonical-json.ts';

/** What the runs of a root ask of the workers, as their config says it. */
export interface QueuedConfig {
  root: string;
  exif: boolean;
  dateRules: object | null;
  places: boolean;
  regions: boolean;
  /** Crops of faces, which are rows. */
  thumbnails: boolean;
  /** Thumbnails of photos, which are files. */
  rendersThumbnails: boolean;
  faces: boolean;
  acceptMissing: boolean;
  /** Tells the runs of several workers from those of one process. */
  workers: true;
}

export async function readQueuedConfig(context: LibraryContext, runId: string): Promise<QueuedConfig | null> {
  const { rows } = await sql<{ config: QueuedConfig }>`
    SELECT config FROM ingest_runs WHERE run_id = ${runId} AND library_id = ${context.libraryId}`.execute(context.db);
  return rows[0]?.config ?? null;
}

/** Runs of a root whose files have all been enqueued, and that nobody has closed. */
export async function openRunsOf(context: LibraryContext, root: string): Promise<{ runId: string; config: QueuedConfig }[]> {
  const { rows } = await sql<{ run_id: string; config: QueuedConfig }>`
    SELECT run_id, config FROM ingest_runs
    WHERE library_id = ${context.libraryId} AND status = 'running' AND config ->> 'root' = ${root} AND counts ? 'queued'
    ORDER BY run_id`.execute(context.db);
  return rows.map((row) => ({ runId: row.run_id, config: row.config }));
}

/** Adds what one worker did to the counts of the run, and the milliseconds that it took by stage. */
export async function addToRun(
  context: LibraryContext,
  runId: string,
  counts: Record<string, number>,
  stageMillis: Record<string, number> = {},
): Promise<void> {
  await sql`
    UPDATE ingest_runs SET seen_ts = now(), counts = ${withAdded('counts', counts)}, stage_millis = ${withAdded('stage_millis', stageMillis)}
    WHERE run_id = ${runId} AND library_id = ${context.libraryId}`.execute(context.db);
}

function withAdded(column: string, added: Record<string, number>): RawBuilder<unknown> {
  const stored = sql.ref(column);
  return sql`${stored} || (
    SELECT coalesce(jsonb_object_agg(key, value::bigint + coalesce((${stored} ->> key)::bigint, 0)), '{}')
    FROM jsonb_each_text(${canonicalJson(added)}::jsonb))`;
}

/**
 * Closes a run. What it made is counted in the rows themselves: a worker that was killed between a save and its count has done the one
 * and not the other.
 */
export async function closeQueuedRun(context: LibraryContext, runId: string, missing: number): Promise<void> {
  await sql`
    UPDATE ingest_runs run SET status = 'finished', finished_ts = now(), seen_ts = now(), counts = counts || jsonb_build_object(
      'created', (SELECT count(*) FROM photos photo WHERE photo.run_id = run.run_id),
      'faces', (SELECT count(*) FROM faces face WHERE face.run_id = run.run_id AND face.source = 'detected'),
      'missing', ${missing}::int)
    WHERE run_id = ${runId} AND library_id = ${context.libraryId}`.execute(context.db);
}
