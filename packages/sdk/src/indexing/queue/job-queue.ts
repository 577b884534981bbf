import type { JobWithMetadata, PgBoss } from 'pg-boss';
import { translateDatabaseError } from '../../database/common/database-error.ts';
import { serverUrlOf } from '../../database/server/open-server-database.ts';
import { QueueNeedsServerError } from '../../errors/queue-errors.ts';
import type { LibraryContext } from '../../library/library-context.ts';

const SCHEMA = 'photoorg_queue';
/** Beside the library's own connections: one at work, one that looks after dead workers. */
const CONNECTIONS = 2;
/** A file whose worker died once more than this is at fault itself. */
export const RETRIES = 2;
/** Nobody works on one batch for longer; the heartbeat finds dead workers much earlier. pg-boss allows less than a day. */
const EXPIRE_SECONDS = 12 * 3_600;
/** Work that nobody has done for a year is still to be done. pg-boss would forget it after two weeks. */
const RETENTION_SECONDS = 366 * 86_400;
const SUPERVISE_SECONDS = 10;
/** A worker that has said nothing for this long is taken for dead, and others do its work. pg-boss wants at least 10. */
const HEARTBEAT_SECONDS = 20;
const HEARTBEAT_EVERY_MILLIS = 5_000;
/** The one job of a root that is no file: it closes the run. */
const FINISH_KEY = 'finish';
const FILE_PRIORITY = 0;
/** Files that want faces go first to those who can look for them; the others are left to any worker. */
const FACES_PRIORITY = 1;
const FINISH_PRIORITY = -1;
/** States are ordered: created, retry and active come before completed. */
const IS_OPEN = "state < 'completed'";
/** How long files that this worker cannot do are kept from it. */
const FOR_OTHERS_SECONDS = 10;
/** Between two looks whether the last files are done. */
const FINISH_AGAIN_SECONDS = 2;

/** One file to index, or with no path the end of the run. */
interface JobData {
  runId: string;
  /** Path relative to the root, in base64: names need not be UTF-8. */
  path?: string;
}

export interface FileJob {
  job: JobWithMetadata<JobData>;
  runId: string;
  pathBytes: Uint8Array;
}

export type FinishJob = JobWithMetadata<JobData>;

/**
 * The work on a library's roots that waits in PostgreSQL, a queue for each root. A file is in it once, however often it is added before
 * somebody has done it; one that waits without faces is added once more when they are wanted.
 */
export class JobQueue implements AsyncDisposable {
  readonly #boss: PgBoss;
  readonly #context: LibraryContext;

  private constructor(boss: PgBoss, context: LibraryContext) {
    this.#boss = boss;
    this.#context = context;
  }

  /** @throws QueueNeedsServerError on the embedded database. */
  static async open(context: LibraryContext, options: { supervise: boolean; location: string }): Promise<JobQueue> {
    const url = serverUrlOf(context.db);
    if (url === null) throw new QueueNeedsServerError(options.location);
    // Loaded when it is needed: few programs queue, and it takes its time.
    const { PgBoss } = await import('pg-boss');
    const boss = new PgBoss({
      connectionString: url,
      application_name: 'photoorg queue',
      max: CONNECTIONS,
      schema: SCHEMA,
      supervise: options.supervise,
      superviseIntervalSeconds: SUPERVISE_SECONDS,
      monitorIntervalSeconds: SUPERVISE_SECONDS,
      // What the library's own tables do not need, its queue does not need either.
      schedule: false,
      registerInstance: false,
      monitorVacuum: false,
      reindex: false,
      openTelemetry: { enabled: false },
    });
    // Told of trouble in its background work; a call that fails rejects by itself. Without a listener the event would end the process.
    boss.on('error', () => {});
    await boss.start().catch((error: unknown) => {
      throw translateDatabaseError(error);
    });
    return new JobQueue(boss, context);
  }

  /** Makes the queue of a root. */
  async prepare(rootId: string): Promise<void> {
    await this.#boss.createQueue(nameOf(rootId), {
      policy: 'exclusive',
      retryLimit: RETRIES,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      expireInSeconds: EXPIRE_SECONDS,
      retentionSeconds: RETENTION_SECONDS,
      // The end of a run deletes them; until then they tell which files were given up.
      deleteAfterSeconds: 0,
    });
  }

  /** The roots that have a queue. */
  async rootIds(): Promise<Set<string>> {
    const queues = await this.#boss.getQueues();
    return new Set(queues.map(({ name }) => rootIdOf(name)));
  }

  /** Adds files, except those that are in the queue already; says how many were new to it. */
  async addFiles(
    rootId: string,
    { runId, faces }: { runId: string; faces: boolean },
    paths: readonly Uint8Array[],
  ): Promise<number> {
    if (paths.length === 0) return 0;
    const priority = faces ? FACES_PRIORITY : FILE_PRIORITY;
    const names = paths.map((path) => Buffer.from(path).toString('base64'));
    const waiting = faces ? new Set<string>() : await this.#waitingForFaces(rootId, names);
    const jobs = names.filter((path) => !waiting.has(path)).map((path) => fileJob(runId, path, priority));
    const added = await this.#boss.insert(nameOf(rootId), jobs, { returnId: true });
    return added?.length ?? 0;
  }

  /** Adds the job that ends the runs of a root, to be done after its files. */
  async addFinish(rootId: string, runId: string, options: { startAfter?: number } = {}): Promise<void> {
    const data: JobData = { runId };
    await this.#boss.send(nameOf(rootId), data, { ...options, singletonKey: FINISH_KEY, priority: FINISH_PRIORITY });
  }

  /** Takes files to index: of runs that want faces only for one who can look for them. */
  async fetchFiles(rootId: string, { limit, faces }: { limit: number; faces: boolean }): Promise<FileJob[]> {
    const maxPriority = faces ? FACES_PRIORITY : FILE_PRIORITY;
    const options = { batchSize: limit, includeMetadata: true, minPriority: FILE_PRIORITY, maxPriority } as const;
    const jobs = await this.#boss.fetch<JobData>(nameOf(rootId), options);
    return jobs.map((job) => ({ job, runId: job.data.runId, pathBytes: new Uint8Array(Buffer.from(job.data.path!, 'base64')) }));
  }

  /** Takes the job that ends the runs; apart from the files, so that it does not share the fate of one that kills its worker. */
  async fetchFinish(rootId: string): Promise<FinishJob | null> {
    const jobs = await this.#boss.fetch<JobData>(nameOf(rootId), { includeMetadata: true, maxPriority: FINISH_PRIORITY });
    return jobs[0] ?? null;
  }

  /** Does `work` while telling that these jobs are being done. */
  async whileAlive<T>(rootId: string, jobs: readonly JobWithMetadata<JobData>[], work: () => Promise<T>): Promise<T> {
    // A heartbeat that does not come through costs at most that another worker does the same work once more.
    const timer = setInterval(() => this.#boss.touch(nameOf(rootId), [...jobs]).catch(() => {}), HEARTBEAT_EVERY_MILLIS);
    try {
      return await work();
    } finally {
      clearInterval(timer);
    }
  }

  async complete(rootId: string, jobs: readonly JobWithMetadata<JobData>[]): Promise<void> {
    if (jobs.length > 0) await this.#boss.complete(nameOf(rootId), [...jobs]);
  }

  /**
   * Gives files back as if they had never been taken: stopping a worker must not count as its death. Those that are for other workers wait a
   * moment, so that the one who cannot do them does not take them at once again.
   */
  async giveBack(rootId: string, files: readonly FileJob[], { isForOthers = false } = {}): Promise<void> {
    if (files.length === 0) return;
    const { fromKysely } = await import('pg-boss');
    await this.#context.transaction(async ({ db: transaction }) => {
      const db = fromKysely(transaction);
      await this.#boss.complete(
        nameOf(rootId),
        files.map(({ job }) => job),
        null,
        { db },
      );
      const jobs = files.map(({ job, runId }) => ({
        ...fileJob(runId, job.data.path!, isForOthers ? FACES_PRIORITY : job.priority),
        ...(isForOthers ? { startAfter: FOR_OTHERS_SECONDS } : {}),
      }));
      await this.#boss.insert(nameOf(rootId), jobs, { db });
    });
  }

  /** The job that ends the run comes too early: again in a moment. */
  async finishLater(rootId: string, finish: FinishJob): Promise<void> {
    await this.complete(rootId, [finish]);
    await this.addFinish(rootId, finish.data.runId, { startAfter: FINISH_AGAIN_SECONDS });
  }

  /** Whether files wait or are being worked on. */
  async hasOpenFiles(rootId: string): Promise<boolean> {
    return this.#exists(rootId, `AND singleton_key <> '${FINISH_KEY}'`);
  }

  /** How many files wait or are being worked on: all of them, only those that want faces, or only those of some runs. */
  async countOpenFiles(
    rootId: string,
    { wantingFaces = false, ofRuns }: { wantingFaces?: boolean; ofRuns?: readonly string[] } = {},
  ): Promise<number> {
    const lowest = wantingFaces ? FACES_PRIORITY : FILE_PRIORITY;
    const { rows } = await this.#boss.getDb().executeSql(
      `SELECT count(*)::int AS count FROM ${SCHEMA}.job
         WHERE name = $1 AND ${IS_OPEN} AND priority >= $2 AND ($3::text[] IS NULL OR data ->> 'runId' = ANY ($3))`,
      [nameOf(rootId), lowest, ofRuns ?? null],
    );
    return (rows as { count: number }[])[0]!.count;
  }

  /** Whether something is left to do, or may come back from one who dies, for one who can look for faces or cannot, or not for those of some runs. */
  async hasWorkFor(rootId: string, { faces, exceptRuns }: { faces: boolean; exceptRuns: readonly string[] }): Promise<boolean> {
    const highest = faces ? FACES_PRIORITY : FILE_PRIORITY;
    const { rows } = await this.#boss.getDb().executeSql(
      `SELECT FROM ${SCHEMA}.job
         WHERE name = $1 AND ${IS_OPEN} AND priority BETWEEN ${FILE_PRIORITY} AND ${highest} AND data ->> 'runId' <> ALL ($2::text[]) LIMIT 1`,
      [nameOf(rootId), exceptRuns],
    );
    if (rows.length > 0) return true;
    // The end of the run is for whoever does the last of its files.
    return (await this.#exists(rootId, `AND priority = ${FINISH_PRIORITY}`)) && !(await this.hasOpenFiles(rootId));
  }

  /** The files that were given up, with the run that wanted them. */
  async givenUp(rootId: string): Promise<{ runId: string; pathBytes: Uint8Array }[]> {
    const { rows } = await this.#boss
      .getDb()
      .executeSql(`SELECT data FROM ${SCHEMA}.job WHERE name = $1 AND state = 'failed' AND data ? 'path'`, [nameOf(rootId)]);
    return (rows as { data: Required<JobData> }[]).map(({ data }) => ({
      runId: data.runId,
      pathBytes: new Uint8Array(Buffer.from(data.path, 'base64')),
    }));
  }

  /** Forgets what is done and what was given up. */
  async forgetDone(rootId: string): Promise<void> {
    await this.#boss.deleteStoredJobs(nameOf(rootId));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }

  async #waitingForFaces(rootId: string, paths: readonly string[]): Promise<Set<string>> {
    const { rows } = await this.#boss
      .getDb()
      .executeSql(
        `SELECT data ->> 'path' AS path FROM ${SCHEMA}.job WHERE name = $1 AND ${IS_OPEN} AND priority = ${FACES_PRIORITY} AND data ->> 'path' = ANY ($2)`,
        [nameOf(rootId), paths],
      );
    return new Set((rows as { path: string }[]).map(({ path }) => path));
  }

  async #exists(rootId: string, condition: string): Promise<boolean> {
    const { rows } = await this.#boss
      .getDb()
      .executeSql(`SELECT FROM ${SCHEMA}.job WHERE name = $1 AND ${IS_OPEN} ${condition} LIMIT 1`, [nameOf(rootId)]);
    return rows.length > 0;
  }
}

function fileJob(runId: string, path: string, priority: number) {
  const data: JobData = { runId, path };
  return { data, priority, singletonKey: `${priority === FACES_PRIORITY ? 'faces' : 'file'} ${path}` };
}

const NAME_PREFIX = 'photoorg/';

function nameOf(rootId: string): string {
  return `${NAME_PREFIX}${rootId}`;
}

function rootIdOf(name: string): string {
  return name.slice(NAME_PREFIX.length);
}
