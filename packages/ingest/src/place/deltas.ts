/** Reads whole numbers kept as differences, signs folded into the lowest bit, seven bits a byte, as protocol buffers write `sint32`. */
export function readDeltas(bytes: Uint8Array, count: number): Int32Array {
  const values = new Int32Array(count);
  let value = 0;
  let position = 0;
  for (let index = 0; index < count; index++) {
    let folded = 0;
    let shift = 0;
    let byte: number;
    do {
      byte = bytes[position++]!;
      folded |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte & 0x80);
    value += (folded >>> 1) ^ -(folded & 1);
    values[index] = value;
  }
  return values;
}
