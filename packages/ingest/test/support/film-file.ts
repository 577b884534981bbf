import { Buffer } from 'node:buffer';
import { box } from './heif-file.ts';

export interface TestFilm {
  /** Pixels as they are stored. */
  width: number;
  height: number;
  /** Degrees clockwise by which players turn it. */
  rotation?: 0 | 90;
  /** When its container says that it was made. */
  createdAt: Date;
}

/** The matrix of a track: how its picture comes onto the screen, in fixed-point numbers. */
const MATRICES = {
  0: [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000],
  90: [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000],
};

/** Seconds from the epoch of QuickTime, 1904, to that of Unix. */
const EPOCH_SECONDS = 2_082_844_800;

/** Writes a QuickTime film of one track whose frames are all missing: whole to everyone but players. */
export function makeFilm({ width, height, rotation = 0, createdAt }: TestFilm): Buffer {
  const time = createdAt.getTime() / 1000 + EPOCH_SECONDS;
  const movieHeader = numbers(0, time, time, 600, 600, 0x10000, 0x1000000, 0, 0, ...MATRICES[0], 0, 0, 0, 0, 0, 0, 2);
  const trackHeader = numbers(7, time, time, 1, 0, 600, 0, 0, 0, 0, ...MATRICES[rotation], width << 16, height << 16);
  const handler = Buffer.concat([numbers(0, 0), Buffer.from('vide', 'latin1'), numbers(0, 0, 0, 0)]);
  const media = Buffer.concat([box('mdhd', numbers(0, time, time, 600, 600, 0)), box('hdlr', handler)]);
  const track = Buffer.concat([box('tkhd', trackHeader), box('mdia', media)]);
  return Buffer.concat([
    box('ftyp', Buffer.from('qt  \0\0\0\0qt  ', 'latin1')),
    box('mdat', Buffer.alloc(16)),
    box('moov', Buffer.concat([box('mvhd', movieHeader), box('trak', track)])),
  ]);
}

function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeInt32BE(value | 0, index * 4);
  return bytes;
}
