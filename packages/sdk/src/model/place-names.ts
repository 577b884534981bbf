import type { ConflictCode } from '../errors/conflict-error.ts';
import type { PersonShown } from './photos.ts';

export interface PlaceNamesOptions {
  actor?: string;
  /** Only counts what would be done. Default false. */
  dryRun?: boolean;
  /** 0 to 1; a face that is less certainly somebody stays open. Default 0.98: of those, 99 in 100 were right in measured libraries. */
  minConfidence?: number;
  /** Only faces whose own photo carries the name. Default false: faces that are alike are named as guesses where their photos do not carry it. */
  listedOnly?: boolean;
  /** Makes a person of every name that nobody goes by, also where no face is found for it. Default false. */
  createAll?: boolean;
  signal?: AbortSignal;
  /** `done` from 0 to 1. */
  onProgress?: (progress: { done: number }) => void;
}

/** What became of the names that photos carry without saying where. */
export interface NamesPlaced {
  /** Everything that was written is undone by it; null when nothing was. */
  batchId: string | null;
  /** Photos that carry names, and how many names they carry in all. */
  photos: number;
  names: number;
  /** Faces that were named as their photos say, as imported labels. */
  placed: number;
  /** Faces that were named since they are alike, though their photos do not carry the name, as guesses. */
  guessed: number;
  /** Faces that an earlier call named so, and that stay. */
  kept: number;
  /** Names of photos that no face bears. */
  leftOpen: number;
  /** People who were made, each of a name that nobody went by. */
  createdPeople: number;
  /** Names that several people go by: left out, as photos do not say who is meant. */
  ambiguous: { name: string; photos: number; personIds: string[] }[];
  /** Labels that were not set after all, because of what was said of the face or its photo meanwhile. */
  refused: { faceId: string; name: string; code: ConflictCode; message: string }[];
  /** How good the names seem to be: the share of names that photos lack, and of those whose bearer has no face in the photo. */
  rates: { missing: number; wrong: number };
}

/** Where a name comes from, as the provenance of a label tells it. */
export type NameOrigin = Pick<PersonShown, 'source' | 'file'>;
