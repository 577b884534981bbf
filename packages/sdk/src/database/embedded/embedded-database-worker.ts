/* The thread in which the embedded PostgreSQL runs: a statement may take as long as it needs without stopping the caller. */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { valueParsers } from '../common/value-types.ts';
import { DurableNodeFS } from './durable-node-fs.ts';
import { endOnTrap } from './end-on-trap.ts';
import { withLateTierUp } from './late-tier-up.ts';
import { LockGuard } from './lock-guard.ts';
import type { EmbeddedWorkerOptions, ErrorReply, Halt, QueryReply, WorkerReply, WorkerRequest } from './worker-protocol.ts';

/** 16 MB instead of 128: the whole process then stays below 200 MB, and the system caches the files anyway. */
const SHARED_BUFFERS = '16MB';
/** pgvector's exact scans and HNSW builds like memory; a build that does not fit is slower, not wrong. */
const MAINTENANCE_WORK_MEM = '64MB';

/** Type number of bytea in PostgreSQL's catalogue, and what its text begins with. */
const BYTEA = 17;
const HEX_PREFIX = '\\x';

const port = parentPort;
if (!port) throw new Error('embedded-database-worker runs as a worker thread only.');

const { folder, durability, template } = workerData as EmbeddedWorkerOptions;
const send = (reply: WorkerReply): void => port.postMessage(reply);

const durable = folder !== null && durability === 'full';
const guard = folder && new LockGuard(folder.lock, halt);
guard?.check();
/** What PostgreSQL wrote into its log as it stopped for good; the error by which that shows says nothing of why. */
let lastWords: string | undefined;
const fileSystem = folder && guard ? new DurableNodeFS(folder.path, guard) : undefined;

try {
  const pglite = await withLateTierUp(openDatabase);
  endOnTrap(pglite.Module, (error) => {
    halt({ cause: 'panic', message: lastWords ?? messageOf(error), disk: fileSystem?.diskFailure ?? null });
  });
  port.on('message', async (request: WorkerRequest) => {
    if (fileSystem) fileSystem.diskFailure = null;
    try {
      send({ id: request.id, kind: 'result', value: await answer(pglite, request) });
    } catch (error) {
      send({ id: request.id, kind: 'error', error: describeError(error) });
    }
    if (request.kind === 'close') port.close();
  });
  send({ kind: 'ready' });
} catch (error) {
  const message = lastWords ?? messageOf(error);
  send({ kind: 'failed', error: { ...describeError(error), message }, disk: fileSystem?.diskFailure ?? null });
  port.close();
}

/** Ends the thread where it stands, as the end of its process would: an exception would be PostgreSQL's or PGlite's to catch. */
function halt(halt: Halt): never {
  send({ kind: 'halted', halt });
  process.exit();
}

/** `\\x0aff`: PGlite's own parser goes by single bytes, which takes longer than the statement. A buffer of its own, since it is cloned whole. */
function parseBytes(text: string): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow((text.length - HEX_PREFIX.length) / 2);
  bytes.write(text.slice(HEX_PREFIX.length), 'hex');
  return new Uint8Array(bytes.buffer);
}

function openDatabase(): Promise<PGlite> {
  const startParams = PGlite.defaultStartParams.filter((parameter) => !(durable && parameter === '-F'));
  return PGlite.create({
    fs: fileSystem,
    dataDir: fileSystem ? undefined : 'memory://',
    loadDataDir: template ? new Blob([template as Uint8Array<ArrayBuffer>]) : undefined,
    extensions: { vector },
    parsers: { ...valueParsers, [BYTEA]: parseBytes },
    onStderr: (line) => {
      lastWords = /\b(?:PANIC|FATAL): +(.+)/.exec(line)?.[1] ?? lastWords;
      return false;
    },
    startParams: [
      ...startParams,
      ...['-c', `shared_buffers=${SHARED_BUFFERS}`],
      ...['-c', `maintenance_work_mem=${MAINTENANCE_WORK_MEM}`],
      // The default, open_datasync, is a flag of open(2) that the WebAssembly build drops without a word.
      ...['-c', 'wal_sync_method=fsync'],
    ],
  });
}

async function answer(pglite: PGlite, request: WorkerRequest): Promise<unknown> {
  switch (request.kind) {
    case 'query':
      return query(pglite, request.sql, request.parameters, request.copy);
    case 'dump':
      return new Uint8Array(await (await pglite.dumpDataDir('none')).arrayBuffer());
    case 'count-syncs':
      return fileSystem?.syncs ?? 0;
    case 'close':
      return pglite.close();
  }
}

async function query(pglite: PGlite, sql: string, parameters: readonly unknown[], copy: Uint8Array | null): Promise<QueryReply> {
  const result = await pglite.query<Record<string, unknown>>(sql, [...parameters], {
    blob: copy ? new Blob([copy as Uint8Array<ArrayBuffer>]) : undefined,
  });
  return { command: null, rows: result.rows, affectedRows: result.affectedRows ?? null };
}

function describeError(error: unknown): ErrorReply {
  if (!(error instanceof Error)) return { message: messageOf(error), fields: null };
  const { severity, code, detail, hint, position, where, schema, table, column, dataType, constraint, routine } = error as Error &
    Record<string, unknown>;
  const fields = { severity, code, detail, hint, position, where, schema, table, column, dataType, constraint, routine };
  return { message: error.message, fields: typeof severity === 'string' ? fields : null };
}

/** Emscripten throws objects that are no errors. */
function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  const { message, name, errno } = Object(error) as { message?: unknown; name?: unknown; errno?: unknown };
  if (message) return String(message);
  return errno === undefined ? String(error) : `${name} ${errno}`;
}
