/**
 * The photo library: photos, faces, people and labels in PostgreSQL with pgvector, embedded or on a server. Begin with
 * {@link openPhotoLibrary} and {@link indexPhotos}; all else is on {@link PhotoLibrary}.
 *
 * @packageDocumentation
 */
export { PhotoorgError } from '@photoorg/errors';
export { defaultThumbnailsFolder } from './default-thumbnails-folder.ts';
export { AmbiguousPersonError, type PersonCandidate } from './errors/ambiguous-person-error.ts';
export { ConfigError } from './errors/config-error.ts';
export { type ConflictCode, ConflictError } from './errors/conflict-error.ts';
export {
  DatabaseBusyError,
  DatabaseDiskError,
  DatabaseMemoryError,
  DatabaseReadOnlyError,
  DatabaseTimeoutError,
  DatabaseUnavailableError,
  LibraryClosedError,
  LibraryLockedError,
  OutcomeUnknownError,
  PermissionDeniedError,
  SchemaTooNewError,
  SchemaTooOldError,
  ServerTooOldError,
  VectorExtensionMissingError,
} from './errors/database-errors.ts';
export { LibraryLockLostError, NetworkFolderError } from './errors/folder-errors.ts';
export { IdempotencyInProgressError, IdempotencyMismatchError } from './errors/idempotency-errors.ts';
export { InvalidInputError } from './errors/invalid-input-error.ts';
export { NotFoundError } from './errors/not-found-error.ts';
export { QueueNeedsServerError } from './errors/queue-errors.ts';
export { SpaceMismatchError } from './errors/space-mismatch-error.ts';
export { indexPhotos } from './indexing/index-photos.ts';
export { enqueuePhotos } from './indexing/queue/enqueue-photos.ts';
export { indexQueuedPhotos } from './indexing/queue/index-queued-photos.ts';
export { watchPhotos } from './indexing/watch-photos.ts';
export type { DoubtedLabel, DoubtKind, Elsewhere } from './model/audit.ts';
export type { CalibratedConfidence, LearnedCalibration } from './model/calibration.ts';
export type { DuplicateGroup, DuplicatePhoto, Duplicates } from './model/duplicates.ts';
export type { EmbeddingSpace, EmbeddingSpaceToSave } from './model/embedding-space.ts';
export type {
  EmbeddingFailure,
  EmbeddingSpaces,
  FillSpaceOptions,
  FillSpaceProgress,
  FillSpaceResult,
  SpaceComparison,
  SpaceDisagreement,
  SpaceSeparation,
  SpaceStatus,
  SpaceSwitch,
} from './model/embedding-spaces.ts';
export type { EvaluatedGroup, EvaluatedPerson, EvaluatedQuestions, EvaluatedThreshold, Evaluation } from './model/evaluation.ts';
export type { ExportedRegions, ExportRegionsOptions, WriteFaceRegions } from './model/export-regions.ts';
export type { FaceAnalyzerDescription, FaceAnalyzerLike, FaceEmbedderLike } from './model/face-analyzer.ts';
export type { FaceBox, Point } from './model/face-box.ts';
export type { FaceRegion } from './model/face-regions.ts';
export type { Face, FaceChange, FaceFilter, FaceLabel, FaceSource, Faces, FaceToSave, LookAtFace } from './model/faces.ts';
export type { FileEvent, FileStory, Files, VerifiedFile, VerifyFilesOptions } from './model/files.ts';
export type {
  ChangeGroupsOptions,
  FaceGroup,
  Groups,
  GroupsRefresh,
  GroupsRefreshOptions,
  IgnoreGroupOptions,
  MergedGroups,
  NamedGroup,
  NameGroupOptions,
} from './model/groups.ts';
export type { IgnoredReason } from './model/ignored-reason.ts';
export type {
  FileEntry,
  FilePlace,
  FoundGazetteerLike,
  GazetteerLike,
  IndexPhotosOptions,
  IndexPhotosResult,
  IndexProgress,
  ScanItem,
  ScanPhotos,
} from './model/index-photos.ts';
export type { FacesPlan, IndexPlan, IndexPlanOptions } from './model/index-plan.ts';
export type {
  EnqueuePhotosOptions,
  EnqueuePhotosResult,
  IndexQueuedPhotosOptions,
  IndexQueuedPhotosResult,
} from './model/index-queue.ts';
export type {
  IngestFileError,
  IngestFileErrorCode,
  IngestRun,
  IngestRunStatus,
  IngestRuns,
  IngestStage,
  LeftOutFiles,
} from './model/ingest-runs.ts';
export type {
  IdentityBatch,
  IdentityEvent,
  IdentityEventKind,
  LabelChange,
  LabelImport,
  LabelRevisions,
  LabelSource,
  Labels,
  LabelToImport,
} from './model/labels.ts';
export type { Page, PageOptions } from './model/page.ts';
export type {
  MergedPeople,
  People,
  PeopleFilter,
  Person,
  PersonChange,
  RemovedPerson,
  SplitPerson,
  SplitProposal,
  VcardImport,
} from './model/people.ts';
export type { PhotoFilter } from './model/photo-filter.ts';
export type {
  DatabaseDescription,
  Diagnosis,
  Idempotency,
  OpenPhotoLibraryOptions,
  PhotoLibrary,
  ReindexOptions,
  ReindexResult,
  StoredResponse,
} from './model/photo-library.ts';
export type { GeoBox, PhotoPlaces, PlaceCluster } from './model/photo-places.ts';
export type {
  AnalyzedPhoto,
  PersonOfPhoto,
  PersonOnPhoto,
  PersonShown,
  PersonShownSource,
  Photo,
  PhotoExposure,
  PhotoFile,
  PhotoFileKind,
  PhotoFileToSave,
  PhotoPlace,
  Photos,
  PhotoToSave,
  SavedPhoto,
  StoredMetadata,
  UnplacedReason,
} from './model/photos.ts';
export type { NameOrigin, NamesPlaced, PlaceNamesOptions } from './model/place-names.ts';
export type { LearnedPrior, LearnedPriors, PriorName, PriorWeight } from './model/priors.ts';
export type { ApplyCertainResult, Review, ReviewItem } from './model/review.ts';
export type {
  AnsweredCard,
  CardAnswer,
  NextCardsOptions,
  ReviewCard,
  ReviewCardFace,
  ReviewCardKind,
  ReviewNext,
  ReviewProgress,
} from './model/review-cards.ts';
export type { Search, SearchHit, SearchOptions, SimilarFace, SimilarFacesOptions } from './model/search.ts';
export type { OffsetSource, ShotTime, ShotTimeCandidate, ShotTimePrecision } from './model/shot-time.ts';
export type { Suggestion, SuggestionTerm } from './model/suggestion.ts';
export type { Timeline, TimelineMonth } from './model/timeline.ts';
export type { FolderWatcherLike, WatchFolder, WatchPhotosOptions, WatchPhotosResult } from './model/watch-photos.ts';
export { DEFAULT_DATABASE, openPhotoLibrary } from './open-photo-library.ts';
export { type EnvironmentOptions, optionsFromEnv } from './options-from-env.ts';
export { exportRegions } from './regions/export-regions.ts';
export { matchBoxes } from './values/face-overlap.ts';
