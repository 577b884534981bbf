const WIRE_VARINT = 0;
const WIRE_LENGTH_DELIMITED = 2;

/** Writes the few protobuf constructs that an ONNX model file needs, in the order they are called. */
export class ProtobufWriter {
  readonly #chunks: Uint8Array[] = [];

  integer(field: number, value: number | bigint): this {
    this.#varint((field << 3) | WIRE_VARINT);
    this.#varint(value);
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#varint((field << 3) | WIRE_LENGTH_DELIMITED);
    this.#varint(value.byteLength);
    this.#chunks.push(value);
    return this;
  }

  string(field: number, value: string): this {
    return this.bytes(field, Buffer.from(value));
  }

  message(field: number, value: ProtobufWriter): this {
    return this.bytes(field, value.finish());
  }

  finish(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  #varint(value: number | bigint): void {
    let rest = BigInt.asUintN(64, BigInt(value));
    const bytes: number[] = [];
    while (rest > 127n) {
      bytes.push(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    bytes.push(Number(rest));
    this.#chunks.push(Uint8Array.from(bytes));
  }
}
