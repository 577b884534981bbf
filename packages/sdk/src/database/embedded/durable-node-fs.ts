import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { asDiskFailure, nameFailure } from './disk-failure.ts';
import type { LockGuard } from './lock-guard.ts';
import type { DiskFailure } from './worker-protocol.ts';

/** The parts of Emscripten's file system that are touched here. */
interface EmscriptenNode {
  name: string;
  parent: EmscriptenNode;
}

interface EmscriptenStream {
  nfd?: number | null;
  node: EmscriptenNode;
}

type Operation<Subject> = (subject: Subject, ...rest: unknown[]) => unknown;

interface NodeFsType {
  /** Every system call goes through here. */
  tryFSOperation<T>(operation: () => T): T;
  realPath(node: EmscriptenNode): string;
  stream_ops: Record<'write' | 'setattr', Operation<EmscriptenStream>> & { fsync?: (stream: EmscriptenStream) => number };
  node_ops: Record<(typeof CHANGES)[number], Operation<EmscriptenNode>>;
}

/** Operations that change a folder, or a file by its path. */
const CHANGES = ['mknod', 'rename', 'unlink', 'rmdir', 'symlink', 'setattr'] as const;
/** PostgreSQL's log: what stands in it is committed. */
const LOG_FOLDER = 'pg_wal';

/** "Input/output error", as Emscripten numbers it. */
const EIO = 29;

type InitOptions = Parameters<NodeFS['init']>[1];

/**
 * PGlite's folder with real fsyncs, written to only while it is this process's own.
 *
 * Emscripten's NODEFS has no `fsync` operation, so PostgreSQL believes it has synced and nothing reached the disk: after a power
 * cut the folder may not even open. With the operation in place, every WAL flush, checkpoint and directory sync that PostgreSQL
 * asks for is one `fsync(2)`.
 *
 * The folder's lock is read before each write to the log, which is where a commit happens, and wherever some time has passed since:
 * before any other write, and before PostgreSQL learns that the log is written.
 */
export class DurableNodeFS extends NodeFS {
  /** How many fsyncs PostgreSQL asked for so far. */
  syncs = 0;
  /** What the disk refused last; whoever blames it for an error sets it to null before. */
  diskFailure: DiskFailure | null = null;
  readonly #guard: LockGuard;

  constructor(dataFolder: string, guard: LockGuard) {
    super(dataFolder);
    this.#guard = guard;
  }

  override async init(pglite: PGlite, options: InitOptions): ReturnType<NodeFS['init']> {
    const initialised = await super.init(pglite, options);
    const { emscriptenOpts } = initialised;
    emscriptenOpts.preRun = [
      (module) => {
        const nodefs = (module as unknown as { FS: { filesystems: { NODEFS: NodeFsType } } }).FS.filesystems.NODEFS;
        this.#noteFailures(nodefs);
        this.#guardChanges(nodefs);
        nodefs.stream_ops.fsync = (stream) => {
          this.syncs++;
          const failure = syncStream(stream, nodefs);
          this.#guard.checkSometimes();
          if (failure === null) return 0;
          this.#note(nameFailure(failure));
          return EIO;
        };
      },
      ...(emscriptenOpts.preRun ?? []),
    ];
    return initialised;
  }

  #noteFailures(nodefs: NodeFsType): void {
    const { tryFSOperation } = nodefs;
    nodefs.tryFSOperation = (operation) =>
      tryFSOperation(() => {
        try {
          return operation();
        } catch (error) {
          const failure = nameFailure(error);
          this.#note(failure);
          throw failure;
        }
      });
  }

  #note(error: unknown): void {
    this.diskFailure = asDiskFailure(error) ?? this.diskFailure;
  }

  #guardChanges({ stream_ops, node_ops }: NodeFsType): void {
    const guard = this.#guard;
    const { write } = stream_ops;
    stream_ops.write = (stream, ...rest) => {
      const isLog = stream.node.parent.name === LOG_FOLDER;
      if (isLog) guard.check();
      else guard.checkSometimes();
      const written = write(stream, ...rest);
      if (isLog) guard.checkSometimes();
      return written;
    };
    const guarded =
      <Subject>(change: Operation<Subject>): Operation<Subject> =>
      (subject, ...rest) => {
        guard.checkSometimes();
        return change(subject, ...rest);
      };
    stream_ops.setattr = guarded(stream_ops.setattr);
    for (const name of CHANGES) node_ops[name] = guarded(node_ops[name]);
  }
}

/**
 * Why the sync failed, if it did: PostgreSQL must be told of it in its own way, since it then stops and recovers from its log.
 * Directories have no descriptor of the host; they are opened for the sync, so that new and renamed files are found again.
 */
function syncStream(stream: EmscriptenStream, nodefs: NodeFsType): unknown {
  try {
    if (typeof stream.nfd === 'number') {
      fsyncSync(stream.nfd);
    } else if (process.platform !== 'win32') {
      const descriptor = openSync(nodefs.realPath(stream.node), 'r');
      try {
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
    }
    return null;
  } catch (error) {
    return error;
  }
}
