/** Every object on the wire, as the zod schema that validates it and the type that follows from it. */
export { DuplicateGroupResource, Duplicates, DuplicatesQuery } from './duplicate.ts';
export {
  FaceBox,
  FaceLabelResource,
  FacePage,
  FaceParams,
  FaceResource,
  LabelSource,
  ListFacesQuery,
  SimilarFaceResource,
  SimilarFaces,
  SimilarFacesRequest,
} from './face.ts';
export { HealthResource, LiveResource } from './health.ts';
export {
  BatchParams,
  ClearLabelQuery,
  IdentityEventResource,
  IdentityEvents,
  IgnoreFacesRequest,
  LabelChangeResource,
  LabelFaceRequest,
  LabelFacesRequest,
  RejectPersonRequest,
  UndoRequest,
} from './label.ts';
export {
  CreatePersonRequest,
  ListPeopleQuery,
  MergePeopleRequest,
  MergePeopleResult,
  PersonChangeResource,
  PersonPage,
  PersonParams,
  PersonResource,
  RemovedPersonResource,
  RemovePersonQuery,
  UpdatePersonRequest,
} from './person.ts';
export {
  IMAGE_SIZES,
  ImageQuery,
  ListPhotosQuery,
  PhotoDetailResource,
  PhotoFileResource,
  PhotoMetadataResource,
  PhotoPage,
  PhotoParams,
  PhotoResource,
} from './photo.ts';
export { ProblemError, ProblemResource } from './problem.ts';
export { ApplyCertainRequest, ApplyCertainResult, ReviewItemResource, ReviewPage, ReviewQueueQuery } from './review.ts';
export {
  AnsweredCardResource,
  CardAnswerRequest,
  ReviewCardResource,
  ReviewNextQuery,
  ReviewNextResource,
} from './review-card.ts';
export { SearchHitResource, SearchQuery, SearchRequest, SearchResult } from './search.ts';
export { IdentifyRequest, SuggestionResource, Suggestions, SuggestionsQuery, SuggestionTermResource } from './suggestion.ts';
