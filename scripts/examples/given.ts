/**
 * What examples may use without saying where it comes from. An example is a few lines to paste behind these; one that imports from the
 * packages itself is a program of its own and gets none of them.
 */
import type { Exiftool, FolderWatcher, ThumbnailCache } from '@photoorg/ingest';
import type { Face, PhotoLibrary } from '@photoorg/sdk';
import type { TestLibrary } from '@photoorg/sdk/testing';
import type { DetectedFace, FaceAnalyzer, FaceEngine, RgbImage } from '@photoorg/vision';
import type { BrowserFaceAnalyzer } from '@photoorg/vision/browser';

/** From `openPhotoLibrary()`. */
export declare const library: PhotoLibrary;
/** From `createFaceAnalyzer()`. */
export declare const analyzer: FaceAnalyzer;
/** From `openExiftool()`. */
export declare const exiftool: Exiftool;
/** From `watchFolder({ root: '/photos' })`. */
export declare const watcher: FolderWatcher;
/** From `createThumbnailCache({ folder: '.photoorg/thumbnails' })`. */
export declare const cache: ThumbnailCache;
/** From `createFaceAnalyzer({ modelsUrl })` of @photoorg/vision/browser. */
export declare const browserAnalyzer: BrowserFaceAnalyzer;
/** A photo that somebody picked: one of the `files` of an input. */
export declare const blob: Blob;
/** From `loadFaceEngine()`: the networks in this thread. */
export declare const engine: FaceEngine;
/** From `decodeImage('holiday.jpg')`: upright pixels. */
export declare const image: RgbImage;
/** One of the faces that `analyzer.analyze('holiday.jpg')` found. */
export declare const found: DetectedFace;
/** One of the faces that the library holds. */
export declare const face: Face;
/** 128 numbers, as `analyzer` gives them. */
export declare const embedding: Float32Array;

/** From `openTestLibrary()` of @photoorg/sdk/testing, and a test runner's hook. */
export declare const test: TestLibrary;
export declare function beforeEach(work: () => Promise<void>): void;
/** What a call threw. */
export declare const error: unknown;

/** A photo's content, 64 hex digits. */
export declare const sha256: string;
export declare const photoId: string;
export declare const faceId: string;
export declare const groupId: string;
export declare const personId: string;
export declare const batchId: string;
export declare const runId: string;
