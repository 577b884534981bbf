import { mayShow } from './match-regions.ts';
import type { NamedRegion } from './read-regions.ts';

/** What one file of a photo, with its sidecars, says of who is where. */
export interface RegionsOfFile {
  /** Absolute path of the photo's file. */
  readonly path: string;
  /** Of the newest of the file and its sidecars, in nanoseconds since 1970. */
  readonly mtimeNs: bigint;
  readonly regions: readonly NamedRegion[];
}

/**
 * Who is where by all files of a photo, whatever the order they were read in. A region that one copy has lost and another still has stays.
 *
 * Where two copies name one face, or put one person, differently, the weightier counts: a sidecar before the photo itself, which has the same in every
 * copy; then the one that changed last; then by path. A person stands twice in the photo only where one file says so of both places.
 *
 * @returns regions with the absolute path of the file that says so
 */
export function foldRegions(files: readonly RegionsOfFile[]): NamedRegion[] {
  const folded: NamedRegion[] = [];
  for (const { folder, regions } of files.toSorted(byPath).map(statementOf).toSorted(byWeight)) {
    const news = regions.filter(
      (region) => !folded.some((other) => mayShow(other.box, region.box) || isSameName(other.name, region.name)),
    );
    folded.push(...news.map((region) => ({ ...region, file: folder + region.file })));
  }
  return folded;
}

interface Statement {
  readonly folder: string;
  readonly isBeside: boolean;
  readonly mtimeNs: bigint;
  readonly regions: readonly NamedRegion[];
}

/** The regions of one file are of one source: the photo or one sidecar. */
function statementOf({ path, mtimeNs, regions }: RegionsOfFile): Statement {
  const slash = path.lastIndexOf('/') + 1;
  const [folder, name] = [path.slice(0, slash), path.slice(slash)];
  return { folder, isBeside: regions.some(({ file }) => file !== name), mtimeNs, regions };
}

function byWeight(a: Statement, b: Statement): number {
  return Number(b.isBeside) - Number(a.isBeside) || (a.mtimeNs === b.mtimeNs ? 0 : a.mtimeNs > b.mtimeNs ? -1 : 1);
}

function byPath(a: RegionsOfFile, b: RegionsOfFile): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}

/** Two spellings of a name that are one. */
export function isSameName(a: string, b: string): boolean {
  return a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase();
}
