import type { Face } from './faces.ts';
import type { Person } from './people.ts';
import type { PhotoFilter } from './photo-filter.ts';
import type { Photo } from './photos.ts';

export interface SimilarFace {
  face: Face;
  /** L2 distance: smaller is closer. */
  distance: number;
  /** Name of the embedding space that it is measured in. */
  space: string;
}

export interface SearchHit {
  kind: 'photo' | 'face' | 'person';
  photo: Photo | null;
  face: Face | null;
  person: Person | null;
  /** Larger is better; comparable within one answer only. */
  score: number;
  reason: string;
}

export interface SimilarFacesOptions {
  /** The probe: a stored face, or a raw embedding. */
  faceId?: string;
  embedding?: Float32Array | number[];
  /** Name or id of the embedding space; default: the active one. */
  space?: string;
  /** Default 20. */
  limit?: number;
  maxDistance?: number;
  personId?: string;
  labelled?: boolean;
  /** As of {@link PhotoFilter}. */
  shotFrom?: Date | string;
  shotTo?: Date | string;
  signal?: AbortSignal;
}

export interface SearchOptions {
  q?: string;
  faceId?: string;
  embedding?: Float32Array | number[];
  /** Name or id of the embedding space; default: the active one. */
  space?: string;
  limit?: number;
  filter?: PhotoFilter;
  signal?: AbortSignal;
}

export interface Search {
  /**
   * Nearest faces by L2 distance, ascending, without the probe itself. Exact below about 20,000 matching rows.
   *
   * @example
   * ```ts
   * const similar = await library.search.similarFaces({ faceId, limit: 10, maxDistance: 0.5 });
   * for (const { face, distance } of similar) console.log(face.faceId, distance.toFixed(3), face.label?.displayName);
   * ```
   */
  similarFaces(options: SimilarFacesOptions): Promise<SimilarFace[]>;
  /**
   * Photos and people by words, and faces near a given one: mixed, best first, each with its reason.
   *
   * @example
   * ```ts
   * const hits = await library.search.search({ q: 'beach ada', filter: { shotFrom: new Date('2024-06-01') } });
   * for (const { kind, photo, person, reason } of hits) console.log(kind, person?.displayName ?? photo?.path, reason);
   * ```
   */
  search(options: SearchOptions): Promise<SearchHit[]>;
}
