/** What the library knows of one file of a root. */
export interface KnownFile {
  readonly fileId: string;
  /** Path below the root, one character a byte. */
  readonly key: string;
  readonly kind: FileKind;
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly inode: bigint;
  /** null: never noted. */
  readonly ctimeNs: bigint | null;
  /** Of the file and its sidecars; null: never noted. */
  readonly fingerprint: bigint | null;
  readonly missing: boolean;
  /** Whether everything wanted is known of its photo, as far as its picture can be seen. */
  readonly complete: boolean;
  /** Whether its picture was seen, if only in part. */
  readonly hasLook: boolean;
  /** Whether it was not, for want of a decoder. */
  readonly undecoded: boolean;
  /** Of its content; null for a film. */
  readonly sha256: Uint8Array | null;
  /** Whether this run met it. */
  seen: boolean;
}

export type KnownFileRow = Omit<KnownFile, 'seen'>;

const KINDS = ['original', 'raw', 'live', 'sidecar'] as const;
export type FileKind = (typeof KINDS)[number];

/** In two bytes of flags; the lowest two bits are the kind. */
const FLAG = {
  kind: 3,
  missing: 4,
  complete: 8,
  seen: 16,
  hasContent: 32,
  hasState: 64,
  hasLook: 128,
  undecoded: 256,
} as const;

const ID_BYTES = 16;
const SHA256_BYTES = 32;
/** The bytes of a hash by which files are sorted: as many as a number holds exactly. */
const PREFIX_BYTES = 6;
/** Places count pages in steps of this. */
const MAX_PAGE_FILES = 65_536;

/** Some files, column by column. */
interface Page {
  keys: string[];
  ids: Buffer;
  contents: Buffer;
  sizes: Float64Array;
  mtimes: BigInt64Array;
  inodes: BigUint64Array;
  ctimes: BigInt64Array;
  fingerprints: BigInt64Array;
  flags: Uint16Array;
}

/**
 * The files of a root by path and by content, in columns: 217 bytes for a file with a path of 42 characters, so 217 MB for a million. An object for
 * each, with its strings, took 440.
 */
export class KnownFileTable {
  readonly #pages: Page[] = [];
  /** Places by path. */
  readonly #places = new Map<string, number>();
  /** Places by content, sorted by the beginning of its hash; null until it is asked for. */
  #contents: { prefixes: Float64Array; places: Float64Array } | null = null;

  /** Adds up to 65,536 files; those whose path is there stay as they are. */
  add(rows: readonly KnownFileRow[]): void {
    const fresh = rows.filter(({ key }) => !this.#places.has(key));
    if (fresh.length === 0) return;
    for (const [at, { key }] of fresh.entries()) this.#places.set(key, this.#pages.length * MAX_PAGE_FILES + at);
    this.#pages.push(pageOf(fresh));
    this.#contents = null;
  }

  get isEmpty(): boolean {
    return this.#places.size === 0;
  }

  has(key: string): boolean {
    return this.#places.has(key);
  }

  get(key: string): KnownFile | undefined {
    const place = this.#places.get(key);
    return place === undefined ? undefined : this.#at(place);
  }

  *values(): Generator<KnownFile> {
    for (const place of this.#places.values()) yield this.#at(place);
  }

  /** Up to so many of the files, spread over all. */
  *sample(count: number): Generator<KnownFile> {
    const step = Math.max(1, Math.floor(this.#places.size / count));
    let [at, given] = [0, 0];
    for (const place of this.#places.values()) {
      if (at++ % step === 0 && given++ < count) yield this.#at(place);
    }
  }

  /** Films of live photos with this size and time. */
  *films(size: number, mtimeNs: bigint): Generator<KnownFile> {
    for (const file of this.values()) {
      if (file.kind === 'live' && file.size === size && file.mtimeNs === mtimeNs) yield file;
    }
  }

  /** Files of a content. */
  *withContent(sha256: Uint8Array): Generator<KnownFile> {
    this.#contents ??= this.#sortByContent();
    const { prefixes, places } = this.#contents;
    const prefix = prefixOf(Buffer.from(sha256), 0);
    for (let rank = firstAtLeast(prefixes, prefix); prefixes[rank] === prefix; rank++) {
      const file = this.#at(places[rank]!);
      if (file.hasContent(sha256)) yield file;
    }
  }

  #sortByContent(): { prefixes: Float64Array; places: Float64Array } {
    const found: { prefix: number; place: number }[] = [];
    for (const [number, { flags, contents }] of this.#pages.entries()) {
      for (const [at, flag] of flags.entries()) {
        if (flag & FLAG.hasContent) found.push({ prefix: prefixOf(contents, at), place: number * MAX_PAGE_FILES + at });
      }
    }
    found.sort((a, b) => a.prefix - b.prefix);
    return {
      prefixes: Float64Array.from(found, ({ prefix }) => prefix),
      places: Float64Array.from(found, ({ place }) => place),
    };
  }

  #at(place: number): FileInPage {
    return new FileInPage(this.#pages[Math.floor(place / MAX_PAGE_FILES)]!, place % MAX_PAGE_FILES);
  }
}

class FileInPage implements KnownFile {
  readonly #page: Page;
  readonly #at: number;

  constructor(page: Page, at: number) {
    this.#page = page;
    this.#at = at;
  }

  get key(): string {
    return this.#page.keys[this.#at]!;
  }

  get fileId(): string {
    const hex = this.#page.ids.toString('hex', this.#at * ID_BYTES, (this.#at + 1) * ID_BYTES);
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  get kind(): FileKind {
    return KINDS[this.#page.flags[this.#at]! & FLAG.kind]!;
  }

  get size(): number {
    return this.#page.sizes[this.#at]!;
  }

  get mtimeNs(): bigint {
    return this.#page.mtimes[this.#at]!;
  }

  get inode(): bigint {
    return this.#page.inodes[this.#at]!;
  }

  get ctimeNs(): bigint | null {
    return this.#hasState ? this.#page.ctimes[this.#at]! : null;
  }

  get fingerprint(): bigint | null {
    return this.#hasState ? this.#page.fingerprints[this.#at]! : null;
  }

  get #hasState(): boolean {
    return (this.#page.flags[this.#at]! & FLAG.hasState) !== 0;
  }

  get missing(): boolean {
    return (this.#page.flags[this.#at]! & FLAG.missing) !== 0;
  }

  get complete(): boolean {
    return (this.#page.flags[this.#at]! & FLAG.complete) !== 0;
  }

  get hasLook(): boolean {
    return (this.#page.flags[this.#at]! & FLAG.hasLook) !== 0;
  }

  get undecoded(): boolean {
    return (this.#page.flags[this.#at]! & FLAG.undecoded) !== 0;
  }

  get sha256(): Uint8Array | null {
    const start = this.#at * SHA256_BYTES;
    const isNoted = (this.#page.flags[this.#at]! & FLAG.hasContent) !== 0;
    return isNoted ? this.#page.contents.subarray(start, start + SHA256_BYTES) : null;
  }

  get seen(): boolean {
    return (this.#page.flags[this.#at]! & FLAG.seen) !== 0;
  }

  set seen(isSeen: boolean) {
    const rest = this.#page.flags[this.#at]! & ~FLAG.seen;
    this.#page.flags[this.#at] = isSeen ? rest | FLAG.seen : rest;
  }

  hasContent(sha256: Uint8Array): boolean {
    const start = this.#at * SHA256_BYTES;
    return this.#page.contents.subarray(start, start + SHA256_BYTES).equals(sha256);
  }
}

function pageOf(rows: readonly KnownFileRow[]): Page {
  const page: Page = {
    keys: rows.map(({ key }) => key),
    ids: Buffer.alloc(rows.length * ID_BYTES),
    contents: Buffer.alloc(rows.length * SHA256_BYTES),
    sizes: Float64Array.from(rows, ({ size }) => size),
    mtimes: BigInt64Array.from(rows, ({ mtimeNs }) => mtimeNs),
    inodes: BigUint64Array.from(rows, ({ inode }) => inode),
    ctimes: BigInt64Array.from(rows, ({ ctimeNs }) => ctimeNs ?? 0n),
    fingerprints: BigInt64Array.from(rows, ({ fingerprint }) => fingerprint ?? 0n),
    flags: Uint16Array.from(rows, flagsOf),
  };
  for (const [at, { fileId, sha256 }] of rows.entries()) {
    page.ids.write(fileId.replaceAll('-', ''), at * ID_BYTES, 'hex');
    if (sha256) page.contents.set(sha256, at * SHA256_BYTES);
  }
  return page;
}

function flagsOf({ kind, missing, complete, hasLook, undecoded, sha256, ctimeNs, fingerprint }: KnownFileRow): number {
  const hasState = ctimeNs !== null && fingerprint !== null;
  return (
    KINDS.indexOf(kind) |
    (missing ? FLAG.missing : 0) |
    (complete ? FLAG.complete : 0) |
    (sha256 ? FLAG.hasContent : 0) |
    (hasState ? FLAG.hasState : 0) |
    (hasLook ? FLAG.hasLook : 0) |
    (undecoded ? FLAG.undecoded : 0)
  );
}

function prefixOf(contents: Buffer, at: number): number {
  return contents.readUIntBE(at * SHA256_BYTES, PREFIX_BYTES);
}

/** The first rank whose number is no smaller; their count when all are. */
function firstAtLeast(sorted: Float64Array, wanted: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
