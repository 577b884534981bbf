import { sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { IngestFileError, IngestRuns } from '../model/ingest-runs.ts';
import { canonicalJson, hashOfJson } from '../values/canonical-json.ts';
import { isUuid } from '../values/is-uuid.ts';
import { newId } from '../values/new-id.ts';
import { refuseUnknown, takingOptions } from '../values/refuse-unknown.ts';

type FinishOptions = Parameters<IngestRuns['finish']>[1];
type ErrorsOptions = NonNullable<Parameters<IngestRuns['errors']>[0]>;

const DEFAULT_RUNS = 20;
/** A run that works says so at least every few seconds; this long it is silent only when it is dead, or has nothing new to save. */
const SILENT_MINUTES = 10;

/** What was done to fill the library, and what failed. */
export function createIngestRuns(context: LibraryContext): IngestRuns {
  return {
    start: takingOptions('runs.start', { config: true, versions: true }, async ({ config, versions }) => {
      await closeDeadRuns(context);
      const runId = newId();
      const configHash = hashOfJson(config);
      await context.db
        .insertInto('ingest_runs')
        .values({
          run_id: runId,
          library_id: context.libraryId,
          config: canonicalJson(config),
          config_hash: configHash,
          versions: canonicalJson(versions),
        })
        .execute();
      return { runId, configHash };
    }),

    async finish(runId, options) {
      refuseUnknown<FinishOptions>(
        options,
        { status: true, counts: true, stageMillis: true, leftOut: true },
        'the options of runs.finish',
      );
      const { status, counts, stageMillis = {}, leftOut = null } = options;
      const result = await context.db
        .updateTable('ingest_runs')
        .set({
          status,
          counts: canonicalJson(counts),
          stage_millis: canonicalJson(stageMillis),
          left_out: leftOut && canonicalJson(leftOut),
          finished_ts: sql`now()`,
        })
        .where('run_id', '=', isUuid(runId) ? runId : notFound(runId))
        .where('library_id', '=', context.libraryId)
        .executeTakeFirst();
      if (result.numUpdatedRows === 0n) notFound(runId);
    },

    async list(options = {}) {
      refuseUnknown<{ limit?: number }>(options, { limit: true }, 'the options of runs.list');
      const { limit = DEFAULT_RUNS } = options;
      if (!Number.isInteger(limit) || limit < 1) throw InvalidInputError.expected('a whole number from 1', 'limit', limit);
      const rows = await context.db
        .selectFrom('ingest_runs')
        .selectAll()
        .where('library_id', '=', context.libraryId)
        .orderBy('run_id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        runId: row.run_id,
        configHash: row.config_hash,
        config: row.config,
        versions: row.versions,
        status: row.status,
        counts: row.counts,
        stageMillis: row.stage_millis,
        leftOut: row.left_out,
        startedAt: row.started_ts,
        finishedAt: row.finished_ts,
      }));
    },

    async errors(options = {}) {
      refuseUnknown<ErrorsOptions>(options, { runId: true, unresolved: true }, 'the options of runs.errors');
      return listErrors(context, options);
    },
  };
}

/** A run that was killed cannot say so. One that waits for workers may wait for as long as it takes. */
async function closeDeadRuns(context: LibraryContext): Promise<void> {
  await context.db
    .updateTable('ingest_runs')
    .set({ status: 'interrupted', finished_ts: sql<Date>`seen_ts` })
    .where('library_id', '=', context.libraryId)
    .where('status', '=', 'running')
    .where(sql<boolean>`NOT counts ? 'queued'`)
    .where('seen_ts', '<', sql<Date>`now() - make_interval(mins => ${SILENT_MINUTES})`)
    .execute();
}

/** Says that the run is alive, and how far it got; counts that are not named stay. */
export async function touchRun(context: LibraryContext, runId: string, counts: Record<string, number>): Promise<void> {
  await context.db
    .updateTable('ingest_runs')
    .set({ counts: sql`counts || ${canonicalJson(counts)}::jsonb`, seen_ts: sql<Date>`now()` })
    .where('run_id', '=', runId)
    .execute();
}

async function listErrors(context: LibraryContext, options: ErrorsOptions): Promise<IngestFileError[]> {
  const rows = await context.db
    .selectFrom('ingest_errors')
    .innerJoin('roots', 'roots.root_id', 'ingest_errors.root_id')
    .select(['label', 'path', 'stage', 'code', 'message', 'attempts', 'last_ts'])
    .where('ingest_errors.library_id', '=', context.libraryId)
    .$if(options.runId !== undefined, (query) =>
      query.where('run_id', '=', isUuid(options.runId) ? options.runId : notFound(options.runId!)),
    )
    .$if(options.unresolved === true, (query) => query.where('resolved_ts', 'is', null))
    .orderBy('last_ts', 'desc')
    .orderBy('error_id', 'desc')
    .execute();
  return rows.map(({ label, last_ts, ...row }) => ({ root: label, ...row, lastAt: last_ts }));
}

function notFound(runId: string): never {
  throw new NotFoundError('run', runId);
}
