import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LibraryContext } from '../../library/library-context.ts';
import { contextOf } from '../../library/library-internals.ts';
import type { IndexQueuedPhotosOptions, IndexQueuedPhotosResult } from '../../model/index-queue.ts';
import { type KnownNames, refuseUnknown } from '../../values/refuse-unknown.ts';
import { DEFAULT_BATCH_SIZE } from '../batch-writer.ts';
import { holdsSomething } from '../holds-something.ts';
import { makePace } from '../make-pace.ts';
import { ProgressMeter } from '../progress-meter.ts';
import { finishRoot } from './finish-root.ts';
import { indexFiles } from './index-files.ts';
import { type FileJob, JobQueue, RETRIES } from './job-queue.ts';
import { PlanAnalyzers } from './plan-analyzers.ts';
import { addToRun, openRunsOf, readQueuedPlan } from './queued-runs.ts';

/** Between two looks for work when there was none. */
const IDLE_MILLIS = 2_000;

interface ServedRoot {
  rootId: string;
  root: string;
  /** Where this machine has it. */
  folder: string;
}

/**
 * Does the work that `enqueuePhotos` left in the database: reads, finds faces and saves exactly as `indexPhotos`, beside any number of
 * other workers. Each photo becomes one photo, whoever gets it and however often: what a killed worker had in hand is done by another.
 *
 * Ends when the signal is aborted, giving back what it has not done, or with `drain` when nothing is left in the roots that this machine
 * has and that it can do. Throws QueueNeedsServerError on the embedded database; rejects when the database or the analyzer fails.
 *
 * @example
 * ```ts
 * const { created, leftToOthers } = await indexQueuedPhotos({ library, scanPhotos, analyzer, drain: true });
 * ```
 */
export async function indexQueuedPhotos(options: IndexQueuedPhotosOptions): Promise<IndexQueuedPhotosResult> {
  refuseUnknown<IndexQueuedPhotosOptions>(options, WORKER_OPTIONS, 'the options of indexQueuedPhotos');
  // Also by each batch: but before anybody waits for one.
  makePace(options);
  const { library, drain = false, signal } = options;
  const context = contextOf(library);
  const meter = new ProgressMeter(options.onProgress);
  await using queue = await JobQueue.open(context, { supervise: true, location: library.database.location });
  const worker = new QueueWorker(context, queue, meter, options);
  while (!signal?.aborted) {
    const roots = await worker.findRoots();
    let hasWorked = false;
    for (const root of roots) hasWorked = (await worker.workOn(root)) || hasWorked;
    if (hasWorked) continue;
    if (drain && !(await worker.hasWork(roots))) break;
    await sleep(IDLE_MILLIS, undefined, { signal }).catch(() => {});
  }
  meter.finish();
  return { ...meter.snapshot(), interrupted: signal?.aborted ?? false, leftToOthers: await worker.leftToOthers() };
}

const WORKER_OPTIONS: KnownNames<IndexQueuedPhotosOptions> = {
  library: true,
  scanPhotos: true,
  scanWithThumbnails: true,
  analyzer: true,
  gazetteer: true,
  rootMap: true,
  concurrency: true,
  drain: true,
  signal: true,
  onProgress: true,
  onFileError: true,
};

class QueueWorker {
  readonly #context: LibraryContext;
  readonly #queue: JobQueue;
  readonly #meter: ProgressMeter;
  readonly #options: IndexQueuedPhotosOptions;
  readonly #analyzers: PlanAnalyzers;
  /** Runs that want faces which this worker cannot find. */
  readonly #forOthers = new Set<string>();

  constructor(context: LibraryContext, queue: JobQueue, meter: ProgressMeter, options: IndexQueuedPhotosOptions) {
    this.#context = context;
    this.#queue = queue;
    this.#meter = meter;
    this.#options = options;
    this.#analyzers = new PlanAnalyzers(options.analyzer);
  }

  /** The roots with a queue whose folders this machine has. */
  async findRoots(): Promise<ServedRoot[]> {
    const served: ServedRoot[] = [];
    for (const root of await this.#queuedRoots()) if (await holdsSomething(root.folder)) served.push(root);
    return served;
  }

  async hasWork(roots: readonly ServedRoot[]): Promise<boolean> {
    for (const { rootId } of roots) if (await this.#queue.hasWorkFor(rootId, this.#abilities)) return true;
    return false;
  }

  async leftToOthers(): Promise<IndexQueuedPhotosResult['leftToOthers']> {
    const left = { wantingFaces: 0, elsewhere: 0 };
    for (const { rootId, folder } of await this.#queuedRoots()) {
      if (!(await holdsSomething(folder))) left.elsewhere += await this.#queue.countOpenFiles(rootId);
      else if (!this.#analyzers.findsFaces) left.wantingFaces += await this.#queue.countOpenFiles(rootId, { wantingFaces: true });
      else if (this.#forOthers.size > 0)
        left.wantingFaces += await this.#queue.countOpenFiles(rootId, { ofRuns: [...this.#forOthers] });
    }
    return left;
  }

  get #abilities(): { faces: boolean; exceptRuns: readonly string[] } {
    return { faces: this.#analyzers.findsFaces, exceptRuns: [...this.#forOthers] };
  }

  async #queuedRoots(): Promise<ServedRoot[]> {
    const queued = await this.#queue.rootIds();
    const { db, libraryId } = this.#context;
    const rows = await db.selectFrom('roots').select(['root_id', 'label']).where('library_id', '=', libraryId).execute();
    const { rootMap = {} } = this.#options;
    const roots = rows.map(({ root_id, label }) => ({ rootId: root_id, root: label, folder: folderOf(label, rootMap) }));
    return roots.filter(({ rootId }) => queued.has(rootId));
  }

  /** Does a batch of a root's work, or ends its runs when nothing else is left; false when there was nothing to do. */
  async workOn(root: ServedRoot): Promise<boolean> {
    const files = await this.#queue.fetchFiles(root.rootId, { limit: DEFAULT_BATCH_SIZE, faces: this.#analyzers.findsFaces });
    if (files.length === 0) return this.#finish(root);
    const jobs = files.map(({ job }) => job);
    return this.#queue.whileAlive(root.rootId, jobs, async () => {
      let hasWorked = false;
      for (const [runId, filesOfRun] of Map.groupBy(files, (file) => file.runId)) {
        hasWorked = (await this.#index(root, runId, filesOfRun)) || hasWorked;
      }
      return hasWorked;
    });
  }

  async #finish(root: ServedRoot): Promise<boolean> {
    if (await this.#queue.hasOpenFiles(root.rootId)) return false;
    const finish = await this.#queue.fetchFinish(root.rootId);
    if (!finish) return false;
    return this.#queue.whileAlive(root.rootId, [finish], async () => {
      const isFinished = await finishRoot(this.#context, this.#queue, root, this.#options).catch((error: unknown) => {
        if (!this.#options.signal?.aborted) throw error;
        return false;
      });
      if (!isFinished) {
        await this.#queue.finishLater(root.rootId, finish);
        return false;
      }
      await this.#queue.complete(root.rootId, [finish]);
      // A run that was enqueued meanwhile could not add an end of its own beside this one.
      const [next] = await openRunsOf(this.#context, root.root);
      if (next) await this.#queue.addFinish(root.rootId, next.runId);
      return true;
    });
  }

  async #index(root: ServedRoot, runId: string, files: readonly FileJob[]): Promise<boolean> {
    const plan = await readQueuedPlan(this.#context, runId);
    const analyzer = plan?.faces ? await this.#analyzers.find(plan.faces) : null;
    const isForOthers = plan !== null && plan.faces !== null && analyzer === null;
    if (isForOthers) this.#forOthers.add(runId);
    if (this.#options.signal?.aborted || !plan || isForOthers) {
      await this.#queue.giveBack(root.rootId, files, { isForOthers });
      return false;
    }
    // Of files whose worker died, one may be what killed it. They are done one by one, after the others, and the next time in the reverse
    // order: then those before the killer are done, those after it too, and in the end it is alone. The queue itself keeps no order among them.
    const suspects = files.filter(({ job }) => job.retryCount > 0).sort((a, b) => Buffer.compare(a.pathBytes, b.pathBytes));
    const innocent = files.filter(({ job }) => job.retryCount === 0);
    if (suspects[0]?.job.retryCount === RETRIES) suspects.reverse();
    for (const group of [innocent, ...suspects.map((file) => [file])]) {
      if (group.length > 0) await this.#indexGroup({ ...root, runId, plan, analyzer: analyzer ?? undefined }, group);
    }
    return true;
  }

  async #indexGroup(target: Omit<Parameters<typeof indexFiles>[1], 'files'>, group: readonly FileJob[]): Promise<void> {
    const { signal } = this.#options;
    const { rootId, runId } = target;
    if (signal?.aborted) return this.#queue.giveBack(rootId, group);
    try {
      const files = group.map(({ pathBytes }) => pathBytes);
      const { counts, stageMillis, interrupted } = await indexFiles(this.#context, { ...target, files }, this.#options);
      await addToRun(this.#context, runId, { ...counts }, stageMillis);
      for (const [name, count] of Object.entries(counts)) this.#meter.counts[name as keyof typeof counts] += count;
      this.#meter.tick();
      if (interrupted) await this.#queue.giveBack(rootId, group);
      else
        await this.#queue.complete(
          rootId,
          group.map(({ job }) => job),
        );
    } catch (error) {
      // The fault is this worker's, not the files'. When even this fails, they come back when its heartbeat is missed.
      await this.#queue.giveBack(rootId, group).catch(() => {});
      throw error;
    }
  }
}

/** A root's folder on this machine: by the longest mapped folder that holds it. */
function folderOf(root: string, rootMap: Readonly<Record<string, string>>): string {
  const prefixes = Object.keys(rootMap).filter((prefix) => root === prefix || root.startsWith(`${prefix.replace(/\/$/, '')}/`));
  const longest = prefixes.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? root : join(rootMap[longest]!, root.slice(longest.length));
}
