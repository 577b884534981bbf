import type { ByteSource } from '../files/byte-source.ts';
import { readBoxes } from './iso-boxes.ts';

/** Seconds from 1904, where films count from, to 1970. */
const EPOCH_SECONDS = 2_082_844_800;

/**
 * When a film (MOV, MP4) was made, by its `mvhd` box, which counts in UTC (ISO/IEC 14496-12, 8.2.2); some cameras count by their own clocks instead.
 * null when no clock was set, and of what is no such film.
 */
export async function readFilmInstant(source: ByteSource): Promise<Date | null> {
  const movie = (await readBoxes(source, 0, source.size)).find(({ type }) => type === 'moov');
  const header = movie && (await readBoxes(source, movie.start, movie.end)).find(({ type }) => type === 'mvhd');
  const bytes = header && (await source.read(header.start, 12));
  if (bytes?.length !== 12) return null;
  const seconds = bytes[0] === 1 ? Number(bytes.readBigUInt64BE(4)) : bytes.readUInt32BE(4);
  const at = new Date((seconds - EPOCH_SECONDS) * 1_000);
  return seconds === 0 || seconds === EPOCH_SECONDS || Number.isNaN(at.getTime()) ? null : at;
}
