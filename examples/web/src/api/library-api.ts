import type {
  ApplyCertainRequest,
  ApplyCertainResult,
  ClearLabelQuery,
  CreatePersonRequest,
  FacePage,
  IgnoreFacesRequest,
  LabelChangeResource,
  LabelFacesRequest,
  ListFacesQuery,
  ListPeopleQuery,
  ListPhotosQuery,
  MergePeopleRequest,
  MergePeopleResult,
  PersonChangeResource,
  PersonPage,
  PersonResource,
  PhotoDetailResource,
  PhotoPage,
  RejectPersonRequest,
  RemovedPersonResource,
  RemovePersonQuery,
  ReviewPage,
  ReviewQueueQuery,
  SimilarFaces,
  SimilarFacesRequest,
  Suggestions,
  UndoRequest,
  UpdatePersonRequest,
} from '@photoorg/example-api/schemas';
import { request } from './request.ts';

// One function per route the page uses. Queries, bodies and answers have the types of the schemas that the API validates with.

export function listPhotos(query: ListPhotosQuery, signal?: AbortSignal): Promise<PhotoPage> {
  return request('/photos', { query, signal });
}

export function getPhoto(photoId: string, signal?: AbortSignal): Promise<PhotoDetailResource> {
  return request(`/photos/${encodeURIComponent(photoId)}`, { signal });
}

export function listFaces(query: ListFacesQuery, signal?: AbortSignal): Promise<FacePage> {
  return request('/faces', { query, signal });
}

export function getSuggestions(faceId: string, signal?: AbortSignal): Promise<Suggestions> {
  return request(`/faces/${encodeURIComponent(faceId)}/suggestions`, { signal });
}

export function findSimilarFaces(body: SimilarFacesRequest, signal?: AbortSignal): Promise<SimilarFaces> {
  return request('/faces/similar', { method: 'POST', body, readOnly: true, signal });
}

export function confirmFace(o: {
  faceId: string;
  personId: string;
  actor: string;
  allowSamePhoto?: boolean;
  revision?: string | null;
}): Promise<LabelChangeResource> {
  const { faceId, ...body } = o;
  return request(`/faces/${encodeURIComponent(faceId)}/label`, { method: 'POST', body: { ...body, source: 'human_confirmed' } });
}

export function confirmFaces(body: LabelFacesRequest): Promise<LabelChangeResource> {
  return request('/faces/label', { method: 'POST', body });
}

export function rejectPerson({ faceId, ...body }: { faceId: string } & RejectPersonRequest): Promise<LabelChangeResource> {
  return request(`/faces/${encodeURIComponent(faceId)}/reject`, { method: 'POST', body });
}

export function clearLabel({ faceId, ...query }: { faceId: string } & ClearLabelQuery): Promise<LabelChangeResource> {
  return request(`/faces/${encodeURIComponent(faceId)}/label`, { method: 'DELETE', query });
}

export function ignoreFaces(body: IgnoreFacesRequest): Promise<LabelChangeResource> {
  return request('/faces/ignore', { method: 'POST', body });
}

export function undoBatch({ batchId, ...body }: { batchId: string } & UndoRequest): Promise<LabelChangeResource> {
  return request(`/identity-batches/${encodeURIComponent(batchId)}/undo`, { method: 'POST', body });
}

export function listPeople(query: ListPeopleQuery, signal?: AbortSignal): Promise<PersonPage> {
  return request('/people', { query, signal });
}

export function getPerson(personId: string, signal?: AbortSignal): Promise<PersonResource> {
  return request(`/people/${encodeURIComponent(personId)}`, { signal });
}

export function createPerson(body: CreatePersonRequest): Promise<PersonChangeResource> {
  return request('/people', { method: 'POST', body });
}

export function updatePerson({ personId, ...body }: { personId: string } & UpdatePersonRequest): Promise<PersonChangeResource> {
  return request(`/people/${encodeURIComponent(personId)}`, { method: 'PATCH', body });
}

export function removePerson({ personId, ...query }: { personId: string } & RemovePersonQuery): Promise<RemovedPersonResource> {
  return request(`/people/${encodeURIComponent(personId)}`, { method: 'DELETE', query });
}

export function mergePeople(body: MergePeopleRequest): Promise<MergePeopleResult> {
  return request('/people/merge', { method: 'POST', body });
}

export function listReviewQueue(query: ReviewQueueQuery, signal?: AbortSignal): Promise<ReviewPage> {
  return request('/review/queue', { query, signal });
}

export function applyCertain(body: ApplyCertainRequest): Promise<ApplyCertainResult> {
  return request('/review/apply-certain', { method: 'POST', body });
}
