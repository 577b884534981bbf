import { IngestError, type IngestErrorCode } from '../model/ingest-error.ts';

/** How libvips and its decoders word each kind of failure. */
const WORDINGS: readonly [pattern: RegExp, code: IngestErrorCode, advice: string][] = [
  [
    /not supported|not configured|not been built in|bad labq|not a whole number of bytes/i,
    'UNSUPPORTED_FORMAT',
    'uses a variant of its format that the image decoder does not know. Save it anew as JPEG or PNG to see its picture',
  ],
  [
    /exceeds pixel limit|too large|too many pixels|memory allocation error/i,
    'IMAGE_TOO_LARGE',
    'has more pixels than photoorg decodes. Scale it down to index it',
  ],
  [/^timeout|timed out/im, 'IMAGE_TIMEOUT', 'takes too long to decode. Save it anew with another program'],
  [
    /premature end|unexpected end|end of file|not enough data|read error|truncated/i,
    'IMAGE_TRUNCATED',
    'ends before its picture is complete, as after an interrupted copy. Copy it again from its source',
  ],
];

/** Gives a failure of the decoder its code and a remedy. */
export function decodeError(name: string, cause: unknown): IngestError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const [, code, advice] = WORDINGS.find(([pattern]) => pattern.test(message)) ?? [
    '',
    'IMAGE_CORRUPT' as const,
    'is damaged. Restore it from a backup',
  ];
  const detail = message.trim().split('\n').at(-1) ?? '';
  return new IngestError(code, `${name} ${advice} (${detail}).`, { cause });
}
