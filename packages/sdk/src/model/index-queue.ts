import type { FaceAnalyzerDescription, FaceAnalyzerLike } from './face-analyzer.ts';
import type { IndexPhotosOptions, IndexProgress, ScanPhotos } from './index-photos.ts';
import type { FacesPlan, IndexPlanOptions } from './index-plan.ts';
import type { LeftOutFiles } from './ingest-runs.ts';

export interface EnqueuePhotosOptions
  extends IndexPlanOptions,
    Pick<IndexPhotosOptions, 'library' | 'root' | 'scanPhotos' | 'retryFailed' | 'versions' | 'signal'> {
  /**
   * The workers find and embed faces as this analyzer says of itself; it is not asked to look at anything. Without it, faces are not looked
   * for.
   */
  analyzer?: FaceAnalyzerDescription;
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
  /** As in `IndexPhotosResult`. */
  leftOut: LeftOutFiles[];
  interrupted: boolean;
}

export interface IndexQueuedPhotosOptions
  extends Pick<
    IndexPhotosOptions,
    'library' | 'scanPhotos' | 'gazetteer' | 'concurrency' | 'signal' | 'onProgress' | 'onFileError'
  > {
  /**
   * Finds faces as the runs want them: an analyzer, or what gives one for a plan, or null when this machine has none for it. Runs whose
   * space, detector or settings it does not have are left to other workers, as are all that want faces without it.
   */
  analyzer?: FaceAnalyzerLike | ((faces: FacesPlan) => Promise<FaceAnalyzerLike | null>);
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
    /** Of runs that want faces, when it has no analyzer for them. */
    wantingFaces: number;
    /** Of roots whose folder it does not have. */
    elsewhere: number;
  };
}
