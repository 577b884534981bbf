import { Buffer } from 'node:buffer';

/** Numbers that break arithmetic: the ends of the ranges, and what lies beside them. */
const HARD_NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff];

/** Most structures that lead a reader astray stand at the beginning. */
const HEAD_BYTES = 2_048;

/** A damaged copy of a file: cut short, or with bytes, numbers or stretches replaced, mostly near its beginning. */
export function damageFile(file: Buffer, random: () => number): Buffer {
  const below = (limit: number) => Math.floor(random() * limit);
  if (random() < 0.15) return Buffer.from(file.subarray(0, below(file.length)));
  const copy = Buffer.from(file);
  const reach = random() < 0.7 ? Math.min(HEAD_BYTES, copy.length) : copy.length;
  for (let times = 1 + below(random() < 0.7 ? 4 : 60); times > 0; times--) {
    const at = below(reach);
    const kind = random();
    if (kind < 0.4) copy[at] = below(256);
    else if (kind < 0.8) writeNumber(copy, at, HARD_NUMBERS[below(HARD_NUMBERS.length)] ?? 0, random);
    else copy.copyWithin(at, below(reach), below(reach));
  }
  return copy;
}

function writeNumber(copy: Buffer, at: number, value: number, random: () => number): void {
  const bytes = random() < 0.5 ? 2 : 4;
  if (at + bytes > copy.length) return;
  const fitting = bytes === 2 ? value & 0xffff : value;
  if (random() < 0.5) copy.writeUIntLE(fitting, at, bytes);
  else copy.writeUIntBE(fitting, at, bytes);
}
