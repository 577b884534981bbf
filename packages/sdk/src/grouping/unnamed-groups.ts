import { sql } from 'kysely';
import { isNamed, isOpen } from '../evidence/evidence-rules.ts';
import { type FaceBank, placeOf } from '../evidence/face-bank.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { Groups } from '../model/groups.ts';
import { hasUnplaced } from './group-rows.ts';

/** Faces that seem to show one person, none of whom has a name, not even by a guess. */
export interface UnnamedGroup {
  readonly groupId: string;
  /** Places in the bank, the clearest face first. */
  readonly places: readonly number[];
}

interface Kept {
  readonly journalSeq: bigint;
  readonly spaceId: string;
  readonly known: number;
  readonly present: number;
  readonly groups: readonly UnnamedGroup[];
}

/**
 * The groups of a library that nobody named. Who stands in which group is read again when faces came or went, or somebody said something
 * of groups; who has a name is told by the bank.
 */
export class UnnamedGroups {
  readonly #context: LibraryContext;
  readonly #groups: Pick<Groups, 'refresh'>;
  #kept: Kept | null = null;

  constructor(context: LibraryContext, groups: Pick<Groups, 'refresh'>) {
    this.#context = context;
    this.#groups = groups;
  }

  /** Those of two and more unnamed faces. `bank` is in the active space. */
  async current(bank: FaceBank, signal?: AbortSignal): Promise<UnnamedGroup[]> {
    const present = bank.faces.reduce((count, { isPhotoDeleted }) => count + Number(!isPhotoDeleted), 0);
    const kept = this.#kept;
    const isSame = kept?.spaceId === bank.spaceId && kept.known === bank.faces.length && kept.present === present;
    const holds = isSame && !(await isSaidSince(this.#context, kept.journalSeq));
    const { groups } = holds ? kept : await this.#read(bank, present, signal);
    const { faces } = bank;
    return groups.flatMap(({ groupId, places }) => {
      if (places.some((place) => isNamed(faces[place]!))) return [];
      const unnamed = places.filter((place) => isOpen(faces[place]!) && faces[place]!.personId === null);
      return unnamed.length > 1 ? [{ groupId, places: unnamed }] : [];
    });
  }

  async #read(bank: FaceBank, present: number, signal?: AbortSignal): Promise<Kept> {
    if (await hasUnplaced(this.#context)) await this.#groups.refresh({ signal });
    const { rows } = await sql<{ groupId: string; faceIds: string[] }>`
      SELECT group_id AS "groupId",
        array_agg(face_id::text ORDER BY detector_score DESC NULLS LAST, bbox_w * bbox_h DESC, face_id) AS "faceIds"
      FROM face_group_members member JOIN face_groups place USING (group_id) JOIN faces face USING (face_id)
      WHERE member.library_id = ${this.#context.libraryId} AND place.space_id = ${bank.spaceId}
      GROUP BY group_id HAVING count(*) > 1 ORDER BY group_id`.execute(this.#context.db, {
      signal,
      inflightQueryAbortStrategy: 'cancel query',
    });
    const groups = rows.map(({ groupId, faceIds }) => ({
      groupId,
      // Faces that came since the bank was read are in it next time.
      places: faceIds.flatMap((faceId) => placeOf(bank, faceId) ?? []),
    }));
    this.#kept = { journalSeq: bank.journalSeq, spaceId: bank.spaceId, known: bank.faces.length, present, groups };
    return this.#kept;
  }
}

/** Whether somebody took faces out of a group, joined groups, or took that back. */
async function isSaidSince({ db, libraryId }: LibraryContext, journalSeq: bigint): Promise<boolean> {
  const { rows } = await sql<{ isSaid: boolean }>`
    SELECT EXISTS (SELECT FROM identity_events
      WHERE library_id = ${libraryId} AND seq > ${journalSeq} AND kind IN ('pair_set', 'pair_cleared')) AS "isSaid"`.execute(db);
  return rows[0]!.isSaid;
}
