import { setImmediate as nextTurn } from 'node:timers/promises';
import { neighbourhoodOf, strangerDistance } from '../../evidence/cohort.ts';
import { probeAt } from '../../evidence/collect-evidence.ts';
import { companyOf, unbornAt } from '../../evidence/evidence-rules.ts';
import { vectorOf } from '../../evidence/face-bank.ts';
import { type GalleryPerson, namedBeside } from '../../evidence/gallery.ts';
import type { KnownFaces } from '../../evidence/known-faces.ts';
import { EVIDENCE_REACH } from '../../evidence/person-evidence.ts';
import type { DoubtKind, Elsewhere } from '../../model/audit.ts';
import { squaredDistance } from '../../search/distance.ts';
import type { Answers } from '../answers.ts';
import { type RankedPerson, rankPeople } from '../rank-people.ts';
import type { Ranking } from '../ranking.ts';
import { logOddsOfOneFace } from '../terms/confidence-model.ts';

/** What speaks against one label. */
export interface Doubt {
  /** Place in the bank. */
  readonly index: number;
  readonly personId: string;
  readonly kinds: readonly DoubtKind[];
  readonly instead: { readonly personId: string; readonly confidence: number; readonly distance: number } | null;
  readonly elsewhere: Elsewhere | null;
  readonly confidence: number;
  /** null for what cannot be. */
  readonly doubt: number | null;
  /** L2 to the nearest other face of the person; null when there is none. */
  readonly ownDistance: number | null;
}

/** Faces looked at between two turns of the event loop: some twenty milliseconds. */
const FACES_PER_TURN = 5;

export interface DoubtOptions {
  /** By face: where its person was at that time, too. Default nowhere. */
  readonly twoPlaces?: ReadonlyMap<string, Elsewhere>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { done: number; total: number }) => void;
}

/** Every label that something speaks against, the most doubtful first. Rejects with the signal's reason when it is aborted. */
export async function doubtLabels(answers: Answers, ranking: Ranking, options: DoubtOptions): Promise<Doubt[]> {
  const { gallery, bank } = answers.known;
  const doubts: Doubt[] = [];
  let done = 0;
  for (const person of gallery.people) {
    for (let row = person.start; row < person.end; row++) {
      if (done % FACES_PER_TURN === 0) {
        await nextTurn();
        options.signal?.throwIfAborted();
        options.onProgress?.({ done, total: gallery.rows.length });
      }
      done++;
      const index = gallery.rows[row]!;
      const elsewhere = options.twoPlaces?.get(bank.faces[index]!.faceId) ?? null;
      const doubt = doubtLabel(answers, ranking, { person, index, elsewhere });
      if (doubt.kinds.length > 0) doubts.push(doubt);
    }
  }
  options.onProgress?.({ done, total: gallery.rows.length });
  const rank = ({ doubt }: Doubt) => doubt ?? Number.POSITIVE_INFINITY;
  return doubts.sort((a, b) => rank(b) - rank(a) || (bank.faces[a.index]!.faceId < bank.faces[b.index]!.faceId ? -1 : 1));
}

function doubtLabel(
  answers: Answers,
  ranking: Ranking,
  { person, index, elsewhere }: { person: GalleryPerson; index: number; elsewhere: Elsewhere | null },
): Doubt {
  const { known } = answers;
  const { personId } = person;
  const face = known.bank.faces[index]!;
  const ranked = rankPeople(answers.questionOnce(index), ranking);
  const own = ranked.find(({ evidence }) => evidence.personId === personId);
  const other = ranked.find(({ evidence }) => evidence.personId !== personId) ?? null;
  const impossible: DoubtKind[] = [
    ...(unbornAt(face, known.bank.births).includes(personId) ? ['before_birth' as const] : []),
    ...(companyOf(face, namedBeside(known.gallery, face)).has(personId) ? ['twice_in_photo' as const] : []),
    ...(elsewhere ? ['two_places' as const] : []),
  ];
  const ownDistance = distanceToOwn(known, person, index);
  const ownScore = own?.score ?? scoreOutOfReach(known, { person, index, ownDistance, other });
  const doubt = Math.max(0, other?.score ?? 0) - ownScore;
  const likelier: DoubtKind[] = doubt <= 0 ? [] : [other && other.score > 0 ? 'another_person' : 'unlike_the_others'];
  return {
    index,
    personId,
    kinds: [...impossible, ...likelier],
    instead: other && {
      personId: other.evidence.personId,
      confidence: other.confidence,
      distance: other.evidence.distances[0],
    },
    elsewhere,
    confidence: own?.confidence ?? 0,
    doubt: impossible.length > 0 ? null : doubt,
    ownDistance,
  };
}

/** How well the label does where no other face of the person is in reach; 0, as good as nobody, for the only face of a person. */
function scoreOutOfReach(
  known: KnownFaces,
  face: { person: GalleryPerson; index: number; ownDistance: number | null; other: RankedPerson | null },
): number {
  if (face.ownDistance === null) return 0;
  const neighbourhood = neighbourhoodOf(known.bank, known.cohort, probeAt(known, face.index));
  return logOddsOfOneFace(face.ownDistance, {
    next: face.other?.evidence.distances[0] ?? EVIDENCE_REACH,
    strangerDistance: strangerDistance(neighbourhood, known.identitiesOf(face.person)),
  });
}

function distanceToOwn({ bank, gallery }: KnownFaces, { start, end }: GalleryPerson, index: number): number | null {
  let least = Number.POSITIVE_INFINITY;
  for (let row = start; row < end; row++) {
    if (gallery.rows[row] === index) continue;
    least = Math.min(least, squaredDistance(gallery.vectors, row * bank.dimension, vectorOf(bank, index), least));
  }
  return least === Number.POSITIVE_INFINITY ? null : Math.sqrt(least);
}
