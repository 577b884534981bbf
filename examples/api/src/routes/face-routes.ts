import { toFaceChangeResource, toFaceResource, toSimilarFaceResource } from '../resources/face-resource.ts';
import { toIdentityEventResource } from '../resources/identity-event-resource.ts';
import { toPageResource } from '../resources/page-resource.ts';
import {
  DrawFaceRequest,
  FaceChangeResource,
  FacePage,
  FaceParams,
  FaceResource,
  ListFacesQuery,
  MoveFaceRequest,
  RemoveFacesRequest,
  SimilarFaces,
  SimilarFacesRequest,
} from '../schemas/face.ts';
import { IdentityEvents, LabelChangeResource } from '../schemas/label.ts';
import { PhotoParams } from '../schemas/photo.ts';
import { IdentifyRequest, Suggestions, SuggestionsQuery } from '../schemas/suggestion.ts';
import { imageRoute, jsonRoute } from './route.ts';

export const listFaces = jsonRoute({
  method: 'get',
  path: '/faces',
  operationId: 'listFaces',
  tag: 'Faces',
  summary: 'List faces',
  query: ListFacesQuery,
  resource: FacePage,
  problems: ['INVALID_INPUT'],
  async handle({ library, query, signal }) {
    return toPageResource(await library.faces.list({ ...query, signal }), toFaceResource);
  },
});

export const getFace = jsonRoute({
  method: 'get',
  path: '/faces/{faceId}',
  operationId: 'getFace',
  tag: 'Faces',
  summary: 'One face with its label',
  params: FaceParams,
  resource: FaceResource,
  problems: ['FACE_NOT_FOUND'],
  async handle({ library, params }) {
    return toFaceResource(await library.faces.get(params.faceId));
  },
});

export const drawFace = jsonRoute({
  method: 'post',
  path: '/photos/{photoId}/faces',
  operationId: 'drawFace',
  tag: 'Faces',
  summary: 'Draw a face in a photo',
  description: 'No run takes it away. It has no vector until the next run gives it one. Undo it with the batchId.',
  status: 201,
  idempotencyKey: 'accepted',
  params: PhotoParams,
  body: DrawFaceRequest,
  resource: FaceChangeResource,
  problems: ['PHOTO_NOT_FOUND', 'PERSON_NOT_FOUND', 'PERSON_ALREADY_IN_PHOTO', 'INVALID_INPUT'],
  location: ({ faceId }) => `/api/faces/${faceId}`,
  async handle({ library, params, body }) {
    return toFaceChangeResource(await library.faces.create({ photoId: params.photoId, ...body }));
  },
});

export const moveFace = jsonRoute({
  method: 'patch',
  path: '/faces/{faceId}',
  operationId: 'moveFace',
  tag: 'Faces',
  summary: 'Move or resize a face',
  description: 'It keeps its label, and stays there in every later run. Undo it with the batchId.',
  idempotencyKey: 'accepted',
  params: FaceParams,
  body: MoveFaceRequest,
  resource: FaceChangeResource,
  problems: ['FACE_NOT_FOUND', 'PHOTO_NOT_FOUND', 'LABEL_CHANGED', 'INVALID_INPUT'],
  async handle({ library, params, body }) {
    return toFaceChangeResource(await library.faces.move({ faceId: params.faceId, ...body }));
  },
});

export const removeFaces = jsonRoute({
  method: 'post',
  path: '/faces/remove',
  operationId: 'removeFaces',
  tag: 'Faces',
  summary: 'Say that these are no faces',
  description: 'They are gone with their labels, and are not found again. Undo it with the batchId.',
  idempotencyKey: 'accepted',
  body: RemoveFacesRequest,
  resource: LabelChangeResource,
  problems: ['FACE_NOT_FOUND', 'LABEL_CHANGED', 'INVALID_INPUT'],
  async handle({ library, body }) {
    return library.faces.remove(body);
  },
});

export const getFaceCrop = imageRoute({
  method: 'get',
  path: '/faces/{faceId}/crop',
  operationId: 'getFaceCrop',
  tag: 'Faces',
  summary: 'The face cut out of its photo',
  params: FaceParams,
  problems: ['FACE_NOT_FOUND', 'PHOTO_FILE_MISSING', 'IMAGE_NOT_RENDERABLE'],
  async handle({ library, images, params }) {
    return images.faceCrop(library, await library.faces.get(params.faceId));
  },
});

export const findSimilarFaces = jsonRoute({
  method: 'post',
  path: '/faces/similar',
  operationId: 'findSimilarFaces',
  tag: 'Faces',
  summary: 'Faces nearest to a face or to an embedding',
  body: SimilarFacesRequest,
  resource: SimilarFaces,
  problems: ['FACE_NOT_FOUND', 'PERSON_NOT_FOUND', 'SPACE_NOT_FOUND', 'SPACE_MISMATCH', 'INVALID_INPUT'],
  async handle({ library, body: { from, to, ...body }, signal }) {
    const faces = await library.search.similarFaces({ ...body, shotFrom: from, shotTo: to, signal });
    return { items: faces.map(toSimilarFaceResource) };
  },
});

export const suggestPeople = jsonRoute({
  method: 'get',
  path: '/faces/{faceId}/suggestions',
  operationId: 'suggestPeople',
  tag: 'Faces',
  summary: 'Who the face could be',
  params: FaceParams,
  query: SuggestionsQuery,
  resource: Suggestions,
  problems: ['FACE_NOT_FOUND', 'INVALID_INPUT'],
  async handle({ library, params, query, signal }) {
    return { items: await library.review.suggestions(params.faceId, { limit: query.limit, signal }) };
  },
});

export const identifyFace = jsonRoute({
  method: 'post',
  path: '/faces/identify',
  operationId: 'identifyFace',
  tag: 'Faces',
  summary: 'Who an embedding could be, without storing it',
  body: IdentifyRequest,
  resource: Suggestions,
  problems: ['SPACE_NOT_FOUND', 'SPACE_MISMATCH', 'INVALID_INPUT'],
  async handle({ library, body }) {
    return { items: await library.review.identify(body) };
  },
});

export const getFaceHistory = jsonRoute({
  method: 'get',
  path: '/faces/{faceId}/history',
  operationId: 'getFaceHistory',
  tag: 'Faces',
  summary: 'Everything that was ever said about who the face is',
  params: FaceParams,
  resource: IdentityEvents,
  problems: ['FACE_NOT_FOUND'],
  async handle({ library, params }) {
    await library.faces.get(params.faceId);
    return { items: (await library.labels.history({ faceId: params.faceId })).map(toIdentityEventResource) };
  },
});
