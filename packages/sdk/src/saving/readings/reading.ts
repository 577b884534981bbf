import type { Saved, SavedColumnName } from '../../schema/photo-columns.ts';
import { savedColumns } from '../../schema/saved-columns.ts';
import type { PreparedColumns } from '../rows/prepare-photo.ts';

/** What one file says of a photo, with its sidecars: columns of `photos` in the form in which they are saved. What every file of the content says alike is no part of it. */
export type Facts = { readonly [Name in SavedColumnName]?: Saved<Name> };

export const readColumns = savedColumns.filter(({ fold }) => fold !== 'last' && fold !== 'last-known');

export interface Reading {
  /** null: a program saved the photo without a file. */
  readonly fileId: string | null;
  readonly facts: Facts;
}

export function factsOf(columns: PreparedColumns): Facts {
  return Object.fromEntries(readColumns.map(({ name }) => [name, columns[name]]));
}

/** Whether somebody looked into the metadata: without any, a file that was read for it has an empty object. */
export function didLook(facts: Facts): boolean {
  return facts.exif != null;
}

/** Whether a file beside the photo speaks of it: XMP, or that and a Google Takeout. */
export function hasSidecar(facts: Facts, groups: readonly ('sidecar' | 'takeout')[] = ['sidecar', 'takeout']): boolean {
  const tags = facts.exif;
  return typeof tags === 'object' && tags !== null && groups.some((group) => group in tags);
}
