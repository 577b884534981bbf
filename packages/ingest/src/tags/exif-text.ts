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

/** The text of Windows' `XPTitle`, `XPComment`, `XPKeywords`, `XPSubject` and `XPAuthor`: UTF-16 in bytes, but for programs that write UTF-8. */
export function decodeWindowsText(value: ExifValue | undefined): string | null {
  const bytes = bytesOf(value);
  if (bytes === null) return null;
  return blankToNull(utf8OfWindowsText(bytes) ?? bytes.toString('utf16le'));
}

/** Bytes from which a text that is UTF-8 by chance is not met any more: four Chinese characters, of which one in ten thousand is ASCII letters alone. */
const TELLING_BYTES = 8;

/**
 * The text where it is UTF-8; null for UTF-16. Latin text in UTF-16 has a zero in every character; Chinese has none, but hardly ever makes valid UTF-8, and
 * that of a few bytes is told by what ends it: two zeros a wide text, one or none a narrow one.
 */
function utf8OfWindowsText(bytes: Buffer): string | null {
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
  const content = bytes.subarray(0, end);
  if (end === 0 || content.includes(0)) return null;
  const text = validUtf8(content);
  const wide = content.toString('utf16le');
  if (text === null || !isText(text)) return null;
  const endsWide = bytes.length - end >= 2;
  const kana = wide.match(/\p{scx=Hira}/gu)?.length ?? 0;
  if (kana * 2 >= wide.length || (kana > 0 && endsWide)) return null;
  const isNoWideText = end % 2 === 1 || /[\p{Co}\p{Cn}\p{Cc}\p{Cs}]/u.test(wide);
  return end < TELLING_BYTES && !isNoWideText && endsWide ? null : text;
}

/** Of letters for the most part. */
function isText(text: string): boolean {
  const letters = text.match(/[\p{L}\p{M}\p{N} ,;.'-]/gu)?.length ?? 0;
  return letters >= 0.8 * [...text].length;
}

function validUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
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
