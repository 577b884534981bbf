import { toFaceResource, toSimilarFaceResource } from '../resources/face-resource.ts';
import { toIdentityEventResource } from '../resources/identity-event-resource.ts';
import { toPageResource } from '../resources/page-resource.ts';
import { FacePage, FaceParams, FaceResource, ListFacesQuery, SimilarFaces, SimilarFacesRequest } from '../schemas/face.ts';
import { IdentityEvents } from '../schemas/label.ts';
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
