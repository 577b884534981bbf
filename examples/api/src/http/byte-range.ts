import { HttpProblem } from '../problems/http-problem.ts';

/** Positions of the first and the last byte, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

const ANY_OF_BYTES = /^bytes=/i;
const SEVERAL = /,/;
const ONE = /^bytes=\s*(\d*)-(\d*)\s*$/i;

/**
 * The part of `size` bytes that a Range header asks for (RFC 9110, 14.2); null where all of them are to be sent: without a header, with
 * a unit that nobody knows, or for several parts at once, which a server need not send apart. Throws RANGE_NOT_SATISFIABLE.
 *
 * Not `range-parser`: it refuses the last 1,000 bytes of a file that has fewer, instead of giving all.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | null {
  if (header === undefined || !ANY_OF_BYTES.test(header) || SEVERAL.test(header)) return null;
  const [, first = '', last = ''] = ONE.exec(header) ?? [];
  const range =
    first === '' ? { start: Math.max(0, size - Number(last)), end: size - 1 } : { start: Number(first), end: endOf(last, size) };
  const isEmpty = first === '' && last === '';
  const isReversed = first !== '' && last !== '' && Number(last) < Number(first);
  if (!isEmpty && !isReversed && range.start <= range.end) return range;
  throw new HttpProblem('RANGE_NOT_SATISFIABLE', `There are ${size} bytes; '${header}' is no part of them.`, {
    headers: { 'Content-Range': `bytes */${size}` },
  });
}

function endOf(last: string, size: number): number {
  return last === '' ? size - 1 : Math.min(Number(last), size - 1);
}
