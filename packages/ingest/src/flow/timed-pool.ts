import { Piscina } from 'piscina';
import type { AnnouncedTask, TaskBegun } from './announced.ts';

/** For a thread to start and load its code: 0.2 s here, many seconds where a machine is small and busy. */
const START_MILLIS = 180_000;

type PoolOptions = ConstructorParameters<typeof Piscina>[0];

/** Why a task of a `TimedPool` was given up. */
export class TaskTimeoutError extends Error {
  override readonly name = 'TaskTimeoutError';
}

/**
 * Worker threads that are ended when a task takes too long: no timer stops a loop in this thread. The time counts from the moment when a worker takes
 * the task up, so that the start of a thread is not held against it. The worker's entry point is made by `announced`.
 *
 * Give it no more tasks at a time than it has threads: piscina starts no thread for what waits when it has ended one.
 */
export class TimedPool<Task, Reply> {
  readonly #pool: Piscina<AnnouncedTask<Task>, Reply>;
  /** By task, what is to be done when it is taken up. */
  readonly #whenBegun = new Map<number, () => void>();
  #lastId = 0;

  constructor(options: PoolOptions) {
    this.#pool = new Piscina(options);
    this.#pool.on('message', ({ begun }: TaskBegun) => this.#whenBegun.get(begun)?.());
  }

  /**
   * @throws TaskTimeoutError, the reason of the signal, and what the worker throws or dies of
   */
  async run(task: Task, { millis, signal }: { millis: number; signal?: AbortSignal | undefined }): Promise<Reply> {
    const id = ++this.#lastId;
    const late = new AbortController();
    // The turn after: an answer that came while this thread was busy is taken first.
    const giveUpAfter = (time: number) => setTimeout(() => setImmediate(() => late.abort()), time);
    let timer = giveUpAfter(START_MILLIS);
    this.#whenBegun.set(id, () => {
      clearTimeout(timer);
      timer = giveUpAfter(millis);
    });
    try {
      return await this.#pool.run({ id, task }, { signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw late.signal.aborted ? new TaskTimeoutError('The task takes too long.', { cause: error }) : error;
    } finally {
      clearTimeout(timer);
      this.#whenBegun.delete(id);
    }
  }

  /** Ends the threads. */
  destroy(): Promise<void> {
    return this.#pool.destroy();
  }
}
