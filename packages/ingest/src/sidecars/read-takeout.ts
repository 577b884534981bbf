import type { Position } from '../tags/position.ts';
import { positionOf } from '../tags/position.ts';

/** What Google Photos knows of a photo. */
export interface TakeoutTags {
  /** The name that the photo had before it became a file name. */
  title: string | null;
  takenAt: Date | null;
  /** Where it stands on the map of Google Photos: where its owner put it, if they did. */
  position: Position | null;
  /** Where the camera said when the photo was uploaded; null for nowhere, absent where the JSON does not tell. */
  cameraPosition?: Position | null;
  description: string | null;
  /** Names of people that Google found or was told, without boxes. */
  people: string[];
  /** Marked with a star in Google Photos. */
  favorite: boolean;
}

/** Seconds since 1970 of the years 1000 and 9999, between which a date is believed. */
const FIRST_SECOND = Date.UTC(1000, 0, 1) / 1000;
const LAST_SECOND = Date.UTC(9999, 11, 31) / 1000;

/** Reads the JSON that a Google Takeout puts beside a photo; null when it is some other JSON. */
export function readTakeout(json: string): TakeoutTags | null {
  const root = parse(json);
  const taken = field(root, 'photoTakenTime');
  if (taken === undefined) return null;
  const people = field(root, 'people');
  return {
    title: textOf(field(root, 'title')),
    takenAt: instantOfSeconds(field(taken, 'timestamp')),
    position: placeOf(field(root, 'geoData')) ?? placeOf(field(root, 'geoDataExif')),
    ...(field(root, 'geoDataExif') === undefined ? {} : { cameraPosition: placeOf(field(root, 'geoDataExif')) }),
    description: textOf(field(root, 'description')),
    people: Array.isArray(people) ? people.map((person) => textOf(field(person, 'name'))).filter((name) => name !== null) : [],
    favorite: field(root, 'favorited') === true,
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function instantOfSeconds(value: unknown): Date | null {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const isPlausible = typeof seconds === 'number' && seconds >= FIRST_SECOND && seconds <= LAST_SECOND;
  return isPlausible ? new Date(seconds * 1000) : null;
}

/** Google writes 0, 0 where it knows no place. */
function placeOf(value: unknown): Position | null {
  const [latitude, longitude, altitude] = ['latitude', 'longitude', 'altitude'].map((name) => {
    const number = field(value, name);
    return typeof number === 'number' && Number.isFinite(number) ? number : null;
  });
  // Altitude 0 stands for unknown here.
  return positionOf(latitude ?? null, longitude ?? null, altitude === 0 ? null : (altitude ?? null));
}
