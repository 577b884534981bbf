import type { Worker } from 'node:worker_threads';
import { DatabaseUnavailableError } from '../../errors/database-errors.ts';
import { LibraryLockLostError } from '../../errors/folder-errors.ts';
import { DatabaseError } from '../common/database-error.ts';
import { diskError } from './disk-failure.ts';
import { startEmbeddedWorker } from './start-embedded-worker.ts';
import type { EmbeddedWorkerOptions, ErrorReply, Halt, WorkerReply, WorkerRequest } from './worker-protocol.ts';

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
  lose(reason: Error): void;
}

type Distribute<T> = T extends unknown ? Omit<T, 'id'> : never;
export type ThreadRequest = Distribute<WorkerRequest>;

/** One thread with the database in it, from its start to its end; what it has not answered when it ends is rejected with the reason. */
export class EmbeddedThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #requests = 0;
  #closing = false;
  #reason: Error | null = null;
  #end: Error | null = null;
  /** Resolves when its database is open. */
  readonly opened: Promise<void>;
  readonly ended: Promise<void>;

  /** `onEnd` is called before anybody learns of the end. */
  constructor(options: EmbeddedWorkerOptions, onEnd: (reason: Error) => void) {
    this.#worker = startEmbeddedWorker(options);
    this.#worker.on('error', (error) => {
      this.#reason ??= unavailable('stopped', error);
    });
    this.ended = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.opened = new Promise((resolve, reject) => {
      this.#worker.on('message', (reply: WorkerReply) => {
        if (reply.kind === 'ready') resolve();
        else if (reply.kind === 'failed') reject(explainFailure(reply));
        else if (reply.kind === 'halted') void this.stop(explainHalt(reply.halt));
        else this.#settle(reply);
        // An open library keeps no program alive; a statement under way does.
        if (!this.isBusy && !this.#closing) this.#worker.unref();
      });
      this.#worker.once('exit', () => {
        const reason = this.#reason ?? unavailable('stopped', new Error('its thread ended.'));
        this.#end = reason;
        onEnd(reason);
        reject(reason);
        for (const pending of this.#pending.values()) pending.lose(reason);
        this.#pending.clear();
      });
    });
  }

  get isBusy(): boolean {
    return this.#pending.size > 0;
  }

  /** `asLoss` says how the request fails when the thread ends before it has answered. */
  send(request: ThreadRequest, asLoss: (reason: Error) => unknown = (reason) => reason): Promise<unknown> {
    if (this.#end) return Promise.reject(this.#end);
    const id = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject, lose: (reason) => reject(asLoss(reason)) });
      this.#worker.ref();
      this.#closing ||= request.kind === 'close';
      const transfer = request.kind === 'query' && request.copy ? [request.copy.buffer as ArrayBuffer] : [];
      try {
        this.#worker.postMessage({ id, ...request }, transfer);
      } catch (error) {
        this.#pending.delete(id);
        reject(error);
      }
    });
  }

  /** Resolves when all that was sent so far is answered. */
  async idle(): Promise<void> {
    const answers = [...this.#pending].map(
      ([id, pending]) =>
        new Promise<void>((resolve) => {
          this.#pending.set(id, {
            resolve: (value) => [pending.resolve(value), resolve()],
            reject: (error) => [pending.reject(error), resolve()],
            lose: (reason) => [pending.lose(reason), resolve()],
          });
        }),
    );
    await Promise.all(answers);
  }

  /** Ends the thread where it stands, as a kill would end a process. */
  async stop(reason: Error): Promise<void> {
    this.#reason ??= reason;
    await this.#worker.terminate();
  }

  #settle(reply: Extract<WorkerReply, { id: number }>): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (reply.kind === 'result') pending?.resolve(reply.value);
    else pending?.reject(reviveError(reply.error));
  }
}

export function unavailable(what: string, cause: Error): DatabaseUnavailableError {
  return new DatabaseUnavailableError(`The embedded database ${what}: ${cause.message}`, { cause });
}

function explainHalt(halt: Halt): Error {
  if (halt.cause === 'lock-lost') return new LibraryLockLostError(halt.folder, halt.loss);
  const cause = new Error(halt.message);
  return halt.disk ? diskError(halt.disk, cause) : unavailable('stopped', cause);
}

function explainFailure({ error, disk }: Extract<WorkerReply, { kind: 'failed' }>): Error {
  const cause = reviveError(error);
  return disk ? diskError(disk, cause) : unavailable('could not be opened', cause);
}

function reviveError(reply: ErrorReply): Error {
  if (!reply.fields) return new Error(reply.message);
  return Object.assign(new DatabaseError(reply.message, reply.message.length, 'error'), reply.fields);
}
