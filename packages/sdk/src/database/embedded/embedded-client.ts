import { DatabaseUnavailableError, LibraryClosedError } from '../../errors/database-errors.ts';
import { LibraryLockLostError } from '../../errors/folder-errors.ts';
import { inDoubt, savesChanges } from '../common/outcome.ts';
import { EmbeddedThread, type ThreadRequest, unavailable } from './embedded-thread.ts';
import type { EmbeddedWorkerOptions, QueryReply } from './worker-protocol.ts';

/** How long a statement whose caller gave up may still run before its thread is stopped. */
const INTERRUPT_GRACE_MILLIS = 1_000;
/** How long the database may take to write down what it has in memory; it is in the log already. Containers are killed after 10 s. */
const CLOSE_GRACE_MILLIS = 5_000;

/**
 * The caller's end of an embedded database: sends statements to its thread, one at a time.
 *
 * A thread that dies (stopped by `interrupt`, out of memory) is replaced at the next statement. `session` then changes: a transaction
 * that began in an earlier session is lost, as on a server whose connection broke. Without the folder's lock there is no replacement.
 */
export class EmbeddedClient {
  readonly #options: EmbeddedWorkerOptions;
  #thread: EmbeddedThread | null = null;
  #closed = false;
  #lockLost: LibraryLockLostError | null = null;
  session = 0;

  /** `lockLost`: aborted when the folder is found to be another program's. */
  constructor(options: EmbeddedWorkerOptions, lockLost?: AbortSignal) {
    this.#options = options;
    lockLost?.addEventListener('abort', () => {
      this.#lockLost ??= lockLost.reason as LibraryLockLostError;
      void this.#thread?.stop(this.#lockLost);
    });
  }

  /** Starts the thread and opens its database; harmless when it runs already. */
  async start(): Promise<void> {
    await this.#running();
  }

  /** Runs a statement; with `session`, only in that one: it belongs to a transaction that a later session knows nothing of. */
  async query(
    sql: string,
    parameters: readonly unknown[],
    options: { copy?: Uint8Array | null; session?: number | null } = {},
  ): Promise<QueryReply> {
    const { copy = null, session = null } = options;
    const thread = await this.#running();
    if (session !== null && session !== this.session) {
      throw new DatabaseUnavailableError('The transaction was lost when the embedded database had to be restarted.');
    }
    const asLoss = savesChanges(sql, session !== null) ? inDoubt : undefined;
    return (await thread.send({ kind: 'query', sql, parameters, copy }, asLoss)) as QueryReply;
  }

  /** A tar of the whole cluster. */
  async dump(): Promise<Uint8Array> {
    return (await this.#request({ kind: 'dump' })) as Uint8Array;
  }

  /** How many fsyncs the current thread's database has done. */
  async countSyncs(): Promise<number> {
    return (await this.#request({ kind: 'count-syncs' })) as number;
  }

  /**
   * Ends the running statement. PostgreSQL cannot be interrupted inside WebAssembly, so the thread is stopped, which the database
   * survives like the end of a process: what was committed stays. A database in memory would be lost with its thread, so there
   * the statement runs to its end.
   */
  async interrupt(): Promise<void> {
    const thread = this.#thread;
    if (this.#options.folder === null || !thread?.isBusy) return;
    const timeout = AbortSignal.timeout(INTERRUPT_GRACE_MILLIS);
    await Promise.race([thread.idle(), new Promise((resolve) => timeout.addEventListener('abort', resolve))]);
    if (this.#thread === thread && thread.isBusy) await thread.stop(unavailable('stopped', new Error('a statement was ended.')));
  }

  /** Ends within seconds, whatever the thread is doing. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const thread = this.#thread;
    if (!thread) return;
    const patience = setTimeout(() => thread.stop(new LibraryClosedError()), CLOSE_GRACE_MILLIS);
    await thread.send({ kind: 'close' }).catch((error) => thread.stop(error));
    await thread.ended;
    clearTimeout(patience);
  }

  async #request(request: ThreadRequest): Promise<unknown> {
    return (await this.#running()).send(request);
  }

  async #running(): Promise<EmbeddedThread> {
    if (this.#closed) throw new LibraryClosedError();
    if (this.#lockLost) throw this.#lockLost;
    this.#thread ??= new EmbeddedThread(this.#options, (reason) => this.#lose(reason));
    const thread = this.#thread;
    await thread.opened;
    return thread;
  }

  #lose(reason: Error): void {
    if (reason instanceof LibraryLockLostError) this.#lockLost ??= reason;
    this.#thread = null;
    this.session++;
  }
}
