import type { LibraryContext } from '../library/library-context.ts';
import type { FaceAnalyzerLike, RgbPixels } from '../model/face-analyzer.ts';
import type { PhotoItem } from '../model/index-photos.ts';
import type { IndexPlan } from '../model/index-plan.ts';
import { checkScaledRegions } from '../saving/regions/check-scaled-regions.ts';
import { readRegions } from '../saving/regions/read-regions.ts';
import { seePixels } from '../values/see-pixels.ts';
import type { FileOutcome } from './batch-writer.ts';
import { findFaces, imageOf } from './find-faces.ts';
import type { KnownFiles } from './known-files.ts';
import { photoAsScanned } from './photo-as-scanned.ts';

export interface AnalyzePhotoOptions {
  context: LibraryContext;
  plan: IndexPlan;
  known: KnownFiles;
  analyzer: FaceAnalyzerLike | undefined;
  /** The picture, where the scanner alone can decode the file. */
  pixels?: RgbPixels;
  signal: AbortSignal | undefined;
}

/** Looks for what the scan of a photo did not tell: its faces, and whom its regions name. */
export async function analyzePhoto(
  { file, photo: scanned, unseen, damage }: PhotoItem,
  options: AnalyzePhotoOptions,
): Promise<FileOutcome> {
  const { context, plan, known, pixels, signal } = options;
  const photo = photoAsScanned(file, scanned, plan);
  const outcome: FileOutcome = {
    kind: 'photo',
    file,
    analyzed: { photo, faces: null, space: null },
    regions: null,
    movedFromFileId: null,
    // What only lacks a decoder, or a preview, is an error where its faces are wanted.
    failure: damage
      ? { file, stage: 'pixels', error: damage }
      : unseen && isDamage(unseen)
        ? { file, stage: 'pixels', error: unseen }
        : null,
    companions: [],
  };
  const analyzer = options.analyzer && pixels ? seePixels(options.analyzer, pixels, photo) : options.analyzer;
  // A scanner may read known content again for its metadata's sake; the faces in it are known.
  const looksForFaces = analyzer !== undefined && !(await known.knowsFaces(scanned.sha256));
  const image = () => imageOf(file);
  const settings = { image, crops: plan.faces?.crops ?? false, signal };
  // An analyzer might take the stamp inside a RAW file for the photo, and refuses a damaged one.
  const hidden = unseen ?? (pixels ? undefined : damage);
  if (hidden && looksForFaces) return { ...outcome, failure: { file, stage: 'faces', error: hidden } };
  try {
    const found = looksForFaces ? await findFaces(analyzer, photo, settings) : outcome.analyzed;
    const analyzed = plan.regions ? { ...found, photo: await checkScaledRegions(context, found) } : found;
    const regions = plan.regions ? await readRegions(context, analyzed, analyzer, settings) : null;
    return { ...outcome, analyzed, regions };
  } catch (error) {
    signal?.throwIfAborted();
    if (!isAboutTheImage(error)) throw error;
    return { ...outcome, failure: { file, stage: 'faces', error } };
  }
}

/** Whether the fault lies in the file, rather than in what is installed here. */
function isDamage({ code }: { code?: string }): boolean {
  return code?.startsWith('IMAGE_') === true;
}

/** Codes of @photoorg/vision that no other photo would escape: the run cannot go on. */
const ANALYZER_BROKEN = new Set(['ANALYZER_CLOSED', 'MODEL_MISSING', 'MODEL_CORRUPT', 'RUNTIME_UNAVAILABLE']);

function isAboutTheImage(error: unknown): error is Error & { code?: string } {
  return error instanceof Error && !('code' in error && ANALYZER_BROKEN.has(String(error.code)));
}
