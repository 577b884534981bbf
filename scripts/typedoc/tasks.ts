/**
 * What people want to do with each package, in the order of the reference, and where the sources for it lie: a folder, a file, or a
 * name within it after a colon. Of several that fit the most precise counts.
 */
export const tasks: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  sdk: {
    'Open a library': ['.', 'library', 'model/photo-library'],
    'Index photos': [
      'indexing',
      'model/index-photos',
      'model/index-plan',
      'model/index-queue',
      'model/ingest-runs',
      'model/watch-photos',
      'model/face-analyzer',
      'model/face-regions',
      'model/photos:AnalyzedPhoto',
      'model/photos:PhotoFileToSave',
      'model/photos:PhotoToSave',
      'model/photos:SavedPhoto',
      'model/faces:FaceToSave',
    ],
    'Find photos and faces': [
      'model/photos',
      'model/timeline',
      'model/photo-filter',
      'model/photo-places',
      'model/faces',
      'model/files',
      'model/duplicates',
      'model/search',
      'model/page',
      'model/shot-time',
      'model/face-box',
      'values',
      'catalog',
      'search',
    ],
    'People and names': [
      'model/people',
      'model/labels',
      'model/place-names',
      'model/ignored-reason',
      'model/export-regions',
      'regions',
      'identity',
      'model/faces:FaceLabel',
    ],
    Review: [
      'model/review',
      'model/suggestion',
      'model/evaluation',
      'model/audit',
      'model/calibration',
      'model/priors',
      'model/review-cards',
      'model/groups',
      'review',
      'grouping',
    ],
    'Embedding spaces': ['model/embedding-space', 'model/embedding-spaces', 'spaces'],
    Maintain: [
      'model/photo-library:Diagnosis',
      'model/photo-library:ReindexOptions',
      'model/photo-library:ReindexResult',
      'model/photo-library:Idempotency',
      'model/photo-library:StoredResponse',
    ],
    Test: ['testing'],
    Errors: ['errors'],
  },
  ingest: {
    'Scan folders': ['scan', 'files', 'formats', 'model'],
    'Read metadata': ['metadata', 'shot-time', 'exiftool'],
    'Pictures and thumbnails': ['pixels'],
    'Name places': ['place'],
    'Write sidecars': ['regions'],
    Errors: ['model/ingest-error'],
  },
  vision: {
    'Find and embed faces': [
      '.',
      'embed/embedding-space:EmbeddingSpace',
      'options/analyze-options',
      'options/analyzer-options',
      'options/browser-analyzer-options',
      'options/decode-options',
      'options/embed-faces-options',
    ],
    'Choose networks': [
      'options',
      'detect/faceboxes-detector',
      'engines',
      'embed/face-plugin-embedder',
      'align/chip-shape',
      'runtime',
    ],
    'Steps of the pipeline': [
      'decode',
      'detect',
      'align',
      'embed',
      'crop',
      'quality',
      'analyze-pixels',
      'face-engine',
      'options/detect-faces-options',
    ],
    Errors: ['errors'],
  },
  migrate: {
    'Copy an old library': ['.', 'convert'],
    Errors: ['migrate-error'],
  },
  errors: {
    Errors: ['.'],
  },
};

/** The task that a name of a package serves. */
export function taskOf(packageName: string, file: string, name: string): string | undefined {
  const folders = file.split('/').slice(0, -1);
  const path = file.replace(/\.ts$/, '');
  const places = [`${path}:${name}`, path, ...folders.map((_, i) => folders.slice(0, folders.length - i).join('/'))];
  if (folders.length === 0) places.push('.');
  const entries = Object.entries(tasks[packageName] ?? {});
  const place = places.find((candidate) => entries.some(([, sources]) => sources.includes(candidate)));
  return entries.find(([, sources]) => sources.includes(place!))?.[0];
}
