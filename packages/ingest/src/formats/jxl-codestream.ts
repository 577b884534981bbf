import { Buffer } from 'node:buffer';
import { bufferSource } from '../files/byte-source.ts';
import { readBoxes } from './iso-boxes.ts';
import { isBareCodestream } from './jxl-header.ts';

/** Number of the part, in front of each part of a codestream that is spread over boxes. */
export const PART_NUMBER_BYTES = 4;

/** The picture of a JPEG XL file without the container around it, whose boxes of metadata may be bombs. */
export async function jxlCodestreamOf(file: Uint8Array): Promise<Uint8Array> {
  const source = bufferSource(file);
  if (await isBareCodestream(source)) return file;
  const parts: Uint8Array[] = [];
  for (const { type, start, end } of await readBoxes(source, 0, source.size)) {
    if (type === 'jxlc') return file.subarray(start, end);
    if (type === 'jxlp') parts.push(file.subarray(start + PART_NUMBER_BYTES, end));
  }
  return Buffer.concat(parts);
}
