import { z } from 'zod';
import { cameraFilter } from './camera-filter.ts';
import { Id, Instant, JsonObject, orNull, PlaceText, SearchText } from './common.ts';
import { FaceResource } from './face.ts';
import { pageOf, pageQuery, queryBoolean, queryInteger, queryList, queryPositive } from './query.ts';
import { ShotFrom, ShotTo } from './shot-filter.ts';

/** The most people one filter may name. */
const FILTER_PEOPLE_MAX = 50;

/** What the licence of the names asks for. */
const PLACE_CREDIT = 'From GeoNames (https://www.geonames.org), CC BY 4.0; say so where you show it.';

const OffsetSource = z
  .enum(['tag', 'gps', 'zone', 'takeout', 'rule', 'neighbours'])
  .meta({ description: 'What told the offset; neighbours: photos of the same camera around it, or of any around an instant.' });

const photoFields = {
  photoId: Id,
  path: z.string().nullable().meta({ description: 'Where one of its files lies, for people to read.' }),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  phash: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .nullable(),
  filesize: z.int().min(0),
  ext: z.string(),
  mime: z.string(),
  width: z.int().min(1).meta({ description: 'Of the upright image, in pixels.' }),
  height: z.int().min(1).meta({ description: 'Of the upright image, in pixels.' }),
  orientation: z.int().min(1).max(8).meta({ description: 'As the file stores it (EXIF).' }),
  createdAt: Instant.nullable(),
  modifiedAt: Instant.nullable(),
  shotAt: Instant.nullable().meta({ description: 'The instant of the shot; null when no offset is known.' }),
  shotLocal: z.string().nullable().meta({ description: "The camera's wall clock.", example: '2024-06-01T14:30:00' }),
  shotOffsetMinutes: z.int().nullable(),
  shotOffsetSource: OffsetSource.nullable(),
  shotZone: z.string().nullable(),
  shotSource: z.string().nullable(),
  shotPrecision: z.enum(['subsecond', 'second', 'minute', 'day', 'month', 'year']).nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  altitude: z.number().nullable(),
  gpsDirection: z.number().nullable().meta({ description: 'Degrees clockwise from north that the camera looked to.' }),
  gpsAccuracy: z.number().nullable().meta({ description: 'Metres that the position may be off.' }),
  placeCity: z.string().nullable().meta({ description: PLACE_CREDIT, example: 'Paris' }),
  placeRegion: z.string().nullable().meta({ description: PLACE_CREDIT, example: 'Île-de-France' }),
  placeCountry: z.string().nullable().meta({ description: PLACE_CREDIT, example: 'France' }),
  placeCountryCode: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .meta({ description: 'ISO 3166-1 alpha-2.', example: 'FR' }),
  cameraMake: z.string().nullable(),
  cameraModel: z.string().nullable(),
  lens: z.string().nullable(),
  exposure: z.object({
    iso: z.int().nullable(),
    exposureTime: z.number().nullable().meta({ description: 'Seconds.', example: 0.004 }),
    fNumber: z.number().nullable().meta({ description: 'Focal length by aperture: 2.8 for f/2.8.', example: 2.8 }),
    focalLength: z.number().nullable().meta({ description: 'Millimetres, of the lens itself.', example: 35 }),
  }),
  title: z.string().nullable(),
  caption: z.string().nullable(),
  keywords: z.array(z.string()),
  keywordPaths: z
    .array(z.string())
    .meta({ description: 'Keywords of a hierarchy: levels parted by |, the highest first.', example: ['Places|Germany|Berlin'] }),
  peopleShown: z
    .array(
      z.object({
        name: z.string(),
        source: z.enum(['iptc', 'takeout', 'keyword', 'mwg-rs', 'mp']),
        file: z.string().meta({ description: "Name of the file that says so, in the photo's folder." }),
        reason: z
          .enum(['other-picture', 'no-box', 'contradicted'])
          .optional()
          .meta({ description: 'Of a face region: why it has no place in the picture.' }),
      }),
    )
    .meta({ description: 'Whom its files name without saying where in the picture. They label no face and make no person.' }),
  rating: z.int().nullable(),
  thumbhash: z.string().nullable().meta({ description: 'ThumbHash placeholder, base64.' }),
  pictureError: z.string().nullable().meta({
    description:
      'Why its picture is not seen, or not all of it: the code of an error, such as that of a damaged file; null for a whole one.',
    example: 'IMAGE_TRUNCATED',
  }),
  facesCount: z.int().min(0),
  facesDetectedAt: Instant.nullable(),
  addedAt: Instant,
  missing: z.boolean().meta({ description: 'No file of this photo could be found when its folder was last indexed.' }),
};

export const PhotoResource = z
  .object(photoFields)
  .meta({ id: 'Photo', description: 'One photo: one content, wherever its files are.' });
export type PhotoResource = z.infer<typeof PhotoResource>;

export const PhotoFileResource = z
  .object({
    fileId: Id,
    root: z.string().meta({ description: 'The folder that was indexed.' }),
    path: z.string().meta({ description: 'Below that folder.' }),
    kind: z
      .enum(['original', 'raw', 'live', 'sidecar'])
      .meta({ description: 'The picture or a copy of it, its RAW file, or the film of a live photo.' }),
    size: z.int().min(0),
    missingSince: Instant.nullable(),
  })
  .meta({ id: 'PhotoFile' });
export type PhotoFileResource = z.infer<typeof PhotoFileResource>;

export const PhotoDetailResource = z
  .object({
    ...photoFields,
    faces: z.array(FaceResource),
    people: z
      .array(z.object({ personId: Id, displayName: z.string(), eventId: Id }))
      .meta({ description: 'Who is on it by a word about the photo as a whole, whether or not a face shows it.' }),
    files: z.array(PhotoFileResource),
  })
  .meta({ id: 'PhotoDetail', description: 'One photo with its faces and its files.' });
export type PhotoDetailResource = z.infer<typeof PhotoDetailResource>;

export const PhotoMetadataResource = z
  .object({
    exif: orNull(JsonObject).meta({
      description: 'Every readable tag by group and name; empty when there was none, null when nobody looked.',
    }),
    shotCandidates: z
      .array(
        z.object({
          source: z.string().meta({ example: 'exif:DateTimeOriginal' }),
          local: z.string().nullable(),
          at: Instant.nullable(),
          offsetMinutes: z.int().nullable(),
          offsetSource: OffsetSource.nullable(),
          doubt: z
            .string()
            .optional()
            .meta({ description: 'Why it is not believed; absent where it is.', example: 'unset-clock' }),
        }),
      )
      .meta({ description: 'Every date that was found, best first; one of them became the shot time.' }),
    shotRules: z.string().nullable().meta({ description: 'sha256 of the date rules that chose it; null for the usual ones.' }),
    placeSource: z.string().nullable().meta({ description: 'The data that named the place.', example: 'geonames-1.1.64' }),
  })
  .meta({ id: 'PhotoMetadata', description: 'What was read of a photo and stands in no field of it.' });
export type PhotoMetadataResource = z.infer<typeof PhotoMetadataResource>;

const PersonOnPhoto = z
  .object({
    personId: Id,
    displayName: z.string(),
    isGuess: z.boolean().meta({ description: 'Nobody said so: a face was taken for theirs.' }),
  })
  .meta({ id: 'PersonOnPhoto' });

const ListedPhoto = PhotoResource.extend({
  people: z.array(PersonOnPhoto).optional().meta({ description: 'Who is on it; only where `withPeople` asks for it.' }),
}).meta({ id: 'ListedPhoto' });

export const PhotoPage = pageOf(ListedPhoto).meta({ id: 'PhotoPage' });
export type PhotoPage = z.infer<typeof PhotoPage>;

export const PhotoParams = z.strictObject({ photoId: Id });

const NUMBER = String.raw`-?\d{1,3}(?:\.\d+)?`;
const ZOOM_MAX = 22;

const MapArea = z
  .string()
  .regex(new RegExp(`^${NUMBER}(?:,${NUMBER}){3}$`))
  .meta({
    description: 'South, west, north and east in degrees; west above east reaches across the 180th meridian.',
    example: '41.8,12.4,42,12.6',
  });

const photoFilter = {
  q: SearchText.optional(),
  place: PlaceText.optional(),
  area: MapArea.optional(),
  from: ShotFrom.optional(),
  to: ShotTo.optional(),
  personId: queryList(Id, FILTER_PEOPLE_MAX).optional().meta({ description: 'Only photos that show all of these people.' }),
  withoutPersonId: queryList(Id, FILTER_PEOPLE_MAX).optional().meta({ description: 'No photo that shows any of these people.' }),
  exactPersonId: queryList(Id, FILTER_PEOPLE_MAX).optional().meta({
    description: 'Photos that show all of these people and nobody else who has a name; there may be strangers.',
  }),
  hasFaces: queryBoolean().optional(),
  ...cameraFilter(queryPositive),
  includeMissing: queryBoolean().optional(),
};

export const ListPhotosQuery = z.strictObject({
  ...pageQuery,
  ...photoFilter,
  withPeople: queryBoolean().optional().meta({ description: 'Also who is on each photo.' }),
  order: z.enum(['newest', 'oldest', 'added']).default('newest'),
});
export type ListPhotosQuery = z.input<typeof ListPhotosQuery>;

export const TimelineQuery = z.strictObject({ ...photoFilter, order: z.enum(['newest', 'oldest']).default('newest') });
export type TimelineQuery = z.input<typeof TimelineQuery>;

export const PlacesQuery = z.strictObject({
  ...photoFilter,
  zoom: queryInteger({ min: 0, max: ZOOM_MAX }).meta({ description: "Of the web's maps: 0 shows the world, 22 a room." }),
});
export type PlacesQuery = z.input<typeof PlacesQuery>;

const Degrees = z.number().min(-180).max(180);

export const PhotoPlacesResource = z
  .object({
    total: z.int().min(0).meta({ description: 'Photos with a position, of all clusters.' }),
    clusters: z.array(
      z.object({
        latitude: Degrees,
        longitude: Degrees,
        photos: z.int().min(1),
        area: z.object({ south: Degrees, west: Degrees, north: Degrees, east: Degrees }),
        photoId: Id.meta({ description: 'The newest of them.' }),
      }),
    ),
  })
  .meta({ id: 'PhotoPlaces', description: 'Where photos were taken: those within some 64 pixels of the map together.' });
export type PhotoPlacesResource = z.infer<typeof PhotoPlacesResource>;

export const TimelineResource = z
  .object({
    total: z.int().min(0),
    months: z.array(
      z.object({
        month: orNull(z.string().regex(/^\d{4}-\d{2}$/)).meta({ description: 'null for photos of which nothing tells when.' }),
        photos: z.int().min(1),
        cursor: orNull(z.string()).meta({ description: 'With it the list begins with this month; null for the first.' }),
      }),
    ),
  })
  .meta({ id: 'Timeline', description: 'How many photos there are of each month, in the order of the list.' });
export type TimelineResource = z.infer<typeof TimelineResource>;

/** Longest side of a rendered photo, in pixels, or the file as it is. A fixed list keeps the cache small. */
export const IMAGE_SIZES = ['256', '512', '1024', '2048', 'original'] as const;

export const ImageQuery = z.strictObject({
  size: z.enum(IMAGE_SIZES).default('1024').meta({ description: 'Longest side in pixels, or the file as it is.' }),
  content: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .meta({
      description: "The photo's sha256: the answer to this address may then be kept for good, even though photos can be edited.",
    }),
});
export type ImageQuery = z.input<typeof ImageQuery>;
