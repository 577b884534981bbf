import type { AnalyzedPhoto } from '@photoorg/sdk';

/** A photo of the old library with its faces, ready to be saved. */
export interface PhotoCopy {
  analyzed: AnalyzedPhoto;
  /** Old keys of `analyzed.faces`, in their order. */
  faceKeys: string[];
}

export interface CopiedFace {
  /** Null in a dry run for a face that would be added. */
  faceId: string | null;
  /** Added by this run: nothing can have been said about it yet. */
  isNew: boolean;
}
