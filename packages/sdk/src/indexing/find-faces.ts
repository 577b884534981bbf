import { imageAt } from '../catalog/pictures/image-at.ts';
import type { FaceAnalyzerLike } from '../model/face-analyzer.ts';
import type { FileEntry } from '../model/index-photos.ts';
import type { AnalyzedPhoto, PhotoToSave } from '../model/photos.ts';

/** A photo with the faces that the analyzer finds in it. */
export async function findFaces(
  analyzer: FaceAnalyzerLike,
  photo: PhotoToSave,
  { image, crops, signal }: { image: () => Promise<string | Uint8Array>; crops: boolean; signal: AbortSignal | undefined },
): Promise<AnalyzedPhoto> {
  const analysis = await analyzer.analyze(await image(), { crops, signal });
  return {
    // The decoder has seen the pixels, where metadata may err about their number; the boxes are in the decoder's.
    photo: { ...photo, width: analysis.width, height: analysis.height },
    faces: analysis.faces.map((face) => ({
      ...face,
      source: 'detected' as const,
      detector: analyzer.detector,
      provenance: analyzer.provenance,
    })),
    space: analyzer.space,
  };
}

/** A file of a scan as an analyzer takes it. */
export async function imageOf(file: FileEntry): Promise<string | Uint8Array> {
  return imageAt(Buffer.concat([Buffer.from(file.root), Buffer.from('/'), file.pathBytes]));
}
