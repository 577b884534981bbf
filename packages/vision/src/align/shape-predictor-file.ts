/** dlib's shape predictor as flat arrays, cascade after cascade, tree after tree; coordinates are relative to the face box. */
export interface ShapePredictor {
  landmarkCount: number;
  cascadeCount: number;
  /** Pixels that each cascade samples. */
  featureCount: number;
  treeCount: number;
  /** Inner nodes per tree; a tree has one leaf more. */
  splitCount: number;
  /** x and y of each landmark of the mean shape. */
  initialShape: Float32Array;
  /** Per feature: x and y offset from its anchor. */
  featureOffsets: Float32Array;
  /** Per split. */
  thresholds: Float32Array;
  /** Per leaf: x and y shift of each landmark. */
  leaves: Float32Array;
  /** Per feature: index of the landmark that it is anchored to. */
  anchors: Uint16Array;
  /** Per split: the two features whose brightness is compared. */
  firstFeatures: Uint16Array;
  secondFeatures: Uint16Array;
}

export type ShapePredictorSizes = Pick<
  ShapePredictor,
  'landmarkCount' | 'cascadeCount' | 'featureCount' | 'treeCount' | 'splitCount'
>;

const HEADER_FIELDS = ['landmarkCount', 'cascadeCount', 'featureCount', 'treeCount', 'splitCount'] as const;
const HEADER_BYTES = HEADER_FIELDS.length * Uint32Array.BYTES_PER_ELEMENT;

/** Reserves a predictor of the given sizes; its arrays are views of `bytes`, which is what the model file holds (little-endian). */
export function allocateShapePredictor(sizes: ShapePredictorSizes): {
  bytes: Uint8Array<ArrayBuffer>;
  predictor: ShapePredictor;
} {
  const bytes = new Uint8Array(fileLength(sizes));
  const header = new DataView(bytes.buffer);
  HEADER_FIELDS.forEach((field, i) => {
    header.setUint32(4 * i, sizes[field], true);
  });
  return { bytes, predictor: viewArrays(bytes.buffer, sizes) };
}

/**
 * Reads a model file in place, without parsing: the arrays are views of a copy of `bytes`.
 *
 * @throws RangeError when the file's length does not match its header.
 */
export function readShapePredictor(bytes: Uint8Array): ShapePredictor {
  const buffer = bytes.slice().buffer; // views need an aligned start, which a slice of a larger buffer may lack
  const header = new DataView(buffer);
  const sizes = Object.fromEntries(
    HEADER_FIELDS.map((field, i) => [field, header.getUint32(4 * i, true)]),
  ) as unknown as ShapePredictorSizes;
  if (fileLength(sizes) !== buffer.byteLength) {
    throw new RangeError(`Expected a shape predictor of ${fileLength(sizes)} bytes but received ${buffer.byteLength}.`);
  }
  return viewArrays(buffer, sizes);
}

function arrayLengths({ landmarkCount, cascadeCount, featureCount, treeCount, splitCount }: ShapePredictorSizes) {
  const features = cascadeCount * featureCount;
  const splits = cascadeCount * treeCount * splitCount;
  const leaves = cascadeCount * treeCount * (splitCount + 1);
  return { initialShape: 2 * landmarkCount, features, splits, leaves: leaves * 2 * landmarkCount };
}

function fileLength(sizes: ShapePredictorSizes): number {
  const { initialShape, features, splits, leaves } = arrayLengths(sizes);
  const floats = initialShape + 2 * features + splits + leaves;
  const shorts = features + 2 * splits;
  return HEADER_BYTES + floats * Float32Array.BYTES_PER_ELEMENT + shorts * Uint16Array.BYTES_PER_ELEMENT;
}

function viewArrays(buffer: ArrayBuffer, sizes: ShapePredictorSizes): ShapePredictor {
  const lengths = arrayLengths(sizes);
  let offset = HEADER_BYTES;
  const floats = (length: number) => {
    const array = new Float32Array(buffer, offset, length);
    offset += array.byteLength;
    return array;
  };
  const shorts = (length: number) => {
    const array = new Uint16Array(buffer, offset, length);
    offset += array.byteLength;
    return array;
  };
  return {
    ...sizes,
    initialShape: floats(lengths.initialShape),
    featureOffsets: floats(2 * lengths.features),
    thresholds: floats(lengths.splits),
    leaves: floats(lengths.leaves),
    anchors: shorts(lengths.features),
    firstFeatures: shorts(lengths.splits),
    secondFeatures: shorts(lengths.splits),
  };
}
