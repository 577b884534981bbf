import type { ByteSource } from '../files/byte-source.ts';
import { readBmpHeader } from './bmp-header.ts';
import { emptyBlocks, type PhotoBlocks } from './photo-blocks.ts';

/** A bitmap says its size, and nothing else. */
export async function readBmpBlocks(source: ByteSource): Promise<PhotoBlocks> {
  const { width = 0, height = 0 } = (await readBmpHeader(source)) ?? {};
  return { ...emptyBlocks('bmp'), width, height };
}
