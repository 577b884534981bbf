/** A value as SQLite stores it. Integers come as bigint, so that 64-bit hashes survive. */
export type SourceValue = null | number | bigint | string | Uint8Array;

export type SourceRow = Readonly<Record<string, SourceValue>>;

/** A key as text: the integer 7, the text '7' and a blob stay apart from nothing else in one table. */
export function keyText(value: SourceValue): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return String(value);
}

/** For messages: the value, shortened; of bytes only how many. */
export function showValue(value: SourceValue): string {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(value.length > longestEcho ? `${value.slice(0, longestEcho)}…` : value);
}

const longestEcho = 60;

/** The row's values other than bytes, as JSON: kept beside the copy, so that a column without a place of its own is not lost. */
export function plainValues(row: SourceRow): Record<string, null | number | string> {
  const plain: Record<string, null | number | string> = {};
  for (const [column, value] of Object.entries(row)) {
    if (value instanceof Uint8Array) continue;
    plain[column] = typeof value === 'bigint' ? toJsonInteger(value) : value;
  }
  return plain;
}

function toJsonInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
