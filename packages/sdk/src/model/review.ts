import type { Face } from './faces.ts';
import type { Page, PageOptions } from './page.ts';
import type { Person } from './people.ts';
import type { Photo } from './photos.ts';

/** Who a face could be. */
export interface Suggestion {
  person: Pick<Person, 'personId' | 'displayName' | 'coverFaceId'>;
  /** 1 is the best. */
  rank: number;
  /** 0 to 1. */
  confidence: number;
  /** L2 distance to the person's nearest confirmed face. */
  distance: number;
  supportingFaces: number;
  nearestFaceId: string;
  reason: string;
  action: 'auto_apply' | 'ask' | 'leave_unknown';
}

export interface ReviewItem {
  face: Face;
  photo: Photo;
  suggestions: Suggestion[];
}

export interface ApplyCertainResult {
  /** Hand it to `labels.undo` to take everything back; null when nothing was applied. */
  batchId: string | null;
  considered: number;
  applied: number;
  asked: number;
  leftUnknown: number;
}

export interface Review {
  suggestions(faceId: string, options?: { limit?: number; signal?: AbortSignal }): Promise<Suggestion[]>;
  /** The same ranking for an embedding that is not stored. */
  identify(options: { embedding: Float32Array | number[]; space?: string; limit?: number }): Promise<Suggestion[]>;
  /** Faces that deserve a question, most useful first. */
  queue(options?: PageOptions & { minConfidence?: number }): Promise<Page<ReviewItem>>;
  /** Applies every suggestion at or above the auto-apply threshold, in batches. */
  applyCertain(options?: {
    actor?: string;
    dryRun?: boolean;
    signal?: AbortSignal;
    onProgress?: (progress: { done: number; total: number; applied: number }) => void;
  }): Promise<ApplyCertainResult>;
}
