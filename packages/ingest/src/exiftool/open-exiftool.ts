import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { displayPath } from '../files/photo-path.ts';
import { openScratchFolder } from '../files/scratch-folder.ts';
import { createWeightedLimit } from '../flow/weighted-limit.ts';
import { IngestError } from '../model/ingest-error.ts';
import { refuseUnknown } from '../model/refuse-unknown.ts';
import type { Exiftool, ExiftoolTags } from './exiftool.ts';
import { loadExiftool, missing } from './load-exiftool.ts';
import { withPlainPath } from './plain-path.ts';
import { spawnExiftool } from './spawn-exiftool.ts';

/** Each takes 40 MB, and reads 20 files a second. */
const MAX_PROCESSES = Math.min(2, availableParallelism());

/** A file takes 0.05 s, starting perl 0.3 s. Twice this, because a file is tried a second time, stays below 10 s. */
const TIMEOUT_MILLIS = 4_500;

/** `-b`, the depth of groups, and names of tags: nothing by which exiftool would write, run or configure. */
const READS_ONLY = /^-(b|G\d(:\d)*|[A-Z][A-Za-z0-9-]+(:[A-Za-z][A-Za-z0-9-]+)?)$/;

export interface OpenExiftoolOptions {
  /** How long one file may take exiftool, and once more on a second try. Default 4,500. */
  timeoutMillis?: number;
}

/**
 * Starts exiftool, by which a scan also sees films and the RAW formats that ingest has no reader of its own for. Needs the package exiftool-vendored,
 * and perl but on Windows.
 *
 * A few processes serve all files; one that hangs is killed and replaced, and all end with this process, however that ends.
 *
 * @throws {IngestError} `EXIFTOOL_MISSING`
 * @example
 * ```ts
 * await using exiftool = await openExiftool();
 * for await (const item of scanPhotos({ root: '/photos', exiftool })) console.log(item.file.path);
 * ```
 */
export async function openExiftool(options: OpenExiftoolOptions = {}): Promise<Exiftool> {
  refuseUnknown('openExiftool', options, { timeoutMillis: true });
  const { timeoutMillis = TIMEOUT_MILLIS } = options;
  const { ExifTool, exiftoolPath } = await loadExiftool();
  const path = await exiftoolPath().catch((cause: unknown) => {
    throw missing('its package is incomplete: npm install exiftool-vendored, optional dependencies included', cause);
  });
  const cluster = new ExifTool({
    maxProcs: MAX_PROCESSES,
    minDelayBetweenSpawnMillis: 0,
    taskTimeoutMillis: timeoutMillis,
    taskRetries: 1,
    checkPerl: false,
    processFactory: () => spawnExiftool(path),
  });
  const version = await cluster.version().catch(async (cause: unknown) => {
    await cluster.end(false);
    throw missing('it does not start; perl may lack modules: install the whole of perl', cause);
  });
  const scratch = await openScratchFolder();
  // None waits inside the cluster, so that a scan that is stopped leaves nothing to be done.
  const slots = createWeightedLimit(MAX_PROCESSES);
  const inTurn = <T>(work: () => Promise<T>, signal?: AbortSignal) =>
    slots.run(1, async () => await orAborted(work(), signal), signal);

  return {
    version,
    async read(file, args = [], signal) {
      const refused = args.find((arg) => !READS_ONLY.test(arg));
      if (refused !== undefined)
        throw new TypeError(`Expected -b, -G or the name of a tag but received ${JSON.stringify(refused)}.`);
      // Groups in the keys tell who says what; numbers are not put into words.
      const readArgs = ['-G1', '-a', '-n', '-struct', '-api', 'largefilesupport=1', ...args];
      try {
        const ask = async (path: string) => (await cluster.readRaw(path, { readArgs, useMWG: false })) as ExiftoolTags;
        return await inTurn(() => withPlainPath(file, scratch, ask), signal);
      } catch (error) {
        signal?.throwIfAborted();
        throw explain(error, displayPath(file));
      }
    },
    async replaceTags(from, into, tags, signal) {
      const [source, target] = [`${randomUUID()}.xmp`, `${randomUUID()}.xmp`];
      try {
        const outdated = tags.map((tag) => `-${tag}=`);
        const copied = ['-tagsFromFile', await scratch.write(source, from), ...tags.map((tag) => `-${tag}`)];
        const writeArgs = ['-overwrite_original', '-struct', ...outdated, ...copied];
        const path = await scratch.write(target, into);
        // Of a write, what exiftool calls a minor error is an error, too.
        await inTurn(() => cluster.write(path, {}, { writeArgs, ignoreMinorErrors: false }), signal);
        return await scratch.read(target);
      } finally {
        await Promise.all([source, target].map(scratch.remove));
      }
    },
    async [Symbol.asyncDispose]() {
      await cluster.end(false);
      await scratch[Symbol.asyncDispose]();
    },
  };
}

/** The process goes on until it is done or its time is up, and nobody waits for it. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function explain(cause: unknown, name: string): IngestError {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/time(d )?out/i.test(message)) {
    return new IngestError(
      'METADATA_TIMEOUT',
      `exiftool did not get through ${name} in time; the file is damaged or hostile, or this machine is overloaded.`,
      { cause },
    );
  }
  if (/file not found|error opening file|permission denied/i.test(message)) {
    return new IngestError('FILE_UNREADABLE', `exiftool cannot read ${name} (${message}): check the disk and the permissions.`, {
      cause,
    });
  }
  return new IngestError('METADATA_CRASH', `exiftool broke down over ${name} (${message}); the file is damaged or hostile.`, {
    cause,
  });
}
