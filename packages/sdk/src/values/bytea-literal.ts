/** A bytea inside a JSON document. */
export function byteaLiteral(bytes: Uint8Array): string {
  return `\\x${Buffer.from(bytes).toString('hex')}`;
}
