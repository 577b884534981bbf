export { hashFile } from './files/hash-file.ts';
export { type WalkFilesOptions, walkFiles } from './files/walk-files.ts';
export { IngestError, type IngestErrorCode } from './ingest-error.ts';
export { readPhotoMetadata } from './metadata/read-photo-metadata.ts';
export { type ScanPhotosOptions, scanPhotos } from './scan-photos.ts';
export type {
  FileEntry,
  FilePlace,
  PhotoMetadata,
  ScanItem,
  ScannedPhoto,
  ScannedPhotoFile,
  ScanStage,
  ShotTime,
  ShotTimeCandidate,
  ShotTimePrecision,
} from './scanned-photo.ts';
