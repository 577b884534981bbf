import { toPageResource } from '../resources/page-resource.ts';
import { toPhotoDetailResource, toPhotoMetadataResource, toPhotoResource } from '../resources/photo-resource.ts';
import {
  ImageQuery,
  ListPhotosQuery,
  PhotoDetailResource,
  PhotoMetadataResource,
  PhotoPage,
  PhotoParams,
} from '../schemas/photo.ts';
import { imageRoute, jsonRoute } from './route.ts';

export const listPhotos = jsonRoute({
  method: 'get',
  path: '/photos',
  operationId: 'listPhotos',
  tag: 'Photos',
  summary: 'List and search photos',
  query: ListPhotosQuery,
  resource: PhotoPage,
  problems: ['INVALID_INPUT'],
  async handle({ library, query: { from, to, ...query }, signal }) {
    return toPageResource(await library.photos.list({ ...query, shotFrom: from, shotTo: to, signal }), toPhotoResource);
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
