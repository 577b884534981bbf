/** https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format": signature, flags, header extension length. */
const SIGNATURE = Uint8Array.from([0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00]);
const HEADER_BYTES = SIGNATURE.length + 8;
const END_OF_DATA = -1;
const NULL_LENGTH = -1;
/** Version number in front of a binary jsonb. */
const JSONB_VERSION = 1;
const INITIAL_BYTES = 64 * 1024;

const UUID_BYTES = 16;
/** Where a UUID's hex digits stand between its hyphens. */
const UUID_GROUPS = [
  [0, 8],
  [9, 13],
  [14, 18],
  [19, 23],
  [24, 36],
] as const;

const utf8 = new TextEncoder();

/**
 * Writes rows in the format of COPY BINARY: ten times cheaper for the server than INSERT, and exact for every value.
 *
 * Call `row` once per row, then one method per column, each of the column's own type: PostgreSQL converts nothing here.
 */
export class CopyWriter {
  #bytes = new Uint8Array(INITIAL_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  constructor() {
    this.#bytes.set(SIGNATURE);
    this.#length = HEADER_BYTES;
  }

  /** Bytes so far. */
  get size(): number {
    return this.#length;
  }

  get isEmpty(): boolean {
    return this.#length === HEADER_BYTES;
  }

  row(columns: number): this {
    this.#reserve(2);
    this.#view.setInt16(this.#length, columns);
    this.#length += 2;
    return this;
  }

  null(): this {
    return this.#int32(NULL_LENGTH);
  }

  smallint(value: number): this {
    this.#int32(2).#reserve(2);
    this.#view.setInt16(this.#length, value);
    this.#length += 2;
    return this;
  }

  integer(value: number): this {
    return this.#int32(4).#int32(value);
  }

  /** float4. */
  real(value: number | null): this {
    if (value === null) return this.null();
    this.#int32(4).#reserve(4);
    this.#view.setFloat32(this.#length, value);
    this.#length += 4;
    return this;
  }

  uuid(value: string | null): this {
    if (value === null) return this.null();
    this.#int32(UUID_BYTES).#reserve(UUID_BYTES);
    for (const [start, end] of UUID_GROUPS) {
      for (let at = start; at < end; at += 2) {
        this.#bytes[this.#length++] = (hexDigit(value.charCodeAt(at)) << 4) | hexDigit(value.charCodeAt(at + 1));
      }
    }
    return this;
  }

  text(value: string | null): this {
    return value === null ? this.null() : this.bytes(utf8.encode(value));
  }

  /** Takes JSON text. */
  jsonb(value: string | null): this {
    if (value === null) return this.null();
    const text = utf8.encode(value);
    this.#int32(text.length + 1).#reserve(text.length + 1);
    this.#bytes[this.#length++] = JSONB_VERSION;
    return this.#raw(text);
  }

  /** bytea, or any type whose binary form is at hand, such as a vector from `writeVector`. */
  bytes(value: Uint8Array | null): this {
    return value === null ? this.null() : this.#int32(value.length).#raw(value);
  }

  /** The finished data; nothing can be added afterwards. */
  finish(): Uint8Array {
    this.#reserve(2);
    this.#view.setInt16(this.#length, END_OF_DATA);
    this.#length += 2;
    return this.#bytes.subarray(0, this.#length);
  }

  #int32(value: number): this {
    this.#reserve(4);
    this.#view.setInt32(this.#length, value);
    this.#length += 4;
    return this;
  }

  #raw(value: Uint8Array): this {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
    return this;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** 0-9, A-F and a-f: the low four bits of a letter count from 1. */
function hexDigit(code: number): number {
  return code <= 0x39 ? code & 0x0f : (code & 0x0f) + 9;
}
