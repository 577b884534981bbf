import type { FaceAnalyzerLike, IndexPhotosOptions, IndexProgress, ScanPhotos } from './index-photos.ts';

export interface EnqueuePhotosOptions
  extends Pick<
    IndexPhotosOptions,
    | 'library'
    | 'root'
    | 'scanPhotos'
    | 'exif'
    | 'dateRules'
    | 'retryFailed'
    | 'acceptMissing'
    | 'places'
    | 'importRegions'
    | 'versions'
    | 'signal'
  > {
  /** Whether the workers look for faces. Default true. */
  faces?: boolean;
  /** Keep a cut-out of each face, and let the workers that render thumbnails of photos do so. Default true. */
  thumbnails?: boolean;
  onProgress?: (progress: { seen: number; enqueued: number }) => void;
}

export interface EnqueuePhotosResult {
  runId: string;
  /** Files looked at. */
  seen: number;
  /** Files that are new or changed and wait for a worker now; those that waited before are not counted again. */
  enqueued: number;
  unchanged: number;
  failedBefore: number;
  interrupted: boolean;
}

export interface IndexQueuedPhotosOptions
  extends Pick<
    IndexPhotosOptions,
    'library' | 'scanPhotos' | 'gazetteer' | 'concurrency' | 'signal' | 'onProgress' | 'onFileError'
  > {
  /** Runs that want faces are left to other workers when this one has no analyzer. */
  analyzer?: FaceAnalyzerLike;
  /** Scans for runs that were enqueued with thumbnails, and renders them: `scanPhotos` with a thumbnail cache. Default: `scanPhotos`, which renders none. */
  scanWithThumbnails?: ScanPhotos;
  /**
   * Where this machine has the folders of the one that enqueued: `{ '/photos': '/mnt/nas/photos' }`. A folder that is empty or not there
   * is left to other workers.
   */
  rootMap?: Readonly<Record<string, string>>;
  /** End when nothing is left to do, instead of waiting for more. Default false. */
  drain?: boolean;
}

export interface IndexQueuedPhotosResult extends IndexProgress {
  interrupted: boolean;
  /** Files that still wait, or are being done, because this worker cannot do them. */
  leftToOthers: {
    /** Of runs that want faces, when it has no analyzer. */
    wantingFaces: number;
    /** Of roots whose folder it does not have. */
    elsewhere: number;
  };
}
