import type { PhotosAsset, UNREADABLE } from '../apple-photos/photos-asset.ts';
import { findPicasaIni } from './picasa-ini.ts';
import { takeoutNames } from './takeout-names.ts';

/** Files beside a photo that speak of it, by name. */
export interface Sidecars {
  /** XMP sidecars, the one that names the whole photo first. */
  xmp: string[];
  /** JSON of a Google Takeout. */
  takeout: string | null;
  /** What Picasa knows of the photos of the folder; absent where it knows nothing. */
  picasa?: string;
  /** What the library of Apple Photos says that the photo lies in; absent outside of one. */
  asset?: PhotosAsset | typeof UNREADABLE;
}

/**
 * Finds the sidecars of a photo among the names of its folder: `x.jpg.xmp` (darktable, digiKam), `x.xmp` (Adobe) the JSON of a Google Takeout, and `.picasa.ini`.
 *
 * @param name file name, byte for byte in Latin-1, as are `siblings`
 */
export function findSidecars(name: string, siblings: ReadonlySet<string>): Sidecars {
  const stem = name.replace(/\.[^.]*$/, '');
  const xmp = [`${name}.xmp`, `${name}.XMP`, `${stem}.xmp`, `${stem}.XMP`].filter((candidate) => siblings.has(candidate));
  const takeout = takeoutNames(name).find((candidate) => siblings.has(candidate)) ?? null;
  const picasa = findPicasaIni(siblings);
  return { xmp, takeout, ...(picasa !== null && { picasa }) };
}

export function hasSidecars({ xmp, takeout, picasa, asset }: Sidecars): boolean {
  return xmp.length > 0 || takeout !== null || picasa !== undefined || asset !== undefined;
}
