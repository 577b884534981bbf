import isSafeRegex from 'safe-regex2';
import { z } from 'zod';
import { IngestError } from '../../model/ingest-error.ts';
import { parseDate } from '../clock/parse-date.ts';
import { parseOffset } from '../clock/wall-clock.ts';
import { isKnownZone } from '../clock/zone.ts';
import { parseShift } from './clock-shift.ts';
import type { DateRules } from './date-rules.ts';
import { DATE_GROUPS } from './own-pattern-date.ts';

const SOURCE = /^(exif|exiftool|xmp|iptc|casio|png|gps|takeout|sidecar|file):[\w :-]*\*?$/;

const source = z.string().regex(SOURCE, 'Expected a source such as exif:DateTimeOriginal, file:name or takeout:*.');
const wallClock = z.string().refine((text) => parseDate(text) !== null, 'Expected a wall clock such as 2019-07-13T14:25.');
const text = z.string().trim().min(1);
const camera = { make: text.optional(), model: text.optional(), serial: text.optional() };

const fileNameRule = z.strictObject({
  pattern: z.string().superRefine((pattern, context) => {
    const problem = problemOfPattern(pattern);
    if (problem) context.addIssue(problem);
  }),
  in: z.enum(['name', 'path']).optional(),
  utc: z.boolean().optional(),
});

const clockRule = z
  .strictObject({
    ...camera,
    from: wallClock.optional(),
    to: wallClock.optional(),
    shift: z
      .string()
      .refine((shift) => parseShift(shift) !== null, 'Expected a shift such as +01:00, -00:04:30 or +6846d 14:15:00.')
      .optional(),
    offset: z
      .string()
      .refine((offset) => parseOffset(offset) !== null, 'Expected an offset from UTC such as +09:00.')
      .optional(),
  })
  .refine(({ make, model, serial }) => make ?? model ?? serial, 'Expected make, model or serial: whose clock was wrong?')
  .refine(({ shift, offset }) => shift ?? offset, 'Expected shift or offset: what was wrong with the clock?');

const zoneRule = z.strictObject({
  ...camera,
  folder: text.optional(),
  zone: z.string().refine(isKnownZone, 'Expected an IANA zone such as Asia/Tokyo.'),
});

const dateRules = z.strictObject({
  order: z.array(source).optional(),
  ignore: z.array(source).optional(),
  fileNames: z.array(fileNameRule).optional(),
  clocks: z.array(clockRule).optional(),
  zones: z.array(zoneRule).optional(),
}) satisfies z.ZodType<DateRules>;

/**
 * Checks rules that a person wrote. Every problem is named with its place; so is a pattern that could take for ever on some name.
 *
 * @param name what the rules are called in the message, such as the path of their file
 * @throws {IngestError} `DATE_RULES_INVALID`
 * @example
 * ```ts
 * const dateRules = parseDateRules({ zones: [{ folder: '2019/Japan', zone: 'Asia/Tokyo' }] });
 * const { shot } = await readPhotoMetadata('/photos/2019/Japan/IMG_0001.jpg', { dateRules });
 * ```
 */
export function parseDateRules(rules: unknown, name = 'The date rules'): DateRules {
  const parsed = dateRules.safeParse(rules);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${z.core.toDotPath(path) || 'the whole'}: ${message}`);
  throw new IngestError('DATE_RULES_INVALID', `${name} cannot be used. ${problems.join(' ')}`, {
    remedy: 'See the guide to shot times.',
  });
}

/** Rules are checked once, however many photos they are for. */
const checked = new WeakSet<DateRules>();

/** Refuses rules that nobody has checked and that cannot be used; they would fail photo by photo. */
export function requireDateRules(rules: DateRules | undefined): void {
  if (rules === undefined || checked.has(rules)) return;
  parseDateRules(rules);
  checked.add(rules);
}

function problemOfPattern(pattern: string): string | null {
  let groups: string[];
  try {
    groups = Object.keys(new RegExp(`${pattern}|`, 'u').exec('')?.groups ?? {});
  } catch (error) {
    return `Expected a regular expression: ${(error as Error).message}.`;
  }
  if (!isSafeRegex(pattern))
    return 'Expected a pattern without repetitions inside repetitions: it could take for ever on some name.';
  const unknown = groups.filter((group) => !DATE_GROUPS.has(group));
  if (unknown.length > 0) return `Expected the groups ${[...DATE_GROUPS].join(', ')} but found ${unknown.join(', ')}.`;
  if (groups.some((group) => ['year', 'seconds', 'millis'].includes(group))) return null;
  return 'Expected a group named year, seconds or millis.';
}
