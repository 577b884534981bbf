import type { FaceFacts } from '../../src/evidence/face-facts.ts';
import type { FacesToGroup } from '../../src/grouping/faces-to-group.ts';
import { type GroupOfFaces, groupFaces } from '../../src/grouping/group-faces.ts';
import { faceFacts } from './generated-bank.ts';
import { clusterSpace } from './sample-clusters.ts';

/** A face to be grouped: its vector, and what is known of it. */
export interface KnownFace {
  readonly vector: Float32Array;
  readonly facts: FaceFacts;
}

export function knownFace(number: number, vector: Float32Array, facts: Partial<FaceFacts> = {}): KnownFace {
  const id = String(number).padStart(5, '0');
  return { vector, facts: faceFacts({ faceId: `face ${id}`, photoId: `photo ${id}`, ...facts }) };
}

/** Input of `groupFaces` for faces in any order, of which nothing else was said. */
export function facesToGroup(known: readonly KnownFace[], more: Partial<FacesToGroup> = {}): FacesToGroup {
  const { dimension } = clusterSpace;
  const sorted = known.toSorted((a, b) => (a.facts.faceId < b.facts.faceId ? -1 : 1));
  const vectors = new Float32Array(sorted.length * dimension);
  for (const [place, { vector }] of sorted.entries()) vectors.set(vector, place * dimension);
  const faces = sorted.map(({ facts }) => facts);
  return { faces, vectors, dimension, withoutVector: [], linked: [], apart: [], former: () => null, ...more };
}

/** The groups as places of faces, in the order of their first. */
export async function groupsOf(given: FacesToGroup): Promise<number[][]> {
  return placesOf(await groupFaces(given));
}

export function placesOf(groups: readonly GroupOfFaces[]): number[][] {
  const places = groups.map(({ parts }) => parts.flatMap(({ faces }) => faces).sort((a, b) => a - b));
  return places.sort((a, b) => a[0]! - b[0]!);
}

/** What a later grouping knows of an earlier one, whose faces have the same places. */
export function formerOf(groups: readonly GroupOfFaces[]): FacesToGroup['former'] {
  const places = new Map(
    groups.flatMap(({ parts }, group) =>
      parts.flatMap(({ faces, logCrowding }, part) =>
        faces.map((face) => [face, { groupId: `group ${group}`, part, logCrowding }] as const),
      ),
    ),
  );
  return (place) => places.get(place) ?? null;
}
