import { type FaceBank, vectorOf } from '../evidence/face-bank.ts';
import { lockIdentity } from '../identity/change-identity.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { GroupsRefresh, GroupsRefreshOptions } from '../model/groups.ts';
import { newId } from '../values/new-id.ts';
import type { BankMemory } from './bank-memory.ts';
import type { FacesToGroup, FormerPlace } from './faces-to-group.ts';
import { type GroupOfFaces, groupFaces } from './group-faces.ts';
import {
  hasUnplaced,
  isSame,
  type Places,
  readPlaces,
  readSays,
  type Says,
  type StandingPlaces,
  writePlaces,
} from './group-rows.ts';
import { keepIds } from './keep-ids.ts';

/** Somebody else changed the groups so many times while they were made: they are up to date enough. */
const MOST_TRIES = 3;
/** New faces for each that stands in a group from which on all are grouped anew: the crowd has become another. */
const NEW_SHARE_TO_REGROUP = 0.5;

const NOTHING: GroupsRefresh = { faces: 0, groups: 0, newFaces: 0, movedFaces: 0 };

/**
 * Brings the groups of a library up to date, in one transaction at its end: nothing is half done. null when they are.
 * @param options.anew compares all faces, not only those that are new
 */
export async function refreshGroups(
  context: LibraryContext,
  memory: BankMemory,
  options: GroupsRefreshOptions & { anew?: boolean } = {},
): Promise<GroupsRefresh | null> {
  const { signal, onProgress, anew = false } = options;
  for (let tries = 1; ; tries++) {
    const { bank, isNews, settle } = await memory.current(signal);
    if (!bank) return NOTHING;
    if (!anew && !isNews && !(await hasUnplaced(context))) return null;
    const former = await readPlaces(context, signal);
    const given = facesToGroup(bank, await readSays(context), former, anew);
    const groups = await groupFaces(given, { signal, onProgress: (done) => onProgress?.({ done }) });
    const places = placesOf(groups, given, former);
    const isWritten = await context.transaction(async (transaction) => {
      await lockIdentity(transaction);
      signal?.throwIfAborted();
      const standing = await readPlaces(transaction);
      if (tries < MOST_TRIES && !isSamePlaces(former, standing)) return false;
      await writePlaces(transaction, bank.spaceId, standing, places);
      return true;
    });
    if (!isWritten) continue;
    settle();
    return summary(former, places);
  }
}

/** The faces of photos that are there, by id. */
function facesToGroup(bank: FaceBank, says: readonly Says[], places: StandingPlaces, anew: boolean): FacesToGroup {
  const { dimension } = bank;
  const kept = [...bank.faces.keys()].filter((index) => !bank.faces[index]!.isPhotoDeleted);
  kept.sort((a, b) => (bank.faces[a]!.faceId < bank.faces[b]!.faceId ? -1 : 1));
  const faces = kept.map((index) => bank.faces[index]!);
  const vectors = new Float32Array(kept.length * dimension);
  for (const [place, index] of kept.entries()) vectors.set(vectorOf(bank, index), place * dimension);
  const placeOf = new Map(faces.map(({ faceId }, place) => [faceId, place]));
  const pairs = (isSame: boolean) =>
    says.flatMap((said): [number, number][] => {
      const [a, b] = [placeOf.get(said.faceId), placeOf.get(said.otherFaceId)];
      return said.isSame === isSame && a !== undefined && b !== undefined ? [[a, b]] : [];
    });
  // Distances of another space say nothing here: the groups keep their ids, but all faces are compared anew.
  const placeIn = (faceId: string) => (places.get(faceId)?.spaceId === bank.spaceId ? places.get(faceId)! : null);
  const standing = faces.filter(({ faceId }) => placeIn(faceId)).length;
  const isAnew = anew || faces.length - standing > NEW_SHARE_TO_REGROUP * standing;
  return {
    faces,
    vectors,
    dimension,
    withoutVector: [...bank.withoutVector.values()].filter((face) => !face.isPhotoDeleted),
    linked: pairs(true),
    apart: pairs(false),
    former: isAnew ? () => null : (place) => placeIn(faces[place]!.faceId),
  };
}

function placesOf(groups: readonly GroupOfFaces[], { faces, former: kept }: FacesToGroup, former: Places): Places {
  const ids = keepIds(
    groups.map(({ parts }) => parts.flatMap((part) => part.faces)),
    (place) => former.get(faces[place]!.faceId)?.groupId ?? null,
  );
  const places = new Map<string, FormerPlace>();
  for (const [index, { parts }] of groups.entries()) {
    const groupId = ids[index] ?? newId();
    for (const [part, { faces: members, logCrowding }] of parts.entries()) {
      for (const place of members) {
        const { faceId } = faces[place]!;
        // A face's own crowding is measured once: parts that nothing came to are not written anew.
        places.set(faceId, { groupId, part, logCrowding: kept(place)?.logCrowding ?? logCrowding });
      }
    }
  }
  return places;
}

function isSamePlaces(a: Places, b: Places): boolean {
  return a.size === b.size && [...a].every(([faceId, place]) => isSame(place, b.get(faceId)));
}

function summary(former: Places, places: Places): GroupsRefresh {
  let [newFaces, movedFaces] = [0, 0];
  const sizes = new Map<string, number>();
  for (const [faceId, { groupId }] of places) {
    sizes.set(groupId, (sizes.get(groupId) ?? 0) + 1);
    const before = former.get(faceId);
    if (!before) newFaces++;
    else if (before.groupId !== groupId) movedFaces++;
  }
  const groups = [...sizes.values()].filter((size) => size > 1).length;
  return { faces: places.size, groups, newFaces, movedFaces };
}
