import { isEvidence } from '../../evidence/evidence-rules.ts';
import type { FaceBank } from '../../evidence/face-bank.ts';
import type { FaceFacts } from '../../evidence/face-facts.ts';
import type { PhotoLabels } from './read-photo-labels.ts';

/** When and where a photo was taken, as far as it matters for who is on it. */
export interface Occasion {
  readonly photoId: string;
  /** Wall clock of the shot in minutes since 1970; null when not even its day is known. */
  readonly minute: number | null;
  /** Days since 1970; a photo of an unknown day has a day of its own, below zero. */
  readonly day: number;
  /** Degrees; null when the place is not known. */
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
}

/** A photo on which somebody is, as somebody said. */
export interface Sighting extends Occasion {
  /** Each once. */
  readonly people: readonly string[];
}

const MINUTES_PER_DAY = 1440;

/** What tells when and where a photo was taken: one of its faces, or the photo. */
type Shot = Pick<FaceFacts, 'photoId' | 'shotLocal' | 'shotPrecision' | 'latitude' | 'longitude'>;

/** By what tells it: the facts of a face stay the same object from one answer to the next. */
const minutes = new WeakMap<Shot, number | null>();

/** By photo: who is on it by a face, and who is without one. */
export function findSightings(
  { faces, withoutVector }: Pick<FaceBank, 'faces' | 'withoutVector'>,
  photoLabels: readonly PhotoLabels[] = [],
): Map<string, Sighting> {
  const sightings = new Map<string, Sighting & { people: string[] }>();
  const see = (photo: Shot, personId: string) => {
    const known = sightings.get(photo.photoId);
    if (!known) sightings.set(photo.photoId, { ...occasionOf(photo, -1 - sightings.size), people: [personId] });
    else if (!known.people.includes(personId)) known.people.push(personId);
  };
  for (const face of faces) if (isEvidence(face)) see(face, face.personId!);
  for (const face of withoutVector.values()) if (isEvidence(face)) see(face, face.personId!);
  for (const { people, ...photo } of photoLabels) for (const personId of people) see(photo, personId);
  return sightings;
}

/** `unknownDay`: stands for the day where it is not known. */
export function occasionOf(shot: Shot, unknownDay: number): Occasion {
  const { photoId, latitude, longitude } = shot;
  const known = minutes.get(shot);
  const minute = known === undefined ? minuteOf(shot.shotLocal, shot.shotPrecision) : known;
  if (known === undefined) minutes.set(shot, minute);
  return {
    photoId,
    minute,
    day: minute === null ? unknownDay : Math.floor(minute / MINUTES_PER_DAY),
    place: latitude === null || longitude === null ? null : { latitude, longitude },
  };
}

/** A time that is known to the day only is taken as noon. */
function minuteOf(shotLocal: FaceFacts['shotLocal'], precision: FaceFacts['shotPrecision']): number | null {
  if (shotLocal === null || precision === 'year' || precision === 'month') return null;
  const [date, time] = [shotLocal.slice(0, 10), precision === 'day' ? '12:00' : shotLocal.slice(11, 16)];
  const milliseconds = Date.parse(`${date}T${time}Z`);
  return Number.isNaN(milliseconds) ? null : milliseconds / 60_000;
}
