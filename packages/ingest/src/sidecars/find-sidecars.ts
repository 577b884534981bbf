import type { PhotosAsset, UNREADABLE } from '../apple-photos/photos-asset.ts';
import { takeoutNames } from './takeout-names.ts';

/** Files beside a photo that speak of it, by name. */
export interface Sidecars {
  /** XMP sidecars, the one that names the whole photo first. */
  xmp: string[];
  /** JSON of a Google Takeout. */
  takeout: string | null;
  /** What the library of Apple Photos says that the photo lies in; absent outside of one. */
  asset?: PhotosAsset | typeof UNREADABLE;
}

/**
 * Finds the sidecars of a photo among the names of its folder: `x.jpg.xmp` (darktable, digiKam), `x.xmp` (Adobe) and the JSON of a Google Takeout.
 *
 * @param name file name, byte for byte in Latin-1, as are `siblings`
 */
export function findSidecars(name: string, siblings: ReadonlySet<string>): Sidecars {
  const stem = name.replace(/\.[^.]*$/, '');
  const xmp = [`${name}.xmp`, `${name}.XMP`, `${stem}.xmp`, `${stem}.XMP`].filter((candidate) => siblings.has(candidate));
  return { xmp, takeout: takeoutNames(name).find((candidate) => siblings.has(candidate)) ?? null };
}

export function hasSidecars({ xmp, takeout, asset }: Sidecars): boolean {
  return xmp.length > 0 || takeout !== null || asset !== undefined;
}
