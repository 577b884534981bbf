import type { PersonShown, PersonShownSource, PhotoPlace, PhotoToSave, UnplacedReason } from '../model/photos.ts';
import type { OffsetSource, ShotTime, ShotTimeCandidate, ShotTimePrecision } from '../model/shot-time.ts';
import { byteaLiteral } from '../values/bytea-literal.ts';
import { LARGEST_INTEGER } from '../values/require-value.ts';
import { cleanChoice, cleanDate, cleanInteger, cleanNumber, cleanPath, cleanText, cleanWallClock } from '../values/sanitise.ts';

/* How values of photos are written and read, where the database has another form for them than programs. */

export function asIs<Value>(stored: Value): Value {
  return stored;
}

export function text(value: string | null | undefined): string | null {
  return cleanText(value);
}

export function toBits(phash: bigint | null): string | null {
  return phash === null ? null : BigInt.asUintN(64, phash).toString(2).padStart(64, '0');
}

export function hexOfBits(bits: string | null): string | null {
  return bits === null ? null : BigInt(`0b${bits}`).toString(16).padStart(16, '0');
}

export function hexOfBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function toBytea(bytes: Uint8Array | null): string | null {
  return bytes && byteaLiteral(bytes);
}

export function toBase64(bytes: Uint8Array | null): string | null {
  return bytes && Buffer.from(bytes).toString('base64');
}

export function isoLocal(local: string | null): string | null {
  return local?.replace(' ', 'T') ?? null;
}

const PRECISIONS: Readonly<Record<ShotTimePrecision, true>> = {
  subsecond: true,
  second: true,
  minute: true,
  day: true,
  month: true,
  year: true,
};

export function toPrecision(value: unknown): ShotTimePrecision | null {
  return cleanChoice(value, PRECISIONS);
}

const OFFSET_SOURCES: Readonly<Record<OffsetSource, true>> = {
  tag: true,
  gps: true,
  zone: true,
  takeout: true,
  rule: true,
  neighbours: true,
};

export function toOffsetSource(value: unknown): OffsetSource | null {
  return cleanChoice(value, OFFSET_SOURCES);
}

export function positive(value: number | null | undefined): number | null {
  return cleanNumber(value, Number.MIN_VALUE);
}

/** Films and XMP may tell it in fractions. */
export function toIso(value: number | null | undefined): number | null {
  return cleanInteger(Math.round(value ?? Number.NaN), 1, LARGEST_INTEGER);
}

/** Nothing is known of the source of no date. */
export function isDated({ at, local }: ShotTime): boolean {
  return cleanDate(at) !== null || cleanWallClock(local) !== null;
}

/** null unless both of its numbers are ones of the globe. */
export function positionOf(photo: PhotoToSave): { latitude: number; longitude: number } | null {
  const latitude = cleanNumber(photo.latitude, -90, 90);
  const longitude = cleanNumber(photo.longitude, -180, 180);
  return latitude === null || longitude === null ? null : { latitude, longitude };
}

const COUNTRY_CODE = /^[A-Z]{2}$/;

export function toCountryCode(code: string | null | undefined): string | null {
  return code != null && COUNTRY_CODE.test(code) ? code : null;
}

/** A place without its position is none. */
export function placeOf(photo: PhotoToSave): PhotoPlace | null {
  return positionOf(photo) && (photo.place ?? null);
}

type StoredCandidate = Omit<Partial<ShotTimeCandidate>, 'at'> & { source: string; at?: string | null };

/** Programs that save photos by themselves may have left something out. */
export function toCandidates(stored: readonly StoredCandidate[]): ShotTimeCandidate[] {
  return stored.map(({ source, local = null, at, offsetMinutes = null, offsetSource, doubt }) => ({
    source,
    local,
    at: cleanDate(at ? new Date(at) : null),
    offsetMinutes,
    offsetSource: toOffsetSource(offsetSource),
    ...(doubt === undefined ? {} : { doubt }),
  }));
}

const PEOPLE_SOURCES: Readonly<Record<PersonShownSource, true>> = {
  iptc: true,
  takeout: true,
  keyword: true,
  'mwg-rs': true,
  mp: true,
};
const UNPLACED_REASONS: Readonly<Record<UnplacedReason, true>> = { 'other-picture': true, 'no-box': true, contradicted: true };
/** As long as a person's name may be. */
const LONGEST_PERSON = 200;
const MOST_PEOPLE = 500;

/** Those that can be stored, each once. */
export function toPeopleShown(people: readonly PersonShown[] | undefined): PersonShown[] {
  const clean = (people ?? []).flatMap((person): PersonShown[] => {
    const name = cleanText(person.name, LONGEST_PERSON);
    const source = cleanChoice(person.source, PEOPLE_SOURCES);
    const reason = cleanChoice(person.reason, UNPLACED_REASONS);
    return name === null || source === null
      ? []
      : [{ name, source, file: cleanPath(person.file), ...(reason ? { reason } : {}) }];
  });
  return clean.slice(0, MOST_PEOPLE);
}
