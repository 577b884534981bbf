import type { PersonShown } from '../model/scanned-photo.ts';
import { isSameName } from './person-name.ts';
import type { RegionList } from './region-lists.ts';
import type { Placement, RegionFrame } from './region-placement.ts';
import { isSamePlace, type Share } from './region-share.ts';

/** A list, and how it lies on the picture; null where that is unknown. */
export interface PlacedList extends RegionList {
  placement: Placement | null;
}

/** A face in the upright picture. */
export interface PlacedRegion {
  name: string | null;
  share: Share;
  source: RegionList['source'];
  isScaled?: boolean;
}

/** A name of a region whose place in the picture is not known. */
export type UnplacedName = Omit<PersonShown, 'file'>;

export interface AgreedRegions {
  placed: PlacedRegion[];
  unplaced: UnplacedName[];
}

const AS_DRAWN: Placement = { toUpright: (share) => share, fromUpright: (share) => share };

/** The regions of one list on the picture, and the names that have no place there. */
type ReadList = AgreedRegions;

/**
 * Makes one list of MWG's and Microsoft's. Programs write one face in both, and some turn, crop or rename in only one of them.
 *
 * - Which picture Microsoft's regions are drawn on, only those of MWG tell: the stored one, unless more of the boxes agree on another.
 * - Where the boxes agree, a name of either stands. Two names for one face contradict each other: neither is believed.
 * - Where both name the same people and no box agrees, one is of an earlier picture: MWG's is believed if it says the size of this one.
 */
export function agreeRegions(mwg: PlacedList, microsoft: PlacedList, frame: RegionFrame): AgreedRegions {
  if (mwg.entries.every((entry) => entry === null)) return readList(microsoft);
  if (microsoft.entries.length === 0) return readList(mwg);
  if (mwg.placement === null) return withoutMwg(mwg, microsoft);

  const first = readList(mwg);
  const second = onPictureOf(first, mwg, microsoft, frame);
  if (namesBoth(first, second).length > 0 && !agreesAnywhere(first, second)) {
    return mwg.drawnOn === null
      ? { placed: [], unplaced: [first, second].flatMap((list) => contradicted(list)) }
      : { placed: first.placed, unplaced: [...first.unplaced, ...contradicted(second)] };
  }
  return merge(first, second);
}

/** MWG's were drawn on another picture. Microsoft's are drawn anew where they name the same people at other places. */
function withoutMwg(mwg: PlacedList, microsoft: PlacedList): AgreedRegions {
  const stale = readList(mwg);
  const [old, other] = [asDrawn(mwg), asDrawn(microsoft)];
  const isNew = namesBoth(old, other).length > 0 && !agreesAnywhere(old, other);
  const read = readList(isNew ? microsoft : { ...microsoft, placement: null });
  const known = new Set([...read.placed, ...read.unplaced].flatMap(({ name }) => name ?? []));
  const others = stale.unplaced.filter(({ name }) => ![...known].some((other) => isSameName(other, name)));
  return { placed: read.placed, unplaced: [...read.unplaced, ...others] };
}

/** The regions as shares of whatever picture they are drawn on. */
function asDrawn(list: PlacedList): ReadList {
  return readList({ ...list, placement: AS_DRAWN });
}

function readList({ entries, placement, source }: PlacedList): ReadList {
  const placed: PlacedRegion[] = [];
  const unplaced: UnplacedName[] = [];
  for (const entry of entries) {
    if (entry === null) continue;
    const { name, share } = entry;
    const upright = share && placement?.toUpright(share);
    const region = upright && { name, share: upright, source, ...(placement?.isScaled ? { isScaled: true } : {}) };
    const repeated = region && placed.find((other) => isSamePlace(other.share, upright) && isOneName(other.name, name));
    if (repeated) repeated.name ??= name;
    else if (region && hasCentreInside(upright)) placed.push(region);
    // Who was cut away is not in the picture any more.
    else if (name !== null && !(upright && placement?.isCropped)) {
      unplaced.push({ name, source, reason: share === null ? 'no-box' : 'other-picture' });
    }
  }
  return { placed, unplaced };
}

/** Microsoft's, on the picture on which most of them are where MWG's are. */
function onPictureOf(first: ReadList, mwg: PlacedList, microsoft: PlacedList, { orientation }: RegionFrame): ReadList {
  const placements = [microsoft.placement, mwg.placement, ...(orientation === 1 ? [] : [AS_DRAWN])];
  const lists = placements.filter((placement) => placement !== null).map((placement) => readList({ ...microsoft, placement }));
  const agreeing = lists.map(
    (list) => list.placed.filter((region) => first.placed.some((other) => agrees(region, other))).length,
  );
  return lists[agreeing.indexOf(Math.max(...agreeing))]!;
}

function merge(first: ReadList, second: ReadList): AgreedRegions {
  const placed: PlacedRegion[] = [];
  const unplaced = [...first.unplaced, ...second.unplaced];
  const left = new Set(second.placed);
  for (const region of first.placed) {
    const there = [...left].filter((other) => isSamePlace(region.share, other.share));
    const other = there.find(({ name }) => isOneName(name, region.name)) ?? there[0];
    if (other) left.delete(other);
    if (other && !isOneName(region.name, other.name)) {
      placed.push({ ...region, name: null });
      unplaced.push(...contradicted({ placed: [region, other], unplaced: [] }));
    } else placed.push({ ...region, name: region.name ?? other?.name ?? null });
  }
  for (const region of left) {
    const isElsewhere = first.placed.some(({ name }) => name !== null && region.name !== null && isSameName(name, region.name));
    if (isElsewhere) unplaced.push(...contradicted({ placed: [region], unplaced: [] }));
    else placed.push(region);
  }
  return { placed, unplaced };
}

function contradicted({ placed, unplaced }: ReadList): UnplacedName[] {
  const named = placed.flatMap(({ name, source }) => (name === null ? [] : [{ name, source, reason: 'contradicted' as const }]));
  return [...named, ...unplaced];
}

function namesBoth(first: ReadList, second: ReadList): PlacedRegion[] {
  return second.placed.filter(
    ({ name }) => name !== null && first.placed.some((other) => other.name !== null && isSameName(other.name, name)),
  );
}

function agreesAnywhere(first: ReadList, second: ReadList): boolean {
  return second.placed.some((region) => first.placed.some((other) => agrees(region, other)));
}

/** Whether both show one face, and do not name it differently. */
function agrees(a: PlacedRegion, b: PlacedRegion): boolean {
  return isSamePlace(a.share, b.share) && isOneName(a.name, b.name);
}

function isOneName(a: string | null, b: string | null): boolean {
  return a === null || b === null || isSameName(a, b);
}

function hasCentreInside({ x, y, width, height }: Share): boolean {
  const centre = [x + width / 2, y + height / 2];
  return centre.every((at) => at >= 0 && at <= 1);
}
