import { lstat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type RawBuilder, sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';
import type { FileEntry, Unchanged } from '../model/index-photos.ts';
import type { AnalyzedPhoto } from '../model/photos.ts';
import { findSameFrames } from '../saving/edits/find-same-frames.ts';
import { prepareOrNull } from '../saving/rows/prepare-photo.ts';
import { type KnownFile, KnownFileTable } from './known-file-table.ts';
import { hasContent, isAtOneOf, isComplete, isUnder, keyOf, readKnownFiles, type WantedFacts } from './read-known-files.ts';

export type { WantedFacts };

/** A file as part of the photo that another file is the picture of. */
export interface CompanionOf {
  role: 'raw' | 'live';
  picture: FileEntry;
}

interface KnownFailure {
  size: number | null;
  mtimeNs: bigint | null;
  stage: string;
  retryable: boolean;
}

interface StoredFailure {
  path_bytes: Uint8Array;
  size: bigint | null;
  mtime_ns: bigint | null;
}

export interface KnownFilesOptions {
  root: string;
  rootId: string | null;
  wanted: WantedFacts;
  retryFailed: boolean;
  /** Read what is as it was, too: all of it, or what lies at this key or below it. */
  reread?: boolean | string;
  /** Load what lies in this folder alone: its path below the root, in bytes; empty for all. */
  under?: Uint8Array;
  /** Load these paths alone; a moved file's old row is then looked up when it is needed. */
  only?: readonly Uint8Array[] | undefined;
}

/** What the library knew of a root before the run, and what of it the run has met. */
export class KnownFiles {
  readonly #context: LibraryContext;
  readonly root: string;
  /** null while the library does not know the root, in a dry run. */
  readonly rootId: string | null;
  /** Key of the folder that is looked at; empty for the whole root. */
  readonly under: string;
  readonly #wanted: WantedFacts;
  readonly #retryFailed: boolean;
  readonly #files = new KnownFileTable();
  readonly #failures = new Map<string, KnownFailure>();
  readonly #unreadable: string[] = [];
  /** Files that failed in this run. */
  readonly #failing = new Set<string>();
  /** Contents (hex) of files that were not read because the library has their photos, which must keep them so long. */
  readonly heldContents = new Set<string>();

  readonly #reread: boolean | string;
  /** Files that are as they were, but for their inodes or times of change: told to the library, so that the next run knows them. */
  readonly #restated = new Map<string, FileEntry>();
  #inodesHold = true;
  /** Where moved files are looked up when not all are loaded. */
  readonly #partOfRootId: string | null;

  private constructor(context: LibraryContext, { root, rootId, under, wanted, retryFailed, reread, only }: KnownFilesOptions) {
    this.#context = context;
    this.root = root;
    this.rootId = rootId;
    this.#wanted = wanted;
    this.#retryFailed = retryFailed;
    this.#reread = reread ?? false;
    this.under = keyOf(under ?? new Uint8Array());
    this.#partOfRootId = only || this.under !== '' ? rootId : null;
  }

  static async load(context: LibraryContext, options: KnownFilesOptions): Promise<KnownFiles> {
    const known = new KnownFiles(context, options);
    const { root, rootId, under, only } = options;
    if (rootId) {
      const condition = only ? isAtOneOf(only) : isUnder(under);
      const { wanted } = options;
      for await (const rows of readKnownFiles(context, { rootId, wanted, condition })) known.#files.add(rows);
      await known.#loadFailures(rootId);
      known.#inodesHold = await inodesHold(root, known.#files);
    }
    return known;
  }

  /**
   * Whether nothing need be done for the file: it is as it was, and everything wanted is known of its photo; `unusable` for one that failed before, or
   * whose picture is damaged; `undecoded` for one that would be unchanged, but whose picture was not seen for want of a decoder.
   * Of a companion, whether it belongs to its picture's photo, or `apart`: a RAW file that is a photo of its own becomes part of a picture that comes
   * new or is damaged no more, but stays apart from one that was there too.
   */
  isUnchanged(file: FileEntry, companion?: CompanionOf): Unchanged {
    const known = this.#files.get(keyOf(file.pathBytes));
    if (known) known.seen = true;
    const failure = this.#failureOf(file);
    const mayBeSeen = known !== undefined && !known.missing && (known.undecoded || failure?.stage === 'pixels');
    if (this.failedBefore(file) && !mayBeSeen) return 'unusable';
    const isToRetry = failure !== null && (this.#retryFailed || failure.retryable);
    const isAsItWas =
      known !== undefined &&
      !known.missing &&
      known.complete &&
      !isToRetry &&
      !this.#isToReread(file) &&
      this.#isUntouched(known, file);
    if (isAsItWas && (known.fingerprint !== (file.fingerprint ?? null) || known.inode !== file.inode))
      this.#restated.set(known.fileId, file);
    if (isAsItWas && known.undecoded) return 'undecoded';
    if (isAsItWas && failure !== null) return 'unusable';
    if (!isAsItWas || companion === undefined || known.kind === companion.role) return isAsItWas;
    const { picture } = companion;
    const wasWhole =
      this.#files.has(keyOf(picture.pathBytes)) && this.#failures.get(keyOf(picture.pathBytes))?.stage !== 'pixels';
    return wasWhole || this.failedBefore(picture) ? 'apart' : false;
  }

  /**
   * By the state of the file and its sidecars. A change that keeps size and time shows in the time of the last change of the inode, or in another inode;
   * but after a copy to another disk, or where a disk numbers its files anew whenever it is mounted, those say nothing.
   */
  #isUntouched(known: KnownFile, { size, mtimeNs, inode, ctimeNs, fingerprint }: FileEntry): boolean {
    if (known.fingerprint === null || fingerprint === undefined)
      return known.size === size && known.mtimeNs === mtimeNs && known.inode === inode;
    if (known.fingerprint !== fingerprint) return false;
    return known.inode === inode ? known.ctimeNs === ctimeNs : !this.#inodesHold;
  }

  #isToReread({ pathBytes }: FileEntry): boolean {
    return typeof this.#reread === 'boolean' ? this.#reread : lies(keyOf(pathBytes), this.#reread);
  }

  /** Notes inodes and times of change of files that are as they were. */
  async writeStates(): Promise<void> {
    const states = [...this.#restated].map(([file_id, { inode, ctimeNs, fingerprint }]) => ({
      file_id,
      inode: inode.toString(),
      ctime_ns: ctimeNs?.toString(),
      fingerprint: fingerprint?.toString(),
    }));
    this.#restated.clear();
    for (let start = 0; start < states.length; start += STATES_A_STATEMENT) {
      await sql`
        UPDATE photo_files file SET inode = state.inode, ctime_ns = state.ctime_ns, fingerprint = state.fingerprint
        FROM jsonb_populate_recordset(NULL::photo_files, ${JSON.stringify(states.slice(start, start + STATES_A_STATEMENT))}::jsonb) AS state
        WHERE file.file_id = state.file_id`.execute(this.#context.db);
    }
  }

  /** Whether the file failed in an earlier run, for a reason that lies in the file, and has not changed since. */
  failedBefore(file: FileEntry): boolean {
    const failure = this.#failureOf(file);
    return failure !== null && !this.#retryFailed && !failure.retryable;
  }

  /** The content of an unchanged file whose picture was seen; null for all others. */
  contentOf(file: FileEntry): Uint8Array | null {
    const known = this.#files.get(keyOf(file.pathBytes));
    return known?.hasLook === true && known.kind === 'original' && this.#isUntouched(known, file) ? known.sha256 : null;
  }

  /** How the file failed as it is now; null where it did not. */
  #failureOf({ pathBytes, size, mtimeNs }: FileEntry): KnownFailure | null {
    const failure = this.#failures.get(keyOf(pathBytes));
    return failure?.size === size && failure.mtimeNs === mtimeNs ? failure : null;
  }

  /**
   * Whether the library holds this content with everything that is wanted of it and all of its picture, under whatever path. It is `heldContents`
   * then, until the file is saved.
   */
  async isKnownContent(sha256: Uint8Array): Promise<boolean> {
    const found = await this.#findContent(sha256);
    const isKnown = found?.complete === true && !found.isBroken;
    if (isKnown) this.heldContents.add(Buffer.from(sha256).toString('hex'));
    return isKnown;
  }

  /** Whether the faces of this content are known, with their crops if those are wanted. */
  async knowsFaces(sha256: Uint8Array): Promise<boolean> {
    const { faces, crops } = this.#wanted;
    return (await this.#findContent(sha256, { exif: false, regions: false, faces, crops }))?.complete ?? false;
  }

  /** Whether the library holds this content at all. */
  async holdsContent(sha256: Uint8Array): Promise<boolean> {
    return (await this.#findContent(sha256)) !== undefined;
  }

  /** Whether the library had a file at this path that was not missing. */
  hadFileAt(pathBytes: Uint8Array): boolean {
    return this.#files.get(keyOf(pathBytes))?.missing === false;
  }

  /**
   * The row of the file that was renamed to this one: of the same content, at a path where nothing is any more. Each row is given
   * away once. null for a copy.
   */
  async claimMovedFile(file: FileEntry, sha256: Uint8Array): Promise<string | null> {
    if (this.#files.has(keyOf(file.pathBytes))) return null;
    return await this.#claim(
      this.#partOfRootId
        ? await this.#loadMore(this.#partOfRootId, hasContent(this.#context, sha256))
        : this.#files.withContent(sha256),
    );
  }

  /** The row of the film that was renamed to this one: of the same size and time. */
  async claimMovedFilm(file: FileEntry): Promise<string | null> {
    if (this.#files.has(keyOf(file.pathBytes))) return null;
    const { size, mtimeNs } = file;
    const alike = sql`file.kind = 'live' AND file.size = ${size} AND file.mtime_ns = ${mtimeNs}`;
    return await this.#claim(
      this.#partOfRootId ? await this.#loadMore(this.#partOfRootId, alike) : this.#files.films(size, mtimeNs),
    );
  }

  /**
   * The row of the file that was renamed to this one and edited: of a photo of the same frame, camera and moment, at a path where nothing is any
   * more. null where several are gone and none of them shows the very same, as in a burst.
   */
  async claimEditedFile(file: FileEntry, analyzed: AnalyzedPhoto): Promise<string | null> {
    if (this.rootId === null || this.#files.has(keyOf(file.pathBytes))) return null;
    if (this.#files.isEmpty && this.#partOfRootId === null) return null;
    // What is wrong with one that the database will not take is told when it is saved.
    const photo = prepareOrNull({ ...analyzed, faces: null });
    const frames = photo === null ? [] : await findSameFrames(this.#context, this.rootId, photo);
    if (frames.length === 0) return null;
    if (this.#partOfRootId) {
      await this.#loadMore(this.#partOfRootId, sql`file.file_id IN (${sql.join(frames.map(({ fileId }) => fileId))})`);
    }
    const gone: KnownFile[] = [];
    let showsSame = false;
    for (const frame of frames) {
      const known = this.#files.get(keyOf(frame.pathBytes));
      if (known === undefined || known.seen || (await exists(this.root, known.key))) continue;
      showsSame ||= frame.showsSame;
      gone.push(known);
    }
    const [first] = gone;
    if (first === undefined || (gone.length > 1 && !showsSame)) return null;
    first.seen = true;
    return first.fileId;
  }

  async #claim(candidates: Iterable<KnownFile>): Promise<string | null> {
    for (const candidate of candidates) {
      if (candidate.seen || (await exists(this.root, candidate.key))) continue;
      candidate.seen = true;
      return candidate.fileId;
    }
    return null;
  }

  /** A file that a run leaves out is not missing. */
  noteLeftOut(file: FileEntry): void {
    const known = this.#files.get(keyOf(file.pathBytes));
    if (known) known.seen = true;
  }

  /** A file that is there but cannot be read is not missing; nor is anything in a folder that cannot be read. */
  noteUnreadable(pathBytes: Uint8Array): void {
    this.#unreadable.push(keyOf(pathBytes));
    this.#failing.add(keyOf(pathBytes));
  }

  /** The file holds something unusable now: if it changed since it was a photo, that photo is there no longer. */
  noteSpoilt(file: FileEntry): void {
    this.#failing.add(keyOf(file.pathBytes));
    const known = this.#files.get(keyOf(file.pathBytes));
    if (known && (known.size !== file.size || known.mtimeNs !== file.mtimeNs)) known.seen = false;
  }

  /** Files that were there before the run and that it did not meet: how many of them are pictures, and of how many pictures. */
  vanished(): { fileIds: string[]; folders: string[]; pictures: number; known: number } {
    const gone: KnownFile[] = [];
    let known = 0;
    for (const file of this.#files.values()) {
      if (file.missing || !lies(file.key, this.under)) continue;
      if (file.kind === 'original') known++;
      if (!file.seen && !this.#unreadable.some((place) => lies(file.key, place))) gone.push(file);
    }
    const folders = new Set(gone.map(({ key }) => Buffer.from(dirname(key), 'latin1').toString()));
    const pictures = gone.filter(({ kind }) => kind === 'original').length;
    return { fileIds: gone.map(({ fileId }) => fileId), folders: [...folders], pictures, known };
  }

  /** Paths that failed before the run and are gone or well again, after a run that met all that is there. */
  async mended(): Promise<Uint8Array[]> {
    const mended: Uint8Array[] = [];
    for (const [key, failure] of this.#failures) {
      if (!lies(key, this.under) || this.#failing.has(key) || this.#unreadable.some((place) => lies(key, place))) continue;
      const stats = await lstat(absolutePathOf(this.root, key), { bigint: true }).catch(() => null);
      const isAsItFailed =
        stats !== null && failure.size !== null && Number(stats.size) === failure.size && stats.mtimeNs === failure.mtimeNs;
      if (!isAsItFailed) mended.push(Buffer.from(key, 'latin1'));
    }
    return mended;
  }

  async #findContent(sha256: Uint8Array, wanted = this.#wanted): Promise<{ complete: boolean; isBroken: boolean } | undefined> {
    const { rows } = await sql<{ complete: boolean; isBroken: boolean }>`
      SELECT ${isComplete(wanted)} AS complete, photo.picture_error IS NOT NULL AS "isBroken" FROM photos photo
      WHERE photo_id IN (
        SELECT photo_id FROM photos WHERE library_id = ${this.#context.libraryId} AND sha256 = ${sha256}
        UNION ALL SELECT photo_id FROM photo_files WHERE library_id = ${this.#context.libraryId} AND sha256 = ${sha256})
      ORDER BY complete DESC LIMIT 1`.execute(this.#context.db);
    return rows[0];
  }

  /** Files that were not loaded, as they are in the table from now on. */
  async #loadMore(rootId: string, condition: RawBuilder<unknown>): Promise<KnownFile[]> {
    const found: KnownFile[] = [];
    for await (const rows of readKnownFiles(this.#context, { rootId, wanted: this.#wanted, condition })) {
      this.#files.add(rows);
      found.push(...rows.map(({ key }) => this.#files.get(key)!));
    }
    return found;
  }

  async #loadFailures(rootId: string): Promise<void> {
    const { rows } = await sql<Omit<KnownFailure, 'size' | 'mtimeNs'> & StoredFailure>`
      SELECT path_bytes, size, mtime_ns, stage, retryable FROM ingest_errors WHERE root_id = ${rootId} AND resolved_ts IS NULL`.execute(
      this.#context.db,
    );
    for (const row of rows) {
      this.#failures.set(keyOf(row.path_bytes), {
        size: row.size === null ? null : Number(row.size),
        mtimeNs: row.mtime_ns,
        stage: row.stage,
        retryable: row.retryable,
      });
    }
  }
}

const STATES_A_STATEMENT = 5_000;

/** Of so many files, most have other numbers where inodes do not hold: one or two were replaced. */
const INODES_SAMPLED = 16;
const INODES_NEEDED = 8;
const MOST_RENUMBERED = 0.75;

/** Whether files have the inodes that they had. */
async function inodesHold(root: string, files: KnownFileTable): Promise<boolean> {
  const there = [...files.sample(INODES_SAMPLED)].filter(({ missing }) => !missing);
  const states = await Promise.all(
    there.map(async ({ key, size, inode }) => {
      const stats = await lstat(absolutePathOf(root, key), { bigint: true }).catch(() => null);
      return stats === null || Number(stats.size) !== size ? [] : [stats.ino === inode];
    }),
  );
  const same = states.flat();
  return same.length < INODES_NEEDED || same.filter((isSame) => !isSame).length < same.length * MOST_RENUMBERED;
}

function absolutePathOf(root: string, key: string): Buffer {
  return Buffer.concat([Buffer.from(root), Buffer.from('/'), Buffer.from(key, 'latin1')]);
}

function lies(key: string, place: string): boolean {
  return place === '' || key === place || key.startsWith(`${place}/`);
}

async function exists(root: string, key: string): Promise<boolean> {
  return lstat(absolutePathOf(root, key)).then(
    () => true,
    () => false,
  );
}
