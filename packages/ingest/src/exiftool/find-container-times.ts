import type { ContainerTimes } from '../tags/container-times.ts';
import type { ExiftoolTags } from './exiftool.ts';
import { findTags, isContent } from './find-tag.ts';

/** Tags that hold a wall clock, best first: Apple's and Samsung's (with offset), those of camcorders, Sony's XML beside the film. */
const CLOCKS = ['CreationDate', 'DateTimeOriginal', 'ContentCreateDate', 'CreationDateValue'];

/**
 * Tags that count in UTC, best first. QuickTime's counts seconds since 1904 in UTC, by its specification; some cameras count by their own clocks
 * instead, and nothing in the file tells.
 */
const INSTANTS = ['CreateDate', 'MediaCreateDate'];

/** What has a reader of its own, and what is only derived from other tags. */
const OTHERS = /^(IFD\d*|ExifIFD|GPS|XMP-.*|IPTC\d*|Composite|ICC.*|Photoshop|PNG|MakerNotes)$/;

/** Containers whose `CreateDate` counts in UTC. */
const UTC_GROUPS = /^(QuickTime|Track\d+|ASF)$/;

/** The epochs of containers: what a clock says that was never set. */
const UNSET_YEARS = new Set([1904, 1970]);

/** Finds the times that stand in the containers of films and of RAW formats that are not built like TIFF. */
export function findContainerTimes(tags: ExiftoolTags): ContainerTimes {
  const isContainer = (group: string) => isContent(group) && !OTHERS.test(group);
  const clocks = CLOCKS.flatMap((name) => findTags(tags, name, isContainer).map((tag) => ({ name, ...tag })));
  const instants = INSTANTS.flatMap((name) =>
    findTags(tags, name, (group) => UTC_GROUPS.test(group)).map((tag) => ({ name, ...tag })),
  );
  const times: ContainerTimes = { readings: [], instants: [] };
  for (const { name, group, value } of clocks) {
    if (typeof value !== 'string') continue;
    const source = `exiftool:${group}:${name}`;
    // `Z` is what programs write who know the moment and not the place.
    if (value.endsWith('Z')) addInstant(times, source, value);
    else times.readings.push({ source, text: value });
  }
  for (const { name, group, value } of instants) addInstant(times, `exiftool:${group}:${name}`, value);
  return times;
}

/** Tracks repeat the time of the film: a moment is kept once. */
function addInstant({ instants }: ContainerTimes, source: string, value: unknown): void {
  const match = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)(?:\.\d+)?Z?$/.exec(typeof value === 'string' ? value : '');
  if (match === null) return;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  if (year < 1000 || UNSET_YEARS.has(year)) return;
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  if (at.getUTCDate() !== day || instants.some((known) => known.at.getTime() === at.getTime())) return;
  instants.push({ source, at });
}
