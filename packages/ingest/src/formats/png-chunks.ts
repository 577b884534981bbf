import type { ByteSource } from '../files/byte-source.ts';
import { MAX_CONTAINER_STEPS } from '../model/limits.ts';

/** A chunk of a PNG file: its name and where its content lies. */
export interface PngChunk {
  name: string;
  start: number;
  length: number;
}

const SIGNATURE_BYTES = 8;
const CHECKSUM_BYTES = 4;

const CHUNK_NAME = /^[A-Za-z]{4}$/;

/** Walks the chunks up to and with `IEND`. https://www.w3.org/TR/png-3/#5Chunk-layout */
export async function* walkPngChunks(source: ByteSource): AsyncGenerator<PngChunk, void, undefined> {
  let offset = SIGNATURE_BYTES;
  for (let step = 0; step < MAX_CONTAINER_STEPS; step++) {
    const head = await source.read(offset, 8);
    if (head.length < 8) return;
    const length = head.readUInt32BE(0);
    const name = head.toString('latin1', 4, 8);
    if (!CHUNK_NAME.test(name)) return; // padding or rubbish
    yield { name, start: offset + 8, length };
    if (name === 'IEND') return;
    offset += 8 + length + CHECKSUM_BYTES;
  }
}
