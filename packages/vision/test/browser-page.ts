import { createFaceAnalyzer, VisionError } from '../src/browser.ts';

/** What the page says of a photo: plain numbers, as typed arrays do not survive the way out of the browser. */
export type PageAnswer =
  | { errorCode: string }
  | {
      errorCode: null;
      threads: number;
      space: string;
      width: number;
      height: number;
      /** What embedding the faces once more, without looking for them, gives. */
      embeddedAgain: (number[] | null)[];
      faces: { box: { x: number; y: number; width: number; height: number }; embedding: number[]; cropType: string | null }[];
    };

declare global {
  /** Analyzes a photo as if it had been picked in the page. */
  var analyzePickedPhoto: (base64: string, modelsPath: string) => Promise<PageAnswer>;
}

globalThis.analyzePickedPhoto = async (base64, modelsPath) => {
  try {
    await using analyzer = await createFaceAnalyzer({
      modelsUrl: modelsPath,
      wasmUrl: `${location.origin}/wasm/`,
    });
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const photo = new Blob([bytes]);
    const { width, height, faces } = await analyzer.analyze(photo, { crops: true });
    const embeddedAgain = await analyzer.embedFaces(photo, faces);
    return {
      errorCode: null,
      threads: analyzer.threads,
      space: analyzer.space.name,
      width,
      height,
      embeddedAgain: embeddedAgain.map((embedding) => embedding && Array.from(embedding)),
      faces: faces.map(({ box, embedding, crop }) => ({
        box,
        embedding: Array.from(embedding),
        cropType: crop && String.fromCharCode(...crop.subarray(8, 12)),
      })),
    };
  } catch (error) {
    if (VisionError.isInstance(error)) return { errorCode: error.code };
    throw error;
  }
};
