import { vectorOf } from '../../evidence/face-bank.ts';
import type { FaceFacts } from '../../evidence/face-facts.ts';
import { buildGallery } from '../../evidence/gallery.ts';
import { KnownFaces } from '../../evidence/known-faces.ts';
import { groupFaces } from '../../grouping/group-faces.ts';
import type { UnnamedGroup } from '../../grouping/unnamed-groups.ts';
import { Answers } from '../answers.ts';
import type { Judgement } from '../judge-faces.ts';
import { knowLater } from '../review-memory.ts';

type Change = readonly [place: number, facts: Partial<FaceFacts>];

/**
 * A library in memory in which some faces are to be named: nobody has a name yet, and all other faces of the real library are the crowd
 * around. The vectors are those of the real one.
 */
export class SimulatedLibrary {
  /** Who the faces are, by place in the bank. */
  readonly truth: ReadonlyMap<number, string>;
  #answers: Answers;
  #groups: readonly UnnamedGroup[] = [];

  private constructor({ bank, cohort }: KnownFaces, truth: ReadonlyMap<number, string>) {
    this.truth = truth;
    const faces = bank.faces.map((face, place): FaceFacts => {
      const unsaid = { personId: null, source: null, ignored: false, ignoredReason: null, rejected: [] };
      // What cannot be looked at is not asked about.
      return { ...face, ...unsaid, isPhotoMissing: !truth.has(place) };
    });
    const start = { ...bank, faces, withoutVector: new Map<string, FaceFacts>() };
    this.#answers = new Answers(new KnownFaces({ bank: start, gallery: buildGallery(start), cohort }));
  }

  static async open(known: KnownFaces, truth: ReadonlyMap<number, string>, signal?: AbortSignal): Promise<SimulatedLibrary> {
    const simulated = new SimulatedLibrary(known, truth);
    simulated.#groups = await simulated.#group(signal);
    return simulated;
  }

  get answers(): Answers {
    return this.#answers;
  }

  /** Those of two and more faces of which none was said who it is. */
  get groups(): UnnamedGroup[] {
    const { faces } = this.#answers.known.bank;
    return this.#groups.flatMap(({ groupId, places }) => {
      if (places.some((place) => faces[place]!.source === 'human_confirmed')) return [];
      const unnamed = places.filter((place) => faces[place]!.personId === null);
      return unnamed.length > 1 ? [{ groupId, places: unnamed }] : [];
    });
  }

  /** Faces that have their right name, by an answer or by a guess. */
  get named(): number {
    const { faces } = this.#answers.known.bank;
    return [...this.truth].filter(([place, personId]) => faces[place]!.personId === personId).length;
  }

  confirm(places: readonly number[]): void {
    this.#change(places.map((place) => [place, { personId: this.truth.get(place)!, source: 'human_confirmed' }]));
  }

  reject(places: readonly number[], personId: string): void {
    const { faces } = this.#answers.known.bank;
    this.#change(places.map((place) => [place, { rejected: [...faces[place]!.rejected, personId] }]));
  }

  /** These faces are in no group any more. */
  takeOut(places: readonly number[]): void {
    const out = new Set(places);
    this.#groups = this.#groups.map((group) => ({ ...group, places: group.places.filter((place) => !out.has(place)) }));
  }

  apply({ chosen, outdated }: Judgement): void {
    this.#change([
      ...outdated.map(({ index }): Change => [index, { personId: null, source: null }]),
      ...chosen.map(({ index, best }): Change => [index, { personId: best!.personId, source: 'model_guess' }]),
    ]);
  }

  #change(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const { known } = this.#answers;
    const faces = [...known.bank.faces];
    for (const [place, facts] of changes) faces[place] = { ...faces[place]!, ...facts };
    this.#answers = this.#answers.carriedOver(knowLater(known, { ...known.bank, faces }));
  }

  async #group(signal?: AbortSignal): Promise<UnnamedGroup[]> {
    const { bank } = this.#answers.known;
    const { dimension } = bank;
    const byId = [...this.truth.keys()].sort((a, b) => (bank.faces[a]!.faceId < bank.faces[b]!.faceId ? -1 : 1));
    const vectors = new Float32Array(byId.length * dimension);
    for (const [row, place] of byId.entries()) vectors.set(vectorOf(bank, place), row * dimension);
    const faces = byId.map((place) => bank.faces[place]!);
    const nothingSaid = { withoutVector: [], linked: [], apart: [], former: () => null };
    const groups = await groupFaces({ faces, vectors, dimension, ...nothingSaid }, { signal });
    return groups.map(({ parts }, group) => ({
      groupId: `group ${group}`,
      places: parts.flatMap((part) => part.faces.map((row) => byId[row]!)),
    }));
  }
}
