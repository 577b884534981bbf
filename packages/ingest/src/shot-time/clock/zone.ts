import tzLookup from '@photostructure/tz-lookup';
import { instantOf } from './wall-clock.ts';

/** The IANA zone at a position; null where the map has none. */
export function zoneAt(latitude: number, longitude: number): string | null {
  try {
    const zone = tzLookup(latitude, longitude);
    return isKnownZone(zone) ? zone : null;
  } catch {
    return null;
  }
}

/** Minutes east of UTC that the clocks of a zone show at an instant. */
export function offsetAt(zone: string, instant: Date): number {
  const parts = formatOf(zone).formatToParts(instant);
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  // The clock shows whole seconds; behind Greenwich's, a fraction would round to -0.
  return Math.round((shown - instant.getTime()) / 60_000) + 0;
}

/**
 * Minutes east of UTC when the clocks of a zone showed this wall clock. Of the hour that comes twice in autumn it takes the first;
 * an hour that spring leaves out is read as if the clocks had not changed yet.
 */
export function offsetOfWallClock(zone: string, local: string): number {
  const asUtc = instantOf(local, 0);
  const dayBefore = offsetAt(zone, new Date(asUtc.getTime() - 86_400_000));
  const matches = (offset: number) => offsetAt(zone, instantOf(local, offset)) === offset;
  if (matches(dayBefore)) return dayBefore;
  const dayAfter = offsetAt(zone, new Date(asUtc.getTime() + 86_400_000));
  return matches(dayAfter) ? dayAfter : dayBefore;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

/** Whether this machine knows an IANA zone of that name. */
export function isKnownZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}
