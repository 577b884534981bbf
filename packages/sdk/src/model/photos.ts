import type { EmbeddingSpaceToSave } from './embedding-space.ts';
import type { FaceRegion } from './face-regions.ts';
import type { Face, FaceToSave } from './faces.ts';
import type { Page, PageOptions } from './page.ts';
import type { PhotoFilter } from './photo-filter.ts';
import type { PhotoPlaces } from './photo-places.ts';
import type { OffsetSource, ShotTime, ShotTimeCandidate, ShotTimePrecision } from './shot-time.ts';
import type { Timeline } from './timeline.ts';

/** How the camera was set; null where nothing says so. */
export interface PhotoExposure {
  /** Sensitivity, the 400 of ISO 400. */
  iso: number | null;
  /** Seconds. */
  exposureTime: number | null;
  /** Focal length by aperture, the 2.8 of f/2.8. */
  fNumber: number | null;
  /** Millimetres, of the lens itself. */
  focalLength: number | null;
}

/** A person whom metadata names without a place in the picture: IPTC's "Person Shown in the Image". */
export interface PersonShown {
  name: string;
  /**
   * Where it is said: `Iptc4xmpExt:PersonInImage` (iptc), the JSON of a Google Takeout, a keyword below People or its like, or a face region that
   * cannot be placed (`mwg-rs`, `mp`).
   */
  source: PersonShownSource;
  /** Name of the file that says so, in the photo's folder: the photo, its sidecar, or the JSON. */
  file: string;
  /** Of a face region: why it has no place. */
  reason?: UnplacedReason;
}

export type PersonShownSource = 'iptc' | 'takeout' | 'keyword' | 'mwg-rs' | 'mp';

/**
 * Why a named face region has no place in the picture: its list was drawn on another one (cropped or turned since), it has no usable box, or two lists
 * contradict each other.
 */
export type UnplacedReason = 'other-picture' | 'no-box' | 'contradicted';

/** A photo as the scan of a file gives it; the output of `scanPhotos` of @photoorg/ingest fits. */
export interface PhotoToSave extends Partial<PhotoExposure> {
  /** 32 bytes: the photo's identity within a library. */
  sha256: Uint8Array;
  /** 64-bit perceptual hash. */
  phash: bigint | null;
  mime: string;
  /** Lower case, without the dot. */
  ext: string;
  filesize: number;
  /** Pixels of the upright image. */
  width: number;
  height: number;
  /** EXIF orientation of the stored image, 1 to 8. */
  orientation: number;
  createdAt: Date | null;
  modifiedAt: Date | null;
  shot: ShotTime;
  /** Degrees, WGS 84. */
  latitude: number | null;
  longitude: number | null;
  /** Metres above sea level. */
  altitude: number | null;
  /** Degrees clockwise from north that the camera looked to, 0 to 360. */
  gpsDirection?: number | null;
  /** Metres that the position may be off. */
  gpsAccuracy?: number | null;
  /** The place of the position in words; null or left out: not looked up. */
  place?: PhotoPlace | null;
  cameraMake: string | null;
  cameraModel: string | null;
  lens: string | null;
  title: string | null;
  caption: string | null;
  keywords: string[];
  /** Keywords of a hierarchy: their levels parted by `|`, the highest first, as `Places|Germany|Berlin`. Left out: none. */
  keywordPaths?: string[];
  /** Who is in the picture, as far as nothing says where. Left out: nobody. */
  peopleShown?: PersonShown[];
  /** -1 (rejected) to 5. */
  rating: number | null;
  /** Everything else that was read, as JSON. */
  exif: Record<string, unknown> | null;
  thumbhash: Uint8Array | null;
  /** Why its picture is not seen, or not all of it: the code of an error; null or left out where it is whole. */
  pictureError?: string | null;
  /** Faces marked in its file or a sidecar; indexing takes the named ones over, and withdraws those that are marked no longer. null: not known. */
  faceRegions?: FaceRegion[] | null;
  /** Where it was found; null for a photo without a file, such as an upload. */
  file: PhotoFileToSave | null;
}

/** A place in words, as a `Gazetteer` of @photoorg/ingest tells it. */
export interface PhotoPlace {
  city: string | null;
  /** State, province, Land or prefecture. */
  region: string | null;
  /** English name. */
  country: string | null;
  /** ISO 3166-1 alpha-2. */
  countryCode: string | null;
  /** The data that says so. */
  source: string;
}

/** The picture or a copy of it, its RAW file, the film of a live photo; `sidecar` is unused. */
export type PhotoFileKind = 'original' | 'raw' | 'live' | 'sidecar';

export interface PhotoFileToSave {
  /** Absolute folder that was scanned. */
  root: string;
  /** Path below the root, for people. */
  path: string;
  /** Path below the root as the file system has it: not every name is UTF-8. */
  pathBytes: Uint8Array;
  size: number;
  mtimeNs: bigint;
  inode: bigint;
  /** Last change of content, name or rights in nanoseconds since 1970. */
  ctimeNs?: bigint;
  /** 64 bits of the state of the file and its sidecars, by which a scan tells that they changed. */
  fingerprint?: bigint;
  /** Default 'original'. */
  kind?: PhotoFileKind;
}

export interface AnalyzedPhoto {
  photo: PhotoToSave;
  /** null: faces were not looked for. Empty: looked for, none found. */
  faces: FaceToSave[] | null;
  /** The space of the faces' embeddings; null when no face carries one. */
  space: EmbeddingSpaceToSave | null;
}

export interface SavedPhoto {
  photoId: string;
  /** created: new content; updated: known content at a new place or with new facts; known: nothing changed. */
  status: 'created' | 'updated' | 'known';
  /** In the order of the faces handed in, without those that a person removed; a re-found face keeps its id. */
  faceIds: string[];
}

export interface Photo {
  photoId: string;
  /** Absolute path of its first file, for people; of a missing photo, where it was last. null when it has no file. */
  path: string | null;
  /** 64 hex digits. */
  sha256: string;
  /** 16 hex digits. */
  phash: string | null;
  filesize: number;
  ext: string;
  mime: string;
  width: number;
  height: number;
  orientation: number;
  createdAt: Date | null;
  modifiedAt: Date | null;
  shotAt: Date | null;
  /** `YYYY-MM-DDTHH:mm:ss[.fff]`. */
  shotLocal: string | null;
  shotOffsetMinutes: number | null;
  shotOffsetSource: OffsetSource | null;
  shotZone: string | null;
  shotSource: string | null;
  shotPrecision: ShotTimePrecision | null;
  latitude: number | null;
  longitude: number | null;
  altitude: number | null;
  /** Degrees clockwise from north that the camera looked to, 0 to 360. */
  gpsDirection: number | null;
  /** Metres that the position may be off. */
  gpsAccuracy: number | null;
  /** Place names are those of GeoNames (CC BY 4.0): say so where you show them. */
  placeCity: string | null;
  placeRegion: string | null;
  placeCountry: string | null;
  /** ISO 3166-1 alpha-2. */
  placeCountryCode: string | null;
  cameraMake: string | null;
  cameraModel: string | null;
  lens: string | null;
  exposure: PhotoExposure;
  title: string | null;
  caption: string | null;
  keywords: string[];
  /** Keywords of a hierarchy: their levels parted by `|`, the highest first, as `Places|Germany|Berlin`. Words of any level find the photo. */
  keywordPaths: string[];
  /** Whom its files name without saying where in the picture: names to go by, which label no face and make no person. */
  peopleShown: PersonShown[];
  rating: number | null;
  /** base64. */
  thumbhash: string | null;
  /**
   * Why its picture is not seen, or not all of it, in the code of an error: `IMAGE_TRUNCATED` and `IMAGE_CORRUPT` for a damaged file, `IMAGE_TOO_LARGE`,
   * `DECODER_MISSING`, … Hash, thumbnail and faces are of what is left; `phash` is null where nothing is. null for a whole picture.
   */
  pictureError: string | null;
  facesCount: number;
  /** null: faces were never looked for. */
  facesDetectedAt: Date | null;
  addedAt: Date;
  /** True when none of its files is there any more. */
  missing: boolean;
}

/** What was read of a photo and is too wide to stand in every `Photo`. */
export interface StoredMetadata {
  /** Every readable tag, by group (`exif`, `xmp`, `iptc`, `sidecar`, …) and name. Empty when there was none, null when nobody looked. */
  exif: Record<string, unknown> | null;
  /** Every date that was found, of which one became the shot time; best first. */
  shotCandidates: ShotTimeCandidate[];
  /** sha256 of the date rules by which the shot time was chosen; null for the usual ones. */
  shotRules: string | null;
  /** The data that named the place, e.g. `geonames-1.1.64`; null: not looked up. */
  placeSource: string | null;
}

export interface PhotoFile {
  fileId: string;
  root: string;
  path: string;
  /** The bytes to hand to `fs`; wrap them in a Buffer. */
  absolutePath: Uint8Array;
  size: number;
  /** Modification time as it was indexed, in nanoseconds since 1970. */
  mtimeNs: bigint;
  kind: PhotoFileKind;
  missingSince: Date | null;
}

/** Somebody who is on a photo by a word about the photo as a whole, whether or not a face of it is theirs. */
export interface PersonOfPhoto {
  personId: string;
  displayName: string;
  /** The entry that says so. */
  eventId: string;
}

/** Somebody who is on a photo, by a face of it or without one. */
export interface PersonOnPhoto {
  personId: string;
  displayName: string;
  /** Nobody said so: a face was taken for theirs. */
  isGuess: boolean;
}

export interface Photos {
  /**
   * Throws NotFoundError (PHOTO_NOT_FOUND).
   *
   * @example
   * ```ts
   * const { path, shotLocal, placeCity } = await library.photos.get(photoId);
   * ```
   */
  get(photoId: string): Promise<Photo>;
  /**
   * null for an id that no photo of the library has.
   *
   * @example
   * ```ts
   * const photo = await library.photos.find(photoId);
   * console.log(photo?.path ?? 'no such photo');
   * ```
   */
  find(photoId: string): Promise<Photo | null>;
  /**
   * By content hash: 32 bytes or 64 hex digits.
   *
   * @example
   * ```ts
   * const known = await library.photos.findBySha256(await hashFile('/media/card/IMG_0001.jpg'));
   * console.log(known ? `there already: ${known.path}` : 'new');
   * ```
   */
  findBySha256(sha256: Uint8Array | string): Promise<Photo | null>;
  /**
   * The photo with its faces (left to right), the people who are on it by `labels.confirmPhoto`, and its files.
   *
   * @example
   * ```ts
   * const { files, faces } = await library.photos.getWithFaces(photoId);
   * console.log(files.length, 'files,', faces.map(({ label }) => label?.displayName ?? '?').join(', '));
   * ```
   */
  getWithFaces(photoId: string): Promise<Photo & { faces: Face[]; people: PersonOfPhoto[]; files: PhotoFile[] }>;
  /**
   * All that was read of a photo. Throws NotFoundError (PHOTO_NOT_FOUND).
   *
   * @example
   * ```ts
   * const { exif, shotCandidates } = await library.photos.metadata(photoId);
   * ```
   */
  metadata(photoId: string): Promise<StoredMetadata>;
  /**
   * A page of photos with the total. Default order: newest shot first.
   *
   * @example
   * ```ts
   * const first = await library.photos.list({ q: 'beach', shotFrom: new Date('2024-06-01'), limit: 20 });
   * const second = await library.photos.list({ q: 'beach', shotFrom: new Date('2024-06-01'), cursor: first.nextCursor ?? undefined });
   * console.log(first.total, second.items.length);
   * ```
   */
  list(options?: PageOptions & PhotoFilter & { order?: 'newest' | 'oldest' | 'added' }): Promise<Page<Photo>>;
  /**
   * Who is on these photos, by photo id and then by name: for lists of photos. Photos of nobody who has a name are left out.
   *
   * @example
   * ```ts
   * const { items } = await library.photos.list({ limit: 20 });
   * const people = await library.photos.people(items.map(({ photoId }) => photoId));
   * for (const { photoId, path } of items) console.log(path, people.get(photoId)?.map(({ displayName }) => displayName) ?? []);
   * ```
   */
  people(photoIds: readonly string[], options?: { signal?: AbortSignal }): Promise<Map<string, PersonOnPhoto[]>>;
  /**
   * How many photos there are of each month, in the order of `list`, each month with a cursor at which the list begins with it: what a
   * scrubber along the years needs, and the jump to where it points.
   *
   * @example
   * ```ts
   * const { months } = await library.photos.timeline({ personId });
   * const june = months.find(({ month }) => month === '2019-06');
   * const page = await library.photos.list({ personId, cursor: june?.cursor ?? undefined });
   * ```
   */
  timeline(options?: PhotoFilter & { order?: 'newest' | 'oldest'; signal?: AbortSignal }): Promise<Timeline>;
  /**
   * Where photos were taken, for a map at a zoom of the web's maps (0 the world, 22 a room): those within some 64 pixels together. `area`
   * says which part of the map is shown.
   *
   * @example
   * ```ts
   * const area = { south: 41.8, west: 12.4, north: 42, east: 12.6 };
   * const { clusters } = await library.photos.places({ zoom: 12, area });
   * for (const { latitude, longitude, photos } of clusters) console.log(latitude, longitude, photos);
   * ```
   */
  places(options: PhotoFilter & { zoom: number; signal?: AbortSignal }): Promise<PhotoPlaces>;
  /**
   * Every matching photo, newest shot first, fetched in batches.
   *
   * @example
   * ```ts
   * for await (const { path, shotLocal } of library.photos.iterate({ personId, place: 'JP' })) console.log(shotLocal, path);
   * ```
   */
  iterate(options?: PhotoFilter & { signal?: AbortSignal; batchSize?: number }): AsyncIterable<Photo>;
  /**
   * Where the photo lies, or lay: its copies, its RAW file, its film. Throws NotFoundError (PHOTO_NOT_FOUND).
   *
   * @example
   * ```ts
   * for (const { root, path, missingSince } of await library.photos.files(photoId)) console.log(root, path, missingSince ?? 'there');
   * ```
   */
  files(photoId: string): Promise<PhotoFile[]>;
  /**
   * Saves a batch in one transaction: photos, their files, faces and embeddings. Known content keeps its photo id: its file
   * row moves, and its faces are matched to the stored ones by overlap, which keep their ids, labels and history.
   *
   * @example
   * ```ts
   * for await (const item of scanPhotos({ root: '/photos' })) {
   *   if (item.kind === 'photo') await library.photos.saveAnalyzed([{ photo: item.photo, faces: null, space: null }]);
   * }
   * ```
   */
  saveAnalyzed(batch: AnalyzedPhoto[], options?: { runId?: string; signal?: AbortSignal }): Promise<SavedPhoto[]>;
}
