import type { Buffer } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { SAMPLE_FOLDER } from './sample-photos.ts';

/**
 * The upper three quarters of sample6.jpg of @vladmandic/face-api (MIT), 640 x 384 pixels, written by heif-enc 1.15.1 with x265 3.5 at quality 35.
 */
export const HEIC_PHOTO = fileURLToPath(new URL('../fixtures/four-faces.heic', import.meta.url));

/** The same with the EXIF of the sample, whose orientation was set to 6; nothing else in the file orders a turn. */
export const HEIC_TURNED_BY_EXIF = fileURLToPath(new URL('../fixtures/four-faces-turned-by-exif.heic', import.meta.url));

/** The picture of both, from its source. */
export async function heicPicture(): Promise<Buffer> {
  const sample = sharp(join(SAMPLE_FOLDER, 'sample6.jpg'));
  const { width, height } = await sample.metadata();
  const picture = sample.extract({ left: 0, top: 0, width, height: Math.round(height * 0.75) }).resize(640);
  return await picture.png().toBuffer();
}

/** A HEIC with an order to turn (`irot`) in the place of its list of bit depths, which decoders do without. */
export async function withTurnOrder(path: string, quarterTurnsLeft: number): Promise<Buffer> {
  const bytes = await readFile(path);
  const at = bytes.indexOf('pixi', 0, 'latin1');
  bytes.write('irot', at, 'latin1');
  bytes[at + 4] = quarterTurnsLeft;
  return bytes;
}

/** A HEIC whose container claims another size. */
export async function withClaimedSize(path: string, width: number, height: number): Promise<Buffer> {
  const bytes = await readFile(path);
  const at = bytes.indexOf('ispe', 0, 'latin1');
  bytes.writeUInt32BE(width, at + 8);
  bytes.writeUInt32BE(height, at + 12);
  return bytes;
}
