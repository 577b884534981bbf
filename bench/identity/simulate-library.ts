import { EVIDENCE_REACH, type PersonEvidence, SUPPORT_REACH } from '../../packages/sdk/src/evidence/person-evidence.ts';
import type { CentreDistance } from '../../packages/sdk/src/review/centre-model.ts';
import { l2Distance } from '../../packages/sdk/src/search/distance.ts';
import type { LabelledEmbeddings } from './labelled-embeddings.ts';

/** How many centres a face is held against: those further away never matter. */
const NEAREST_CENTRES = 3;

/** One face held against a simulated library, and who it really is. */
export interface Trial {
  /** For each person in reach. */
  readonly evidence: readonly PersonEvidence[];
  /** The nearest centres of people, nearest first. */
  readonly centres: readonly (CentreDistance & { personId: string })[];
  /** null: a stranger to this library. */
  readonly truth: string | null;
  /** L2 distance to the nearest face of the true person; null for a stranger. */
  readonly ownDistance: number | null;
  /** The weights of one library's trials add up to 1, those of known people to `knownShare`. */
  readonly weight: number;
}

export interface SimulationOptions {
  readonly people: ReadonlySet<number>;
  readonly knownPeople: number;
  /** Which part of all faces is of known people, 0 to 1. */
  readonly knownShare: number;
  readonly neighboursPerPerson: number;
  readonly random: () => number;
}

/**
 * A library in which `knownPeople` of `people` are confirmed with all their faces. Every face of those is tried with its own photo
 * left out of the library; every face of the other people is a stranger.
 */
export function simulateLibrary(data: LabelledEmbeddings, distances: Float32Array, options: SimulationOptions): Trial[] {
  const { people, knownPeople, knownShare, neighboursPerPerson, random } = options;
  const { vectors, dimension } = data;
  const faces = data.faces.map((face, index) => ({
    ...face,
    index,
    vector: vectors.subarray(index * dimension, (index + 1) * dimension),
  }));
  const facesOf = Map.groupBy(faces, (face) => face.person);
  const recurring = [...people].filter((person) => new Set(facesOf.get(person)!.map((face) => face.photo)).size > 1);
  const known = new Set(shuffled(recurring, random).slice(0, knownPeople));
  const centreOf = new Map([...known].map((person) => [person, meanOf(facesOf.get(person)!, dimension)]));

  const trials = faces
    .filter((probe) => people.has(probe.person))
    .map((probe) => {
      const gallery = [...known].flatMap((person) => {
        const others = facesOf.get(person)!.filter((face) => face.photo !== probe.photo);
        return others.length > 0 ? [{ person, others, isWhole: others.length === facesOf.get(person)!.length }] : [];
      });
      const centres = gallery.map(({ person, others, isWhole }) => ({
        personId: String(person),
        distance: l2Distance(isWhole ? centreOf.get(person)! : meanOf(others, dimension), probe.vector),
        faces: others.length,
      }));
      const found = gallery.map(({ person, others }) => ({
        person,
        distances: others.map((face) => distances[probe.index * faces.length + face.index]!).sort((a, b) => a - b),
      }));
      return {
        truth: known.has(probe.person) ? String(probe.person) : null,
        ownDistance: found.find(({ person }) => person === probe.person)?.distances[0] ?? null,
        evidence: found.flatMap((candidate) => evidenceOf(candidate.person, candidate.distances, neighboursPerPerson)),
        centres: centres.sort((a, b) => a.distance - b.distance).slice(0, NEAREST_CENTRES),
      };
    });
  const knownTrials = trials.filter((trial) => trial.truth !== null).length;
  return trials.map((trial) => ({
    ...trial,
    weight: trial.truth === null ? (1 - knownShare) / (trials.length - knownTrials) : knownShare / knownTrials,
  }));
}

function evidenceOf(person: number, distances: number[], neighboursPerPerson: number): PersonEvidence[] {
  const [nearest, ...others] = distances;
  if (nearest === undefined || nearest >= EVIDENCE_REACH) return [];
  return [
    {
      personId: String(person),
      nearestFaceId: '',
      distances: [nearest, ...others.slice(0, neighboursPerPerson - 1).filter((distance) => distance < EVIDENCE_REACH)],
      supportingFaces: distances.filter((distance) => distance < SUPPORT_REACH).length,
      confirmedFaces: distances.length,
    },
  ];
}

function meanOf(faces: readonly { vector: Float32Array }[], dimension: number): Float64Array {
  const mean = new Float64Array(dimension);
  for (const { vector } of faces) for (let i = 0; i < dimension; i++) mean[i]! += vector[i]! / faces.length;
  return mean;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
