/**
 * Turns a folder of photos into records: content, time, place, size, words, thumbnails. Begin with {@link scanPhotos} for a folder and
 * {@link readPhotoMetadata} for one photo.
 *
 * @packageDocumentation
 */
export type { Exiftool, ExiftoolTags } from './exiftool/exiftool.ts';
export { type OpenExiftoolOptions, openExiftool } from './exiftool/open-exiftool.ts';
export { CACHE_FOLDER_TAG } from './files/cache-folder.ts';
export { checkRoot } from './files/check-root.ts';
export { hashFile } from './files/hash-file.ts';
export { IGNORED_FOLDERS } from './files/ignored-names.ts';
export { type WalkFilesOptions, walkFiles } from './files/walk-files.ts';
export type { LeftOutKind } from './formats/left-out-kinds.ts';
export { hasPhotoExtension } from './formats/sniff-format.ts';
export { type ReadPhotoMetadataOptions, readPhotoMetadata } from './metadata/read-photo-metadata.ts';
export { IngestError, type IngestErrorCode } from './model/ingest-error.ts';
export type {
  CompanionFile,
  FaceRegion,
  FileEntry,
  FilePlace,
  OffsetSource,
  PersonShown,
  PhotoItem,
  PhotoMetadata,
  ScanItem,
  ScannedPhoto,
  ScannedPhotoFile,
  ScanStage,
  ShotTime,
  ShotTimeCandidate,
  ShotTimeDoubt,
  ShotTimePrecision,
  UnplacedReason,
} from './model/scanned-photo.ts';
export { limitSharp } from './pixels/limit-sharp.ts';
export type { ImageInput } from './pixels/open-picture.ts';
export { hammingDistance, perceptualHash } from './pixels/perceptual-hash.ts';
export { readUnusualPixels } from './pixels/read-unusual-pixels.ts';
export { type RenderThumbnailOptions, renderThumbnail, THUMBNAIL_PIXELS } from './pixels/render-thumbnail.ts';
export type { RgbPixels } from './pixels/rgb-pixels.ts';
export { createThumbnailCache, type ThumbnailCache } from './pixels/thumbnail-cache.ts';
export { type FoundGazetteer, findGazetteer } from './place/find-gazetteer.ts';
export type { Gazetteer, Place } from './place/gazetteer.ts';
export { openGazetteer } from './place/open-gazetteer.ts';
export type { RegionToWrite } from './regions/edit-regions.ts';
export { type WriteFaceRegionsOptions, type WrittenFaceRegions, writeFaceRegions } from './regions/write-face-regions.ts';
export { type CountPhotosOptions, countPhotos } from './scan/count-photos.ts';
export type { ScanPhotosOptions } from './scan/scan-options.ts';
export { scanPhotos } from './scan/scan-photos.ts';
export { type FolderWatcher, type WatchFolderOptions, watchFolder } from './scan/watch-folder.ts';
export type { CameraMatch, ClockRule, DateRules, FileNameRule, ZoneRule } from './shot-time/rules/date-rules.ts';
export { parseDateRules } from './shot-time/rules/parse-date-rules.ts';
export { readDateRules } from './shot-time/rules/read-date-rules.ts';
