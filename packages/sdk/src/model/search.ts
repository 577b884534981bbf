import type { Face } from './faces.ts';
import type { Person } from './people.ts';
import type { Photo, PhotoFilter } from './photos.ts';

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
  shotFrom?: Date;
  shotTo?: Date;
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
  /** Nearest faces by L2 distance, ascending, without the probe itself. Exact below about 20,000 matching rows. */
  similarFaces(options: SimilarFacesOptions): Promise<SimilarFace[]>;
  /** Photos and people by words, and faces near a given one: mixed, best first, each with its reason. */
  search(options: SearchOptions): Promise<SearchHit[]>;
}
