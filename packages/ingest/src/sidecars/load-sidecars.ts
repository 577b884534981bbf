import { Buffer } from 'node:buffer';
import { open, readdir } from 'node:fs/promises';
import { toXmp } from '../apple-photos/asset-xmp.ts';
import { PHOTOS_DATABASE } from '../apple-photos/open-photos-database.ts';
import { type PhotosAsset, UNREADABLE } from '../apple-photos/photos-asset.ts';
import { joinBytes, type PhotoPath } from '../files/photo-path.ts';
import { MAX_XMP_BYTES } from '../model/limits.ts';
import type { XmpOfFile } from '../tags/choose-face-regions.ts';
import { readXmp, type XmpTags } from '../tags/read-xmp.ts';
import type { RegionFrame } from '../tags/region-placement.ts';
import { findSidecars, type Sidecars } from './find-sidecars.ts';
import { type PicasaFaces, picasaXmp, readPicasaFaces } from './picasa-ini.ts';
import { readTakeout, type TakeoutTags } from './read-takeout.ts';
import { isTakeoutOf } from './takeout-names.ts';

/** What the files beside a photo say of it. */
export interface SidecarTags {
  /** All XMP sidecars together. */
  xmp: XmpTags;
  /** Each XMP sidecar, the weightiest first. */
  xmpFiles: XmpOfFile[];
  takeout: TakeoutTags | null;
  /** What the library of Apple Photos says that the photo lies in; its boxes wait for the size of the picture. */
  asset: PhotosAsset | null;
  /** What Picasa says, with the name of its file; its boxes wait for the picture's turn. */
  picasa: { file: string; faces: PicasaFaces } | null;
  /** Whether each XMP sidecar and the library could be read; one that went away meanwhile says nothing, one that is there and cannot be read may say anything. */
  isComplete: boolean;
  /** Name of the JSON that says it, in the photo's folder; null without one. */
  takeoutFile: string | null;
}

export const NO_SIDECAR_TAGS: SidecarTags = {
  xmp: {},
  xmpFiles: [],
  isComplete: true,
  asset: null,
  picasa: null,
  takeout: null,
  takeoutFile: null,
};

/** Reads the sidecars of a photo. One that cannot be read is passed over: the photo is worth more than its sidecar. */
export async function loadSidecars(photo: PhotoPath, known: Sidecars | undefined): Promise<SidecarTags> {
  const { folder, name } = split(photo);
  const sidecars = known ?? findSidecars(name, await namesIn(folder));
  const xmpFiles: XmpOfFile[] = [];
  const asset = sidecars.asset ?? null;
  let isComplete = asset !== UNREADABLE;
  for (const sidecar of sidecars.xmp) {
    const file = Buffer.from(sidecar, 'latin1').toString('utf8');
    const content = await readSmallFile(folder, sidecar);
    isComplete &&= content !== null;
    xmpFiles.push({ file, xmp: content === null ? {} : readXmp(content) });
  }
  const ini = sidecars.picasa === undefined ? null : await readSmallFile(folder, sidecars.picasa);
  isComplete &&= sidecars.picasa === undefined || ini !== null;
  const picasa = ini && readPicasaFaces(ini.toString('utf8'), Buffer.from(name, 'latin1').toString('utf8'));
  const xmp: XmpTags = Object.assign({}, ...xmpFiles.map((sidecar) => sidecar.xmp).reverse());
  const takeout = sidecars.takeout === null ? null : await loadTakeout(folder, name, sidecars.takeout);
  return {
    xmp,
    xmpFiles,
    asset: asset === UNREADABLE ? null : asset,
    picasa: picasa && { file: sidecars.picasa!, faces: picasa },
    isComplete,
    takeout,
    takeoutFile: takeout && Buffer.from(sidecars.takeout!, 'latin1').toString('utf8'),
  };
}

async function loadTakeout(folder: Buffer, name: string, json: string): Promise<TakeoutTags | null> {
  const content = await readSmallFile(folder, json);
  const takeout = content && readTakeout(content.toString('utf8'));
  return takeout !== null && isTakeoutOf(name, json, takeout.title) ? takeout : null;
}

function split(photo: PhotoPath): { folder: Buffer; name: string } {
  const path = Buffer.from(photo);
  const slash = path.lastIndexOf('/');
  const folder = slash < 0 ? Buffer.from('.') : path.subarray(0, Math.max(slash, 1));
  return { folder, name: path.toString('latin1', slash + 1) };
}

async function namesIn(folder: Buffer): Promise<Set<string>> {
  const names = await readdir(folder, { encoding: 'buffer' }).catch(() => []);
  return new Set(names.map((name) => name.toString('latin1')));
}

/** Empty for one that is gone or too large; null for one that cannot be read. */
async function readSmallFile(folder: Buffer, name: string): Promise<Buffer | null> {
  try {
    const handle = await open(joinBytes(folder, Buffer.from(name, 'latin1')), 'r');
    try {
      const { size } = await handle.stat();
      return size > MAX_XMP_BYTES ? Buffer.alloc(0) : await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? Buffer.alloc(0) : null;
  }
}

/**
 * The sidecars with what Picasa and the library of Apple Photos say as the last of them, for a picture of this size and turn.
 *
 * @param isRaw of a RAW file, whose boxes Picasa counts otherwise
 */
export function withCatalogs(sidecar: SidecarTags, frame: RegionFrame, isRaw: boolean): SidecarTags {
  const { picasa, asset } = sidecar;
  const said = [
    ...(picasa === null ? [] : [{ file: picasa.file, xmp: picasaXmp(picasa.faces, frame, isRaw) }]),
    ...(asset === null ? [] : [{ file: PHOTOS_DATABASE, xmp: toXmp(asset, frame) }]),
  ];
  if (said.length === 0) return sidecar;
  const xmp: XmpTags = Object.assign({}, ...said.map((one) => one.xmp).reverse(), sidecar.xmp);
  return { ...sidecar, xmp, xmpFiles: [...sidecar.xmpFiles, ...said] };
}
