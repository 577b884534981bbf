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
          syncStream(stream, nodefs);
          return 0;
        };
      },
      ...(emscriptenOpts.preRun ?? []),
    ];
    return initialised;
  }
}

/** Directories are opened without a descriptor of the host: open them for the sync, so that new and renamed files are found again. */
function syncStream(stream: EmscriptenStream, nodefs: NodeFsType): void {
  if (typeof stream.nfd === 'number') {
    fsyncSync(stream.nfd);
    return;
  }
  if (process.platform === 'win32') return;
  const descriptor = openSync(nodefs.realPath(stream.node), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
