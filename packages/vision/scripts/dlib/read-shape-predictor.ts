import { DlibReader } from './dlib-reader.ts';

/** dlib's cascade of regression trees as the file has it; all coordinates are relative to the unit square of the face box. */
export interface DlibShapePredictor {
  /** x and y of the mean shape. */
  initialShape: Float32Array;
  cascades: DlibCascade[];
}

/** One step of the cascade: a set of pixels to compare and a forest of complete binary trees that compare them. */
export interface DlibCascade {
  /** Landmark that each feature pixel is anchored to. */
  anchors: number[];
  /** x and y of each feature pixel relative to its anchor. */
  offsets: number[];
  trees: DlibTree[];
}

export interface DlibTree {
  /** Feature pairs and the threshold of their difference, in heap order. */
  splits: { first: number; second: number; threshold: number }[];
  /** Shape deltas of the leaves, left to right. */
  leaves: Float32Array[];
}

const FILE_VERSION = 1;

/** Reads `shape_predictor_5_face_landmarks.dat`; see http://dlib.net/dlib/image_processing/shape_predictor.h.html for the layout. */
export function readDlibShapePredictor(bytes: Buffer): DlibShapePredictor {
  const reader = new DlibReader(bytes);
  const version = reader.integer();
  if (version !== FILE_VERSION) throw new Error(`Expected shape predictor version ${FILE_VERSION} but found ${version}.`);
  const initialShape = reader.matrix();
  const forests = readVector(reader, () => readVector(reader, () => readTree(reader)));
  const anchors = readVector(reader, () => readVector(reader, () => reader.integer()));
  const offsets = readVector(reader, () => readVector(reader, () => [reader.float(), reader.float()]).flat());
  if (reader.remaining !== 0) throw new Error(`The shape predictor has ${reader.remaining} bytes too many.`);
  return {
    initialShape,
    cascades: forests.map((trees, i) => ({ anchors: anchors[i]!, offsets: offsets[i]!, trees })),
  };
}

function readTree(reader: DlibReader): DlibTree {
  const splits = readVector(reader, () => ({
    first: reader.integer(),
    second: reader.integer(),
    threshold: reader.float(),
  }));
  return { splits, leaves: readVector(reader, () => reader.matrix()) };
}

function readVector<T>(reader: DlibReader, readItem: () => T): T[] {
  return Array.from({ length: reader.integer() }, readItem);
}
