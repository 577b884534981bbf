import { squaredDistance } from '../search/distance.ts';
import { coarsen, isBeyond } from './coarse-vectors.ts';
import { neighbourhoodOf, strangerDistance, TYPICAL_STRANGER_DISTANCE } from './cohort.ts';
import { excludedPeople, isSetAside } from './evidence-rules.ts';
import { vectorOf } from './face-bank.ts';
import { type GalleryPerson, namedBeside } from './gallery.ts';
import type { KnownFaces } from './known-faces.ts';
import { EVIDENCE_REACH, NEIGHBOURS_PER_PERSON, type PersonEvidence, SUPPORT_REACH } from './person-evidence.ts';

/** Candidates whose own neighbourhood is looked at. Those further away than so many others are hardly ever the likeliest. */
const CLOSE_CANDIDATES = 6;

const SQUARED_REACH = EVIDENCE_REACH ** 2;
const SQUARED_SUPPORT = SUPPORT_REACH ** 2;

const NOBODY: ReadonlySet<number> = new Set();

/** A face to find people for. */
export interface Probe {
  /** Scaled like those of the bank. */
  readonly vector: Float32Array;
  /** Place in the bank of the face that it is, which says nothing about itself; null for an embedding that is not stored. */
  readonly index: number | null;
  readonly photoId: string | null;
  readonly excluded: ReadonlySet<string>;
}

/** A probe that is about to be compared. */
interface CoarseProbe extends Probe {
  /** Its vector as the gallery's are coarsely; null where they are not. */
  readonly coarse: Float32Array | null;
}

function coarseProbe({ bank: { axes } }: KnownFaces, probe: Probe): CoarseProbe {
  return { ...probe, coarse: axes && coarsen(axes, probe.vector) };
}

/** A face of the bank as a probe. */
export function probeAt({ bank, gallery }: KnownFaces, index: number): Probe {
  const face = bank.faces[index]!;
  const excluded = excludedPeople(face, namedBeside(gallery, face), bank.births);
  return { vector: vectorOf(bank, index), index, photoId: face.photoId, excluded };
}

/** What speaks for each person in reach of a probe, who is not excluded: nearest first. */
export function collectEvidence(known: KnownFaces, probe: Probe): PersonEvidence[] {
  const compared = coarseProbe(known, probe);
  const found = known.gallery.people.flatMap((person, i) =>
    probe.excluded.has(person.personId) ? [] : (compare(known, person, i, compared) ?? []),
  );
  if (found.length === 0) return [];
  const strangers = neighbourhoodOf(known.bank, known.cohort, probe);
  const farStrangers = strangerDistance(strangers, NOBODY);
  const rivals = findRivals(known, probe);
  return found
    .sort((a, b) => a.distances[0] - b.distances[0] || (a.person.personId < b.person.personId ? -1 : 1))
    .map((comparison, rank) => {
      const isClose = rank < CLOSE_CANDIDATES;
      return toEvidence(known, comparison, {
        isClose,
        rivalDistance: rivalDistance(rivals, comparison.person.personId),
        strangerDistance: isClose ? strangerDistance(strangers, known.identitiesOf(comparison.person)) : farStrangers,
      });
    });
}

/** What is kept of the evidence about a probe, so that one person's can be collected again. */
export interface FormerEvidence {
  /** Everybody in reach, nearest first. */
  readonly personIds: readonly string[];
  /** L2, to the nearest face of each. */
  readonly distances: readonly number[];
  readonly rivalDistances: readonly (number | null)[];
  /** `strangerDistance` of the probe with nobody's identities left out; null when it was not looked at. */
  readonly strangerDistance: number | null;
}

export function formerEvidence(evidence: readonly PersonEvidence[]): FormerEvidence {
  return {
    personIds: evidence.map(({ personId }) => personId),
    distances: evidence.map(({ distances }) => distances[0]),
    rivalDistances: evidence.map(({ rivalDistance }) => rivalDistance),
    strangerDistance: evidence[CLOSE_CANDIDATES]?.strangerDistance ?? null,
  };
}

/**
 * What speaks for one person of whom other faces are known than when the evidence about a probe was collected; null when the person is
 * out of reach, or excluded. `others` when that also changes what speaks for other people: then everything must be collected again.
 * Since the `former` evidence no face may have begun or ceased to speak against anybody.
 */
export function collectAgain(
  known: KnownFaces,
  probe: Probe,
  personId: string,
  former: FormerEvidence,
): PersonEvidence | 'others' | null {
  const rankBefore = former.personIds.indexOf(personId);
  const place = probe.excluded.has(personId) ? -1 : known.placeOfPerson(personId);
  const comparison = place === -1 ? null : compare(known, known.gallery.people[place]!, place, coarseProbe(known, probe));
  if (!comparison && rankBefore === -1) return null;
  const rank = comparison ? rankAmong(former, personId, comparison.distances[0]) : Number.POSITIVE_INFINITY;
  const isSameDistance = comparison?.distances[0] === former.distances[rankBefore];
  if (!isSameDistance && (rank < CLOSE_CANDIDATES || isAmongClose(rankBefore))) return 'others';
  if (!comparison) return null;
  const isClose = rank < CLOSE_CANDIDATES;
  const strangersOf = (own: ReadonlySet<number>) => strangerDistance(neighbourhoodOf(known.bank, known.cohort, probe), own);
  return toEvidence(known, comparison, {
    isClose,
    rivalDistance: rankBefore === -1 ? rivalDistance(findRivals(known, probe), personId) : former.rivalDistances[rankBefore]!,
    strangerDistance: isClose
      ? strangersOf(known.identitiesOf(comparison.person))
      : (former.strangerDistance ?? strangersOf(NOBODY)),
  });
}

function isAmongClose(rank: number): boolean {
  return rank !== -1 && rank < CLOSE_CANDIDATES;
}

/** How many of the others are nearer. */
export function rankAmong({ personIds, distances }: FormerEvidence, personId: string, distance: number): number {
  return personIds.filter((otherId, i) => otherId !== personId && isNearer([distances[i]!, otherId], [distance, personId]))
    .length;
}

function isNearer([a, personA]: readonly [number, string], [b, personB]: readonly [number, string]): boolean {
  return a < b || (a === b && personA < personB);
}

function toEvidence(
  known: KnownFaces,
  { person, nearestPlace, ...evidence }: Comparison,
  { isClose, ...around }: Pick<PersonEvidence, 'rivalDistance' | 'strangerDistance'> & { isClose: boolean },
): PersonEvidence {
  return {
    ...evidence,
    ...around,
    personId: person.personId,
    nearestFaceId: known.bank.faces[nearestPlace]!.faceId,
    nearestFaceStrangerDistance: isClose ? known.strangerDistanceOf(person, nearestPlace) : TYPICAL_STRANGER_DISTANCE,
  };
}

function rivalDistance(nearestFirst: readonly Rival[], personId: string): number | null {
  return nearestFirst.find(({ against }) => against === null || against.includes(personId))?.distance ?? null;
}

/** A face that speaks against these people, or against everybody. */
interface Rival {
  readonly distance: number;
  readonly against: readonly string[] | null;
}

/** In reach of the probe, nearest first. */
function findRivals({ bank, gallery }: KnownFaces, probe: Probe): Rival[] {
  const found: Rival[] = [];
  for (const place of gallery.rivals) {
    if (place === probe.index) continue;
    const squared = squaredDistance(bank.vectors, place * bank.dimension, probe.vector, SQUARED_REACH);
    if (squared >= SQUARED_REACH) continue;
    const face = bank.faces[place]!;
    found.push({ distance: Math.sqrt(squared), against: isSetAside(face) ? null : face.rejected });
  }
  return found.sort((a, b) => a.distance - b.distance);
}

interface Comparison extends Pick<PersonEvidence, 'distances' | 'supportingFaces' | 'confirmedFaces' | 'centreDistance'> {
  readonly person: GalleryPerson;
  /** Place in the bank of the person's nearest face. */
  readonly nearestPlace: number;
}

/** One person's faces against the probe; null when none of them is in reach. `index` is the person's place in the gallery. */
function compare({ bank, gallery }: KnownFaces, person: GalleryPerson, index: number, probe: CoarseProbe): Comparison | null {
  const { rows, vectors, coarse } = gallery;
  // Most people have no face in reach: nothing is allocated for them.
  let nearest: { place: number; squared: number }[] | null = null;
  let limit = SQUARED_REACH;
  let confirmedFaces = 0;
  let supportingFaces = 0;
  for (let row = person.start; row < person.end; row++) {
    if (rows[row] === probe.index) continue;
    confirmedFaces++;
    if (probe.coarse && isBeyond(coarse!, row, probe.coarse, limit)) continue;
    const squared = squaredDistance(vectors, row * bank.dimension, probe.vector, limit);
    if (squared > limit || squared >= SQUARED_REACH) continue;
    if (squared < SQUARED_SUPPORT) supportingFaces++;
    nearest ??= [];
    if (nearest.length === NEIGHBOURS_PER_PERSON && squared > nearest.at(-1)!.squared) continue;
    nearest.push({ place: rows[row]!, squared });
    nearest.sort((a, b) => a.squared - b.squared || (bank.faces[a.place]!.faceId < bank.faces[b.place]!.faceId ? -1 : 1));
    nearest.length = Math.min(nearest.length, NEIGHBOURS_PER_PERSON);
    // Whatever is further than the nearest few matters as support only.
    if (nearest.length === NEIGHBOURS_PER_PERSON) limit = Math.max(SQUARED_SUPPORT, nearest.at(-1)!.squared);
  }
  const [first, ...others] = nearest ?? [];
  if (!first) return null;
  const distances = [Math.sqrt(first.squared), ...others.map(({ squared }) => Math.sqrt(squared))] as const;
  const isOwn = confirmedFaces < person.end - person.start;
  const centreDistance = distanceToCentre(gallery.centres, index * bank.dimension, probe.vector, isOwn ? confirmedFaces : null);
  return { person, nearestPlace: first.place, distances, supportingFaces, confirmedFaces, centreDistance };
}

/** To the mean of a person's faces; of the `others` alone when the probe is one of those faces. */
function distanceToCentre(centres: Float32Array, offset: number, vector: Float32Array, others: number | null): number {
  const distance = Math.sqrt(squaredDistance(centres, offset, vector, Number.POSITIVE_INFINITY));
  // The mean of all lies on the way from the probe to the mean of the others, by the probe's share nearer.
  return others === null ? distance : (distance * (others + 1)) / others;
}
