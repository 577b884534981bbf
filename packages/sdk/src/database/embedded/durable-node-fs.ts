import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** The parts of Emscripten's file system that are touched here. */
interface EmscriptenStream {
  nfd?: number | null;
  node: unknown;
}

interface NodeFsType {
  realPath(node: unknown): string;
  stream_ops: { fsync?: (stream: EmscriptenStream) => number };
}

/** "Input/output error", as Emscripten numbers it. */
const EIO = 29;

type InitOptions = Parameters<NodeFS['init']>[1];

/**
 * PGlite's folder with real fsyncs.
 *
 * Emscripten's NODEFS has no `fsync` operation, so PostgreSQL believes it has synced and nothing reached the disk: after a power
 * cut the folder may not even open. With the operation in place, every WAL flush, checkpoint and directory sync that PostgreSQL
 * asks for is one `fsync(2)`.
 */
export class DurableNodeFS extends NodeFS {
  /** How many fsyncs PostgreSQL asked for so far. */
  syncs = 0;

  override async init(pglite: PGlite, options: InitOptions): ReturnType<NodeFS['init']> {
    const initialised = await super.init(pglite, options);
    const { emscriptenOpts } = initialised;
    emscriptenOpts.preRun = [
      (module) => {
        const nodefs = (module as unknown as { FS: { filesystems: { NODEFS: NodeFsType } } }).FS.filesystems.NODEFS;
        nodefs.stream_ops.fsync = (stream) => {
          this.syncs++;
          return syncStream(stream, nodefs) ? 0 : EIO;
        };
      },
      ...(emscriptenOpts.preRun ?? []),
    ];
    return initialised;
  }
}

/**
 * Whether the sync succeeded: PostgreSQL must be told of a failure in its own way, since it then stops and recovers from its log.
 * Directories have no descriptor of the host; they are opened for the sync, so that new and renamed files are found again.
 */
function syncStream(stream: EmscriptenStream, nodefs: NodeFsType): boolean {
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
    return true;
  } catch {
    return false;
  }
}
