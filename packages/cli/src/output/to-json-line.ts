/** One NDJSON line. Dates become ISO text, bigints decimal text, bytes base64, embeddings plain arrays; absent values stay as null. */
export function toJsonLine(value: object): string {
  return `${JSON.stringify(value, replace)}\n`;
}

function replace(this: unknown, _key: string, value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Float32Array) return Array.from(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return value;
}
