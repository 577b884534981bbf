import { Buffer } from 'node:buffer';
import { lstat, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findCompanions, findPicture } from './companion-names.ts';
import { findSidecars } from './find-sidecars.ts';

/** Files that say something of the photos beside them. */
const SIDECAR = /\.(?:xmp|json)$|^\.?picasa\.ini$/i;

/** Whether a file of this name may say something of the photos beside it. */
export function isSidecar(name: string): boolean {
  return SIDECAR.test(name);
}

/**
 * The files to scan when these have come or changed: each with all that is one photo with it, and for a sidecar the photos that it speaks of. null
 * when one of them is a link: where that leads, and whether it counts, only a walk tells.
 *
 * @param changed paths relative to the root; those that are not there any more are passed over
 * @returns paths relative to the root, byte for byte
 */
export async function photosOfChanges(root: string, changed: Iterable<string>): Promise<Uint8Array[] | null> {
  const found: Uint8Array[] = [];
  for (const [folder, paths] of Map.groupBy(changed, dirname)) {
    const names = new Set<string>();
    for (const path of paths) {
      const stats = await lstat(join(root, path)).catch(() => null);
      if (stats === null) continue;
      if (!stats.isFile()) return null;
      names.add(latin1(path.slice(path.lastIndexOf('/') + 1)));
    }
    const siblings = new Set((await readdir(join(root, folder)).catch(() => [])).map(latin1));
    const prefix = folder === '.' ? '' : `${latin1(folder)}/`;
    for (const name of membersOf(names, siblings)) found.push(Buffer.from(prefix + name, 'latin1'));
  }
  return found;
}

function membersOf(names: ReadonlySet<string>, siblings: ReadonlySet<string>): Set<string> {
  const sidecars = [...names].filter(isSidecar);
  const stems = sidecars.map(stemOf);
  const near = sidecars.length === 0 ? [] : [...siblings].filter((name) => stems.some((stem) => name.startsWith(stem)));
  const touched = near.filter((name) => hasSidecarAmong(names, name, siblings));
  const members = new Set<string>();
  for (const name of [...names, ...touched]) {
    if (isSidecar(name)) continue;
    const picture = findPicture(name, siblings) ?? name;
    members.add(picture);
    for (const companion of findCompanions(picture, siblings)) members.add(companion.name);
    members.add(name);
  }
  return members;
}

/** How the names of all photos begin that a sidecar of this name may speak of: sidecars add to their names, cut them, and leave out `-edited` and the like. */
function stemOf(sidecar: string): string {
  return sidecar.slice(0, sidecar.search(/[.(]|$/));
}

function hasSidecarAmong(changed: ReadonlySet<string>, name: string, siblings: ReadonlySet<string>): boolean {
  const { xmp, takeout, picasa } = findSidecars(name, siblings);
  return [...xmp, takeout, picasa].some((sidecar) => typeof sidecar === 'string' && changed.has(sidecar));
}

/** As names are compared: byte for byte. */
function latin1(name: string): string {
  return Buffer.from(name).toString('latin1');
}
