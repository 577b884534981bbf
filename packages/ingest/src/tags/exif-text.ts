import { Buffer } from 'node:buffer';
import type { ExifValue } from './read-exif.ts';

/** `UserComment` names its character set in the first 8 bytes. */
const CHARSET_BYTES = 8;

/** The text of EXIF `UserComment`; null when it is blank, as most cameras leave it. */
export function decodeUserComment(value: ExifValue | undefined): string | null {
  const bytes = bytesOf(value);
  if (bytes === null) return typeof value === 'string' ? blankToNull(value) : null;
  const charset = bytes.toString('latin1', 0, CHARSET_BYTES);
  const content = bytes.subarray(CHARSET_BYTES);
  if (charset.startsWith('UNICODE')) return blankToNull(decodeUtf16(content));
  if (charset.startsWith('ASCII') || charset === '\0\0\0\0\0\0\0\0') return blankToNull(content.toString('utf8'));
  if (charset.startsWith('JIS')) return blankToNull(new TextDecoder('iso-2022-jp').decode(content));
  return /^[\t\n\r -~\0]*$/.test(charset) ? blankToNull(bytes.toString('utf8')) : null;
}

/** The text of Windows' `XPTitle`, `XPComment` and `XPKeywords`: UTF-16 in bytes. */
export function decodeWindowsText(value: ExifValue | undefined): string | null {
  const bytes = bytesOf(value);
  return bytes === null ? null : blankToNull(bytes.toString('utf16le'));
}

/** The byte order is the writer's own guess; the zero bytes of Latin text tell. */
function decodeUtf16(bytes: Buffer): string {
  let evenZeros = 0;
  let oddZeros = 0;
  for (const [index, byte] of bytes.entries()) if (byte === 0) index % 2 === 0 ? evenZeros++ : oddZeros++;
  return new TextDecoder(evenZeros > oddZeros ? 'utf-16be' : 'utf-16le').decode(bytes);
}

function bytesOf(value: ExifValue | undefined): Buffer | null {
  return Array.isArray(value) && value.every((byte) => typeof byte === 'number') ? Buffer.from(value) : null;
}

function blankToNull(text: string): string | null {
  const trimmed = text.replaceAll('\0', ' ').trim();
  return trimmed === '' ? null : trimmed;
}
