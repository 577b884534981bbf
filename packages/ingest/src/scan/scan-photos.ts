import { availableParallelism } from 'node:os';
import { EDITED_VERSION, findEditedVersion } from '../apple-photos/edited-version.ts';
import { PhotosLibraries } from '../apple-photos/photos-libraries.ts';
import { walkWithSiblings } from '../files/walk-files.ts';
import { walkListed } from '../files/walk-listed.ts';
import { mapInOrder } from '../flow/map-in-order.ts';
import { IngestError } from '../model/ingest-error.ts';
import { refuseUnknown } from '../model/refuse-unknown.ts';
import type { FilePlace, ScanItem } from '../model/scanned-photo.ts';
import { requireDateRules } from '../shot-time/rules/parse-date-rules.ts';
import { groupOf, type PhotoGroup, pictureOf } from '../sidecars/photo-group.ts';
import { findLeftOutKind } from './find-left-out-kind.ts';
import { scanGroup } from './scan-group.ts';
import { SCAN_OPTIONS, type ScanPhotosOptions } from './scan-options.ts';
import { walkNewestFirst } from './walk-newest-first.ts';

/**
 * Files under way at one time. Items keep the order of the walk, so a slow file holds up those behind it: on two cores, 5 files at a time
 * scanned 600 photos of 11 megapixels in 18.4 s where 3 took 20.0 s. More than 8 only fill memory.
 */
const DEFAULT_CONCURRENCY = Math.min(8, Math.max(5, availableParallelism() + 1));

/**
 * Scans a tree of photos: walks, hashes, reads metadata, decodes once for hash, placeholder and thumbnails. Nothing is written anywhere
 * but into the cache of `thumbnails`.
 *
 * A picture and the RAW file or the film of the same name beside it are one photo: the picture, with `companions`. A RAW file alone is a photo.
 *
 * Items come in the order of the walk, which is the same every time, or the newest first. A file that cannot be used gives an `error` item with its stage and code, and
 * the scan goes on. Photos are known by their extension, and where that tells nothing by their first bytes; a file that bears the extension of a photo and
 * is none is an error. What is left out is told to `onLeftOut`. Work runs ahead of the consumer
 * by `concurrency` files, no further.
 *
 * @throws {IngestError} `ROOT_NOT_FOUND`, `ROOT_NOT_A_DIRECTORY`, `DATE_RULES_INVALID`, `INVALID_INPUT`
 * @example
 * ```ts
 * for await (const item of scanPhotos({ root: '/photos' })) {
 *   if (item.kind === 'photo') console.log(item.file.path, item.photo.shot.local);
 *   if (item.kind === 'error') console.warn(item.file.path, item.error.code);
 * }
 * ```
 */
export async function* scanPhotos(options: ScanPhotosOptions): AsyncGenerator<ScanItem, void, undefined> {
  refuseUnknown('scanPhotos', options, SCAN_OPTIONS);
  const { concurrency = DEFAULT_CONCURRENCY } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new IngestError('INVALID_INPUT', `Expected a positive integer for concurrency but received ${concurrency}.`);
  }
  if (options.order !== undefined && !['path', 'newest'].includes(options.order)) {
    throw new IngestError('INVALID_INPUT', `Expected order to be path or newest but received ${options.order}.`);
  }
  requireDateRules(options.dateRules);
  const groups = mapInOrder(timedWalk(options), concurrency, async (found) =>
    'kind' in found ? [found] : await scanGroup(found, options),
  );
  for await (const items of groups) yield* items;
}

async function* timedWalk(options: ScanPhotosOptions): AsyncGenerator<PhotoGroup | ScanItem, void, undefined> {
  let start = performance.now();
  for await (const found of walkPhotos(options)) {
    options.onStage?.('walk', performance.now() - start);
    yield found;
    start = performance.now();
  }
}

/** The photos, and what the walk could not read, in one sequence; whatever else the walk meets is told as left out. */
async function* walkPhotos(options: ScanPhotosOptions): AsyncGenerator<PhotoGroup | ScanItem, void, undefined> {
  const { root, files, under, order, exiftool, signal } = options;
  const failures: ScanItem[] = [];
  const onError = (file: FilePlace, error: IngestError) => failures.push({ kind: 'error', file, stage: 'walk', error });
  const walkAll = order === 'newest' ? walkNewestFirst : walkWithSiblings;
  const walk = files ? walkListed({ root, files, signal, onError }) : walkAll({ root, under, signal, onError });
  const listed = files ? new Set<string>() : null;
  await using libraries = new PhotosLibraries();
  for await (const walked of walk) {
    yield* failures.splice(0);
    const picture = await pictureOf(walked);
    // A companion comes with its picture; of listed files it stands for it, which need not be listed.
    if (picture !== null && listed === null) continue;
    const found = picture === null ? walked : { ...walked, file: picture };
    const { file } = found;
    const kind = await findLeftOutKind(file, { exiftool: exiftool !== undefined });
    if (kind !== null) {
      if (kind !== 'sidecar') options.onLeftOut?.(file, kind);
      continue;
    }
    const place = Buffer.from(file.pathBytes).toString('latin1');
    if (listed?.has(place)) continue;
    listed?.add(place);
    const inLibrary = await libraries.find(file);
    const edited = inLibrary && listed === null ? await findEditedVersion(file.root, inLibrary) : null;
    if (edited !== null) options.onLeftOut?.(edited, EDITED_VERSION);
    yield await groupOf(found, inLibrary?.asset);
  }
  yield* failures;
}
