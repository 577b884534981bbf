import type { Page, PageOptions } from './page.ts';

export interface Person {
  personId: string;
  displayName: string;
  aliases: string[];
  /** `YYYY-MM-DD`. */
  birthDate: string | null;
  hidden: boolean;
  coverFaceId: string | null;
  /** The person this one was merged into. */
  mergedInto: string | null;
  facesCount: number;
  photosCount: number;
  createdAt: Date;
}

export interface People {
  /** `personId` is for an import that must find its people again: a UUID no person has yet. Default: a new one. */
  create(options: {
    displayName: string;
    aliases?: string[];
    birthDate?: string;
    actor?: string;
    personId?: string;
  }): Promise<Person>;
  /** Also somebody who was merged into another: `mergedInto` says into whom. Throws NotFoundError (PERSON_NOT_FOUND). */
  get(personId: string): Promise<Person>;
  find(personId: string): Promise<Person | null>;
  /** By name or alias, regardless of case and accents. The name of somebody who was merged finds the survivor. */
  findByName(name: string): Promise<Person | null>;
  list(options?: PageOptions & { q?: string; includeHidden?: boolean; order?: 'name' | 'faces' }): Promise<Page<Person>>;
  iterate(options?: { signal?: AbortSignal }): AsyncIterable<Person>;
  rename(personId: string, displayName: string, options?: { actor?: string }): Promise<Person>;
  /** Changes the fields given, all or none of them. */
  update(
    personId: string,
    changes: {
      displayName?: string;
      aliases?: string[];
      birthDate?: string | null;
      hidden?: boolean;
      coverFaceId?: string | null;
    },
    options?: { actor?: string },
  ): Promise<Person>;
  /**
   * All faces of `fromId` become `intoId`'s; the row of `fromId` stays and points on. Undo it with `labels.undo` and its
   * batchId. Throws ConflictError when both stand in one photo, unless `allowSamePhoto`.
   */
  merge(options: {
    fromId: string;
    intoId: string;
    actor: string;
    allowSamePhoto?: boolean;
  }): Promise<{ batchId: string; movedFaces: number }>;
}
