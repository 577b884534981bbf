import type { findGazetteer, openGazetteer, scanPhotos, watchFolder } from '@photoorg/ingest';
import type { createFaceAnalyzer } from '@photoorg/vision';
import { expectTypeOf, test } from 'vitest';
import type {
  FaceAnalyzerLike,
  FileEntry,
  FoundGazetteerLike,
  GazetteerLike,
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
