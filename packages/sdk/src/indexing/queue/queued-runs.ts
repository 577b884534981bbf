import { type RawBuilder, sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import type { IndexPlan } from '../../model/index-plan.ts';
import type { LeftOutFiles } from '../../model/ingest-runs.ts';
import { canonicalJson } from '../../values/canonical-json.ts';

/** A run of a queue: what it makes of the files of which root. */
export interface QueuedRun {
  runId: string;
  plan: IndexPlan;
}

export async function readQueuedPlan(context: LibraryContext, runId: string): Promise<IndexPlan | null> {
  const { rows } = await sql<{ config: IndexPlan }>`
    SELECT config FROM ingest_runs WHERE run_id = ${runId} AND library_id = ${context.libraryId}`.execute(context.db);
  return rows[0]?.config ?? null;
}

/** Runs of a root whose files have all been enqueued, and that nobody has closed. */
export async function openRunsOf(context: LibraryContext, root: string): Promise<QueuedRun[]> {
  const { rows } = await sql<{ run_id: string; config: IndexPlan }>`
    SELECT run_id, config FROM ingest_runs
    WHERE library_id = ${context.libraryId} AND status = 'running' AND config ->> 'root' = ${root} AND counts ? 'queued'
    ORDER BY run_id`.execute(context.db);
  return rows.map((row) => ({ runId: row.run_id, plan: row.config }));
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

/** Keeps with a run what it met and did not take. */
export async function noteLeftOut(context: LibraryContext, runId: string, leftOut: readonly LeftOutFiles[]): Promise<void> {
  await sql`
    UPDATE ingest_runs SET left_out = ${canonicalJson(leftOut)}::jsonb
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
