import type { findGazetteer, IngestErrorCode, openGazetteer, scanPhotos, watchFolder } from '@photoorg/ingest';
import type { createFaceAnalyzer, VisionErrorCode } from '@photoorg/vision';
import { expectTypeOf, test } from 'vitest';
import type {
  FaceAnalyzerLike,
  FileEntry,
  FoundGazetteerLike,
  GazetteerLike,
  IngestFileErrorCode,
  IngestStage,
  PhotoToSave,
  ScanItem,
  ScanPhotos,
  WatchFolder,
} from '../src/index.ts';

type ScannedItem = ReturnType<typeof scanPhotos> extends AsyncIterable<infer Item> ? Item : never;

// The compiler is the test: these packages do not import each other at run time, so nothing else would notice.
test('what @photoorg/ingest gives is what indexing takes', () => {
  expectTypeOf<typeof scanPhotos>().toExtend<ScanPhotos>();
  expectTypeOf<ScannedItem>().toExtend<ScanItem>();
  expectTypeOf<Extract<ScannedItem, { kind: 'photo' }>['photo']>().toExtend<PhotoToSave>();
  expectTypeOf<Extract<ScannedItem, { kind: 'unchanged' }>['file']>().toExtend<FileEntry>();
});

test('nothing that a scan says of a photo is dropped, but how decoders turn it', () => {
  type Scanned = Extract<ScannedItem, { kind: 'photo' }>['photo'];
  expectTypeOf<Exclude<keyof Scanned, keyof PhotoToSave>>().toEqualTypeOf<'appliedOrientation'>();
});

test('the stages and codes that a failed file is stored with are named in their types', () => {
  /** Without "any other text". */
  type Named<Text extends string> = Text extends string ? (string extends Text ? never : Text) : never;
  expectTypeOf<Extract<ScannedItem, { kind: 'error' }>['stage']>().toExtend<Named<IngestStage>>();
  expectTypeOf<Exclude<IngestErrorCode, Named<IngestFileErrorCode>>>().toEqualTypeOf<
    | 'INVALID_INPUT'
    | 'ROOT_NOT_FOUND'
    | 'ROOT_NOT_A_DIRECTORY'
    | 'WATCH_LIMIT'
    | 'DATE_RULES_INVALID'
    | 'SIDECAR_UNREADABLE'
    | 'SIDECAR_CHANGED'
    | 'SIDECAR_NOT_WRITABLE'
  >();
  expectTypeOf<Extract<VisionErrorCode, Named<IngestFileErrorCode>>>().toEqualTypeOf<
    'IMAGE_UNREADABLE' | 'IMAGE_TOO_LARGE' | 'WORKER_CRASHED'
  >();
});

test('the gazetteer of @photoorg/ingest is what indexing takes, opened or not', () => {
  expectTypeOf<Awaited<ReturnType<typeof openGazetteer>>>().toExtend<GazetteerLike>();
  expectTypeOf<Awaited<ReturnType<typeof findGazetteer>>>().toExtend<FoundGazetteerLike>();
});

test('the watcher of @photoorg/ingest is what watching takes', () => {
  expectTypeOf<typeof watchFolder>().toExtend<WatchFolder>();
});

test('what @photoorg/vision gives is what indexing takes', () => {
  expectTypeOf<Awaited<ReturnType<typeof createFaceAnalyzer>>>().toExtend<FaceAnalyzerLike>();
});
