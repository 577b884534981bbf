/** A dlib `resizable_tensor`: samples x channels x rows x columns of float32. */
export interface DlibTensor {
  shape: [number, number, number, number];
  data: Float32Array;
}

const TENSOR_VERSION = 2;
// dlib marks infinities and NaN by exponents from here on; no weight is one of them.
const FIRST_SPECIAL_EXPONENT = 32_000;

/**
 * Reads values as dlib's `serialize.h` writes them.
 *
 * Integers are one control byte (low nibble: byte count, top bit: sign) and that many little-endian bytes; floats are an
 * integer mantissa and an integer exponent of two. See http://dlib.net/dlib/serialize.h.html
 */
export class DlibReader {
  readonly #bytes: Buffer;
  offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.offset;
  }

  integer(): number {
    const control = this.#bytes.readUInt8(this.offset++);
    const size = control & 0x7f;
    if (size > 8) throw new Error(`Expected a dlib integer at byte ${this.offset - 1} but found control byte ${control}.`);
    let value = 0;
    let weight = 1;
    for (let i = 0; i < size; i++) {
      value += this.#bytes.readUInt8(this.offset++) * weight;
      weight *= 256;
    }
    return control & 0x80 ? -value : value;
  }

  float(): number {
    const mantissa = this.integer();
    const exponent = this.integer();
    if (exponent >= FIRST_SPECIAL_EXPONENT) throw new Error(`Expected a finite number before byte ${this.offset}.`);
    return mantissa * 2 ** exponent;
  }

  /** A `dlib::matrix<float>`, row-major. Sizes are written negated for fixed-layout matrices. */
  matrix(): Float32Array {
    const size = Math.abs(this.integer()) * Math.abs(this.integer());
    return Float32Array.from({ length: size }, () => this.float());
  }

  tensor(): DlibTensor {
    const version = this.integer();
    if (version !== TENSOR_VERSION) throw new Error(`Expected tensor version ${TENSOR_VERSION} but found ${version}.`);
    const shape: DlibTensor['shape'] = [this.integer(), this.integer(), this.integer(), this.integer()];
    const length = shape.reduce((product, size) => product * size, 1);
    const data = new Float32Array(length);
    for (let i = 0; i < length; i++) data[i] = this.#bytes.readFloatLE(this.offset + 4 * i);
    this.offset += 4 * length;
    return { shape, data };
  }

  /** Moves past the next serialised string equal to `text`; false at the end of the file. */
  skipPast(text: string): boolean {
    // A string is its length as an integer (one control byte, one length byte) followed by its characters.
    const pattern = Buffer.concat([Buffer.from([1, text.length]), Buffer.from(text, 'latin1')]);
    const at = this.#bytes.indexOf(pattern, this.offset);
    if (at < 0) return false;
    this.offset = at + pattern.length;
    return true;
  }
}
