/**
 * Copies an older photo library from SQLite. Begin with {@link copySqliteToPostgres}.
 *
 * @packageDocumentation
 */
export type { PhotoFacts } from './convert/to-photo.ts';
export type { CopyIssue, CopyProgress, SourceTable, TableCounts } from './copy-report.ts';
export { type CopySqliteOptions, type CopySqliteResult, copySqliteToPostgres } from './copy-sqlite-to-postgres.ts';
export { faceRecognitionSpace } from './face-recognition-space.ts';
export { MigrateError, type MigrateErrorCode } from './migrate-error.ts';
