import { toPageResource } from '../resources/page-resource.ts';
import { toPhotoDetailResource, toPhotoMetadataResource, toPhotoResource } from '../resources/photo-resource.ts';
import {
  ImageQuery,
  ListPhotosQuery,
  PhotoDetailResource,
  PhotoMetadataResource,
  PhotoPage,
  PhotoParams,
  PhotoPlacesResource,
  PlacesQuery,
  TimelineQuery,
  TimelineResource,
} from '../schemas/photo.ts';
import { imageRoute, jsonRoute } from './route.ts';

/** What a query string says, as the library takes it. */
function toPhotoFilter<Query extends { from?: string; to?: string; area?: string }>({ from, to, area, ...query }: Query) {
  const [south, west, north, east] = area?.split(',').map(Number) ?? [];
  return {
    ...query,
    shotFrom: from,
    shotTo: to,
    ...(area === undefined ? {} : { area: { south: south!, west: west!, north: north!, east: east! } }),
  };
}

export const listPhotos = jsonRoute({
  method: 'get',
  path: '/photos',
  operationId: 'listPhotos',
  tag: 'Photos',
  summary: 'List and search photos',
  query: ListPhotosQuery,
  resource: PhotoPage,
  problems: ['INVALID_INPUT'],
  async handle({ library, query: { withPeople = false, ...query }, signal }) {
    const page = await library.photos.list({ ...toPhotoFilter(query), signal });
    const photoIds = page.items.map(({ photoId }) => photoId);
    const people = withPeople ? await library.photos.people(photoIds, { signal }) : null;
    return toPageResource(page, (photo) => ({
      ...toPhotoResource(photo),
      ...(people && { people: people.get(photo.photoId) ?? [] }),
    }));
  },
});

export const getTimeline = jsonRoute({
  method: 'get',
  path: '/timeline',
  operationId: 'getTimeline',
  tag: 'Photos',
  summary: 'How many photos there are of each month, and where the list begins with it',
  query: TimelineQuery,
  resource: TimelineResource,
  problems: ['INVALID_INPUT'],
  async handle({ library, query, signal }) {
    return library.photos.timeline({ ...toPhotoFilter(query), signal });
  },
});

export const getPlaces = jsonRoute({
  method: 'get',
  path: '/places',
  operationId: 'getPlaces',
  tag: 'Photos',
  summary: 'Where photos were taken, together at the zoom of a map',
  query: PlacesQuery,
  resource: PhotoPlacesResource,
  problems: ['INVALID_INPUT'],
  async handle({ library, query, signal }) {
    return library.photos.places({ ...toPhotoFilter(query), signal });
  },
});

export const getPhoto = jsonRoute({
  method: 'get',
  path: '/photos/{photoId}',
  operationId: 'getPhoto',
  tag: 'Photos',
  summary: 'One photo with its faces and files',
  params: PhotoParams,
  resource: PhotoDetailResource,
  problems: ['PHOTO_NOT_FOUND'],
  async handle({ library, params }) {
    return toPhotoDetailResource(await library.photos.getWithFaces(params.photoId));
  },
});

export const getPhotoMetadata = jsonRoute({
  method: 'get',
  path: '/photos/{photoId}/metadata',
  operationId: 'getPhotoMetadata',
  tag: 'Photos',
  summary: 'All that was read of a photo: every tag, every date',
  params: PhotoParams,
  resource: PhotoMetadataResource,
  problems: ['PHOTO_NOT_FOUND'],
  async handle({ library, params }) {
    return toPhotoMetadataResource(await library.photos.metadata(params.photoId));
  },
});

export const getPhotoImage = imageRoute({
  method: 'get',
  path: '/photos/{photoId}/image',
  operationId: 'getPhotoImage',
  tag: 'Photos',
  summary: 'The photo as an upright WebP, or its file as it is',
  params: PhotoParams,
  query: ImageQuery,
  problems: ['PHOTO_NOT_FOUND', 'PHOTO_FILE_MISSING', 'IMAGE_NOT_RENDERABLE'],
  async handle({ library, images, params, query }) {
    return images.photo(library, await library.photos.get(params.photoId), query);
  },
});
