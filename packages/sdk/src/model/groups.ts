import type { Face } from './faces.ts';
import type { IgnoredReason } from './ignored-reason.ts';
import type { LabelChange } from './labels.ts';
import type { Page, PageOptions } from './page.ts';
import type { Person } from './people.ts';

/** Faces that seem to show one person. Its counts are of the faces that wait for a name: neither named nor ignored, of photos that are there. */
export interface FaceGroup {
  /** Stays while the group keeps most of its faces. */
  groupId: string;
  faces: number;
  photos: number;
  /** Up to four of its clearest waiting faces, the clearest first. */
  coverFaceIds: string[];
  /** Faces of the group that are named already. */
  namedFaces: number;
  /** Whom those are said to be; null while none is. */
  person: Pick<Person, 'personId' | 'displayName'> | null;
}

export interface GroupsRefresh {
  /** Faces that stand in groups, those alone included. */
  faces: number;
  /** Groups of two and more. */
  groups: number;
  /** Faces that had no group before. */
  newFaces: number;
  /** Faces that stood in another group before. */
  movedFaces: number;
}

export interface GroupsRefreshOptions {
  /** An abort rejects with the signal's reason and changes nothing. */
  signal?: AbortSignal;
  /** `done` from 0 to 1. */
  onProgress?: (progress: { done: number }) => void;
}

export interface NameGroupOptions {
  /** Who it is; or `name`. */
  personId?: string;
  /** The name or alias of somebody; a person is made of it when nobody goes by it. */
  name?: string;
  actor: string;
  /** Only these of the group. Default all that wait for a name. */
  faceIds?: readonly string[];
}

export interface NamedGroup extends LabelChange {
  personId: string;
  /** Faces that are named now. */
  faceIds: string[];
  /** Faces that are not, since the person stands in their photo by another face. */
  leftOutFaceIds: string[];
}

export interface ChangeGroupsOptions {
  actor: string;
}

export interface IgnoreGroupOptions {
  actor: string;
  /** Why it is nobody. Default 'stranger'. */
  reason?: IgnoredReason;
}

export interface MergedGroups extends LabelChange {
  /** The group that took in the others. */
  groupId: string;
}

/** Faces by who they seem to be, before anybody has a name. */
export interface Groups {
  /**
   * Brings the groups up to date: places new faces, and takes apart what was said to be different. Faces that stand in a group are not
   * compared anew. Two faces of one photo, and faces said to be different people, never stand in one group; named faces of one person
   * always do. `list` does this by itself.
   *
   * @example
   * ```ts
   * const { newFaces, groups } = await library.groups.refresh({ onProgress: ({ done }) => console.log(`${Math.round(100 * done)} %`) });
   * ```
   */
  refresh(options?: GroupsRefreshOptions): Promise<GroupsRefresh>;
  /**
   * Groups all faces anew, as if they had come at once; a group keeps its id where it keeps most of its faces. 50,000 faces take about
   * a minute.
   *
   * @example
   * ```ts
   * const { movedFaces } = await library.groups.regroup();
   * ```
   */
  regroup(options?: GroupsRefreshOptions): Promise<GroupsRefresh>;
  /**
   * Groups with faces that wait for a name, the largest first; those of fewer than `minSize` such faces (default 2) are left out.
   *
   * @example
   * ```ts
   * const { items } = await library.groups.list({ limit: 20 });
   * for (const { groupId, faces, person } of items) console.log(groupId, faces, person?.displayName ?? 'who is this?');
   * ```
   */
  list(options?: Omit<PageOptions, 'offset'> & { minSize?: number }): Promise<Page<FaceGroup>>;
  /**
   * The faces of a group that wait for a name, oldest first. Throws NotFoundError (GROUP_NOT_FOUND).
   *
   * @example
   * ```ts
   * const { items: faces } = await library.groups.faces(groupId, { limit: 100 });
   * ```
   */
  faces(groupId: string, options?: Omit<PageOptions, 'offset'>): Promise<Page<Face>>;
  /**
   * Confirms the waiting faces of a group as a person, in one batch that `labels.undo` takes back. Throws NotFoundError (GROUP_NOT_FOUND,
   * PERSON_NOT_FOUND), InvalidInputError for faces of another group, and AmbiguousPersonError for a name of several people.
   *
   * @example
   * ```ts
   * const { batchId, faceIds } = await library.groups.name(groupId, { name: 'Ada', actor: 'mia' });
   * ```
   */
  name(groupId: string, options: NameGroupOptions): Promise<NamedGroup>;
  /**
   * Takes faces out of their groups: they find another one, and never come back to those that they were taken from, unless `labels.undo`
   * takes the batch back. Throws NotFoundError (FACE_NOT_FOUND) for a face without a group, and InvalidInputError when nobody would be
   * left in one.
   *
   * @example
   * ```ts
   * const { batchId } = await library.groups.takeOut([faceId], { actor: 'mia' });
   * ```
   */
  takeOut(faceIds: readonly string[], options: ChangeGroupsOptions): Promise<LabelChange>;
  /**
   * Makes one group of several: they are one person, though they look different. It stays so when all is grouped anew, unless
   * `labels.undo` takes the batch back. Throws ConflictError (GROUPS_APART) when they stand in one photo or are named differently.
   *
   * @example
   * ```ts
   * const { items } = await library.groups.list();
   * const [child, adult] = items.map((group) => group.groupId);
   * const { groupId, batchId } = await library.groups.merge([child!, adult!], { actor: 'mia' });
   * ```
   */
  merge(groupIds: readonly string[], options: ChangeGroupsOptions): Promise<MergedGroups>;
  /**
   * Sets the waiting faces of a group aside, in one batch that `labels.undo` takes back. Throws NotFoundError (GROUP_NOT_FOUND).
   *
   * @example
   * ```ts
   * const { batchId } = await library.groups.ignore(groupId, { actor: 'mia', reason: 'picture' }); // a poster
   * ```
   */
  ignore(groupId: string, options: IgnoreGroupOptions): Promise<LabelChange>;
}
