import { openByteSource } from '../files/byte-source.ts';
import { hashFile } from '../files/hash-file.ts';
import { absolutePath } from '../files/photo-path.ts';
import type { WalkedFile } from '../files/walk-files.ts';
import { readFilmInstant } from '../formats/film-instant.ts';
import { needsExiftool } from '../formats/sniff-format.ts';
import { readMetadata } from '../metadata/read-metadata.ts';
import { IngestError } from '../model/ingest-error.ts';
import type { CompanionFile, FileEntry, PhotoItem, ScanItem } from '../model/scanned-photo.ts';
import type { PhotoGroup } from '../sidecars/photo-group.ts';
import { withSidecars } from '../sidecars/with-sidecars.ts';
import { findLeftOutKind } from './find-left-out-kind.ts';
import { scanFile } from './scan-file.ts';
import type { ScanPhotosOptions } from './scan-options.ts';

/** Camera and phone write the files of one photo with times that may be rounded differently. */
const SAME_SHOT_MILLIS = 1_000;

/** A film that was made longer before or after its picture has its name by chance. Cameras may count films in UTC or by their own clocks. */
const SAME_DAY_MILLIS = 26 * 3_600_000;

/** Larger films are no live photos, which last three seconds: those of 4K take 25 MB. */
const MAX_LIVE_BYTES = 64 * 1024 * 1024;

/**
 * Reads a picture and what belongs to it. A RAW file is a photo of its own when the picture is unusable, or was taken at another time; it is never
 * left out.
 */
export async function scanGroup(
  { picture, companions: found, siblings }: PhotoGroup,
  options: ScanPhotosOptions,
): Promise<ScanItem[]> {
  const item = await scanFile(picture, options);
  if (found.length === 0) return [item];
  const isUsable =
    item.kind !== 'error' && !(item.kind === 'photo' && isBroken(item)) && !(item.kind === 'unchanged' && item.unusable === true);
  const companions: CompanionFile[] = [];
  const others: ScanItem[] = [];
  for (const { file, role } of found) {
    const isUnchanged = await options.isUnchanged?.(file, { role, picture: picture.file });
    if (isUnchanged === true) continue;
    if (isUnchanged) others.push({ kind: 'unchanged', file });
    else if (role === 'live') {
      if (isUsable && file.size <= MAX_LIVE_BYTES && (await isOfSameDay(picture.file, file, options)))
        companions.push({ file, role, sha256: null });
      else others.push(...(await scanApart({ file, siblings }, options)));
    } else if (isUsable && (await isSameShot(picture.file, file, options))) {
      const hashed = await hashCompanion(file, options);
      if ('role' in hashed) companions.push(hashed);
      else others.push(hashed);
    } else {
      others.push(...(await scanApart({ file, siblings }, options)));
    }
  }
  return [companions.length > 0 && item.kind !== 'error' ? { ...item, companions } : item, ...others];
}

/** Whether the RAW file beside it shows the photo better. */
function isBroken({ unseen, damage }: PhotoItem): boolean {
  return (unseen ?? damage)?.code.startsWith('IMAGE_') === true;
}

/** A photo or film of its own, if anything here reads it. */
async function scanApart(walked: WalkedFile, options: ScanPhotosOptions): Promise<ScanItem[]> {
  if (options.exiftool !== undefined || !needsExiftool(walked.file.path))
    return [await scanFile(await withSidecars(walked), options)];
  const kind = await findLeftOutKind(walked.file, { exiftool: false });
  if (kind !== null && kind !== 'sidecar') options.onLeftOut?.(walked.file, kind);
  return [];
}

async function hashCompanion(file: FileEntry, { signal, onStage }: ScanPhotosOptions): Promise<CompanionFile | ScanItem> {
  const start = performance.now();
  try {
    return { file, role: 'raw', sha256: await hashFile(absolutePath(file), { signal }) };
  } catch (error) {
    signal?.throwIfAborted();
    if (!IngestError.isInstance(error)) throw error;
    return { kind: 'error', file, stage: 'hash', error };
  } finally {
    onStage?.('hash', performance.now() - start);
  }
}

/** Whether the cameras' clocks agree; where one does not tell, the name decides. */
async function isSameShot(picture: FileEntry, raw: FileEntry, options: ScanPhotosOptions): Promise<boolean> {
  const times = await Promise.all([picture, raw].map((file) => clockOf(file, options)));
  const [one, other] = times;
  return one == null || other == null || Math.abs(one - other) <= SAME_SHOT_MILLIS;
}

/** Whether a film was made on the day of the picture; where one does not tell, the name decides. */
async function isOfSameDay(picture: FileEntry, film: FileEntry, options: ScanPhotosOptions): Promise<boolean> {
  const at = await filmInstant(film);
  const clock = at && (await clockOf(picture, options));
  return at === null || clock === null || Math.abs(at.getTime() - clock) <= SAME_DAY_MILLIS;
}

/** null where the film does not tell, or cannot be read. */
async function filmInstant(film: FileEntry): Promise<Date | null> {
  try {
    await using source = await openByteSource(absolutePath(film));
    return await readFilmInstant(source);
  } catch {
    return null;
  }
}

/** Milliseconds of the wall clock that the camera wrote. */
async function clockOf(file: FileEntry, { exif = true, exiftool, signal }: ScanPhotosOptions): Promise<number | null> {
  if (!exif) return null;
  try {
    const task = { file: absolutePath(file), exif, sidecars: { xmp: [], takeout: null } };
    const { shot } = (await readMetadata(task, { exiftool, places: false, signal })).metadata;
    return shot.local === null || shot.source?.startsWith('file:') !== false ? null : Date.parse(`${shot.local}Z`);
  } catch (error) {
    signal?.throwIfAborted();
    if (!IngestError.isInstance(error)) throw error;
    return null;
  }
}
