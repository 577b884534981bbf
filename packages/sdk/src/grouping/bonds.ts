import type { FaceFacts } from '../evidence/face-facts.ts';

/** What is known of faces that stand together, as far as it keeps others away. */
interface Company {
  readonly photos: Set<string>;
  /** Whom its named faces are said to be; null while none is named. */
  personId: string | null;
  /** People that some of its faces are not. */
  readonly rejected: Set<string>;
  /** Places of faces that some of its faces were taken away from. */
  readonly apart: Set<number>;
}

/**
 * Which faces stand together, and which may not: two of one photo, faces said to be different people, a face and a person that it is
 * not, and faces that somebody took apart. Faces are told by their place in a list.
 */
export class Bonds {
  readonly #parents: Int32Array;
  /** By the place of the face that stands for all. */
  readonly #companies: Company[];

  /** @param apart pairs of places */
  constructor(
    faces: readonly FaceFacts[],
    personOf: (face: FaceFacts) => string | null,
    apart: Iterable<readonly [number, number]>,
  ) {
    this.#parents = Int32Array.from(faces.keys());
    this.#companies = faces.map((face) => ({
      photos: new Set([face.photoId]),
      personId: personOf(face),
      rejected: new Set(face.rejected),
      apart: new Set(),
    }));
    for (const [a, b] of apart) {
      this.#companies[a]!.apart.add(b);
      this.#companies[b]!.apart.add(a);
    }
  }

  /** The place of the face that stands for all that the face stands together with. */
  rootOf(face: number): number {
    const parents = this.#parents;
    let root = face;
    while (parents[root] !== root) root = parents[root]!;
    for (let next = face; next !== root; ) [parents[next], next] = [root, parents[next]!];
    return root;
  }

  /** Says that those whom the face stands together with stand in that photo, too. */
  standsIn(face: number, photoId: string): void {
    this.#companies[this.rootOf(face)]!.photos.add(photoId);
  }

  mayJoin(a: number, b: number): boolean {
    const [rootA, rootB] = [this.rootOf(a), this.rootOf(b)];
    if (rootA === rootB) return true;
    const [first, second] = [this.#companies[rootA]!, this.#companies[rootB]!];
    if (!this.mayBeOne(a, b)) return false;
    const [few, many] = first.photos.size < second.photos.size ? [first.photos, second.photos] : [second.photos, first.photos];
    for (const photoId of few) if (many.has(photoId)) return false;
    return true;
  }

  /** The same for faces that were said to be one person: a mirror or a collage shows somebody twice. */
  mayBeOne(a: number, b: number): boolean {
    const [rootA, rootB] = [this.rootOf(a), this.rootOf(b)];
    const [first, second] = [this.#companies[rootA]!, this.#companies[rootB]!];
    if (first.personId !== null && second.personId !== null && first.personId !== second.personId) return false;
    if (first.personId !== null && second.rejected.has(first.personId)) return false;
    if (second.personId !== null && first.rejected.has(second.personId)) return false;
    return !this.#isApart(first, rootB) && !this.#isApart(second, rootA);
  }

  #isApart({ apart }: Company, root: number): boolean {
    for (const face of apart) if (this.rootOf(face) === root) return true;
    return false;
  }

  join(a: number, b: number): void {
    const [rootA, rootB] = [this.rootOf(a), this.rootOf(b)];
    if (rootA === rootB) return;
    const [first, second] = [this.#companies[rootA]!, this.#companies[rootB]!];
    const [kept, left] = first.photos.size < second.photos.size ? [rootB, rootA] : [rootA, rootB];
    const [into, from] = kept === rootA ? [first, second] : [second, first];
    for (const photoId of from.photos) into.photos.add(photoId);
    for (const personId of from.rejected) into.rejected.add(personId);
    for (const face of from.apart) into.apart.add(face);
    into.personId ??= from.personId;
    this.#parents[left] = kept;
  }
}
