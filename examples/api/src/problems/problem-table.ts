import type { ConflictCode } from '@photoorg/sdk';

/** How one error code looks over HTTP. `retryAfterSeconds` also says that the same request may succeed later. */
export interface ProblemKind {
  status: number;
  title: string;
  retryAfterSeconds?: number;
}

/** What a client may have overlooked: the library says no because of what it already knows. */
const conflicts = {
  PERSON_ALREADY_IN_PHOTO: { status: 409, title: 'This person is already in the photo' },
  PERSON_AMBIGUOUS: { status: 409, title: 'Several people go by this name' },
  PERSON_CHANGED: { status: 409, title: 'This person was changed since they were read' },
  PERSON_HAS_LABELS: { status: 409, title: 'Faces carry the name of this person' },
  PERSON_MERGED: { status: 409, title: 'This person was merged into another' },
  UNDO_CONFLICT: { status: 409, title: 'Later changes build on this one' },
  MERGE_WITH_SELF: { status: 409, title: 'A person cannot be merged with themselves' },
  LABEL_CHANGED: { status: 409, title: 'The label was changed since it was read' },
  LABEL_CONFIRMED: { status: 409, title: 'A person confirmed this label' },
  SPACE_INCOMPLETE: { status: 409, title: 'The embedding space lacks labelled faces' },
  FACE_REJECTED_PERSON: { status: 409, title: 'This person was rejected for this face' },
  GROUPS_APART: { status: 409, title: 'The groups are different people' },
} satisfies Record<ConflictCode, ProblemKind>;

/** Errors of the library that a request can meet, and how each looks over HTTP; docs/errors.md explains them. */
export const libraryProblems = {
  ...conflicts,
  PHOTO_NOT_FOUND: { status: 404, title: 'No such photo' },
  FACE_NOT_FOUND: { status: 404, title: 'No such face' },
  PERSON_NOT_FOUND: { status: 404, title: 'No such person' },
  GROUP_NOT_FOUND: { status: 404, title: 'No such group of faces' },
  SPACE_NOT_FOUND: { status: 404, title: 'No such embedding space' },
  EVENT_NOT_FOUND: { status: 404, title: 'No such change' },
  INVALID_INPUT: { status: 422, title: 'The library refuses this input' },
  SPACE_MISMATCH: { status: 422, title: 'The embedding is of another space' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'The idempotency key belongs to another request' },
  IDEMPOTENCY_IN_PROGRESS: { status: 409, title: 'The first request with this key is still running', retryAfterSeconds: 1 },
  DATABASE_UNAVAILABLE: { status: 503, title: 'The database does not answer', retryAfterSeconds: 5 },
  OUTCOME_UNKNOWN: { status: 503, title: 'It is unknown whether the change was saved; repeat it with its Idempotency-Key' },
  DATABASE_BUSY: { status: 503, title: 'The database is busy with other changes', retryAfterSeconds: 1 },
  DATABASE_TIMEOUT: { status: 503, title: 'The database ended a statement that took too long', retryAfterSeconds: 5 },
  DATABASE_OUT_OF_MEMORY: { status: 503, title: 'The database has no memory left', retryAfterSeconds: 5 },
  DATABASE_READ_ONLY: { status: 503, title: 'The database takes no changes' },
  DISK_FULL: { status: 507, title: 'The disk of the database is full', retryAfterSeconds: 60 },
  DISK_IO_ERROR: { status: 503, title: 'The disk of the database fails' },
  LIBRARY_LOCK_LOST: { status: 503, title: 'Another program took the library over' },
  LIBRARY_CLOSED: { status: 503, title: 'The server is shutting down', retryAfterSeconds: 5 },
} satisfies Record<string, ProblemKind>;

/** Errors that only exist between a client and this server; docs/guides/rest-api.md explains them. */
export const httpProblems = {
  VALIDATION_FAILED: { status: 400, title: 'The request does not fit the API' },
  MALFORMED_JSON: { status: 400, title: 'The body is not JSON' },
  JSON_TOO_DEEP: { status: 400, title: 'The JSON is nested too deeply' },
  IDEMPOTENCY_KEY_REQUIRED: { status: 400, title: 'This request needs an Idempotency-Key' },
  IDEMPOTENCY_KEY_INVALID: { status: 400, title: 'The Idempotency-Key cannot be used' },
  BAD_REQUEST: { status: 400, title: 'The request cannot be read' },
  UNAUTHENTICATED: { status: 401, title: 'A token is needed' },
  CROSS_SITE_REQUEST: { status: 403, title: 'The request comes from another site' },
  ROUTE_NOT_FOUND: { status: 404, title: 'No such route' },
  PHOTO_FILE_MISSING: { status: 404, title: 'The file of this photo is not there' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The route does not take this method' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The body must be application/json in UTF-8' },
  RANGE_NOT_SATISFIABLE: { status: 416, title: 'The image has no such part' },
  HOST_NOT_ALLOWED: { status: 421, title: 'This server does not answer to that name' },
  IMAGE_NOT_RENDERABLE: { status: 422, title: 'The photo cannot be rendered' },
  RATE_LIMITED: { status: 429, title: 'Too many requests', retryAfterSeconds: 60 },
  INTERNAL_ERROR: { status: 500, title: 'Something went wrong in the server' },
} satisfies Record<string, ProblemKind>;

/** Every problem that the API answers with, by its stable code. */
const problemTable = { ...libraryProblems, ...httpProblems } satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemTable;

export const problemCodes = Object.keys(problemTable) as ProblemCode[];

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problemTable, code);

/** Where a code is explained; the server serves both pages. */
export const problemTypeUri = (code: ProblemCode) =>
  `${Object.hasOwn(libraryProblems, code) ? '/docs/errors.md' : '/docs/guides/rest-api.md'}#${code.toLowerCase()}`;

/** The entry of a code, with the optional fields that not every entry has. */
export const problemKind = (code: ProblemCode): ProblemKind => problemTable[code];
