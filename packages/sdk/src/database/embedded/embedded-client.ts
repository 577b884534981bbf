import type { Worker } from 'node:worker_threads';
import { DatabaseUnavailableError, LibraryClosedError } from '../../errors/database-errors.ts';
import { DatabaseError } from '../common/database-error.ts';
import { startEmbeddedWorker } from './start-embedded-worker.ts';
import type { EmbeddedWorkerOptions, ErrorReply, QueryReply, WorkerReply, WorkerRequest } from './worker-protocol.ts';

/** How long a statement whose caller gave up may still run before its thread is stopped. */
const INTERRUPT_GRACE_MILLIS = 1_000;

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Distribute<T> = T extends unknown ? Omit<T, 'id'> : never;

/**
 * The caller's end of an embedded database: sends statements to its thread, one at a time.
 *
 * A thread that dies (stopped by `interrupt`, out of memory) is replaced at the next statement. `session` then changes: a transaction
 * that began in an earlier session is lost, as on a server whose connection broke.
 */
export class EmbeddedClient {
  readonly #options: EmbeddedWorkerOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: Promise<Worker> | null = null;
  #requests = 0;
  #closed = false;
  session = 0;

  constructor(options: EmbeddedWorkerOptions) {
    this.#options = options;
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
    const worker = await this.#running();
    if (session !== null && session !== this.session) {
      throw new DatabaseUnavailableError('The transaction was lost when the embedded database had to be restarted.');
    }
    return (await this.#send(worker, { kind: 'query', sql, parameters, copy })) as QueryReply;
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
    if (this.#options.dataFolder === null || this.#pending.size === 0 || !this.#worker) return;
    const { session } = this;
    const idle = Promise.allSettled([...this.#pending.keys()].map((id) => this.#settled(id)));
    const timeout = AbortSignal.timeout(INTERRUPT_GRACE_MILLIS);
    await Promise.race([idle, new Promise((resolve) => timeout.addEventListener('abort', resolve))]);
    if (this.session === session && this.#pending.size > 0) await (await this.#worker).terminate();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const worker = await this.#worker?.catch(() => null);
    if (!worker) return;
    const exited = new Promise((resolve) => worker.once('exit', resolve));
    await this.#send(worker, { kind: 'close' }).catch(() => worker.terminate());
    await exited;
  }

  #settled(id: number): Promise<void> {
    const pending = this.#pending.get(id);
    if (!pending) return Promise.resolve();
    return new Promise((resolve) => {
      this.#pending.set(id, {
        resolve: (value) => [pending.resolve(value), resolve()],
        reject: (error) => [pending.reject(error), resolve()],
      });
    });
  }

  async #request(request: Distribute<WorkerRequest>): Promise<unknown> {
    return this.#send(await this.#running(), request);
  }

  #send(worker: Worker, request: Distribute<WorkerRequest>): Promise<unknown> {
    const id = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      worker.ref();
      const transfer = request.kind === 'query' && request.copy ? [request.copy.buffer as ArrayBuffer] : [];
      try {
        worker.postMessage({ id, ...request }, transfer);
      } catch (error) {
        this.#pending.delete(id);
        reject(error);
      }
    });
  }

  #running(): Promise<Worker> {
    if (this.#closed) return Promise.reject(new LibraryClosedError());
    this.#worker ??= this.#startWorker();
    return this.#worker;
  }

  #startWorker(): Promise<Worker> {
    const worker = startEmbeddedWorker(this.#options);
    return new Promise<Worker>((resolve, reject) => {
      worker.on('message', (reply: WorkerReply) => {
        if (reply.kind === 'ready') resolve(worker);
        else if (reply.kind === 'failed') reject(unavailable('could not be opened', reviveError(reply.error)));
        else this.#settle(reply);
        // An open library keeps no program alive; a statement under way does.
        if (this.#pending.size === 0 && !this.#closed) worker.unref();
      });
      worker.on('error', (error) => this.#lose(error, reject));
      worker.on('exit', () => this.#lose(new Error('its thread ended.'), reject));
    });
  }

  #settle(reply: Extract<WorkerReply, { id: number }>): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (reply.kind === 'result') pending?.resolve(reply.value);
    else pending?.reject(reviveError(reply.error));
  }

  #lose(cause: Error, rejectStart: (error: unknown) => void): void {
    const error = unavailable('stopped', cause);
    rejectStart(error);
    this.#worker = null;
    this.session++;
    for (const [id, pending] of this.#pending) {
      this.#pending.delete(id);
      pending.reject(error);
    }
  }
}

function unavailable(what: string, cause: Error): DatabaseUnavailableError {
  return new DatabaseUnavailableError(`The embedded database ${what}: ${cause.message}`, { cause });
}

function reviveError(reply: ErrorReply): Error {
  if (!reply.fields) return new Error(reply.message);
  return Object.assign(new DatabaseError(reply.message, reply.message.length, 'error'), reply.fields);
}
