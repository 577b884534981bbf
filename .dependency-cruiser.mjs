/**
 * What may use what. A package's folders are storeys, listed from the ground up: a file uses its own storey and those below, never one above.
 * A file that lies in no folder may have a storey too.
 * `npm run storeys` checks it; docs/architecture.md draws it.
 */
const STOREYS = {
  'packages/ingest/src': [
    ['model', 'place'],
    ['files', 'flow'],
    ['formats'],
    ['tags'],
    ['apple-photos', 'exiftool', 'sidecars', 'shot-time'],
    ['metadata', 'pixels'],
    ['regions', 'scan'],
  ],
  'packages/sdk/src': [
    ['errors', 'model'],
    ['schema', 'values'],
    ['database', 'library'],
    ['identity'],
    ['saving'],
    ['catalog'],
    ['search', 'duplicates'],
    ['evidence'],
    ['grouping'],
    ['diagnose', 'indexing', 'regions', 'reindex', 'review', 'spaces'],
    ['placing'],
  ],
  'packages/vision/src': [
    ['errors.ts', 'face-box.ts', 'landmark.ts', 'rgb-image.ts', 'default-models-folder.ts', 'default-runtime-folder.ts'],
    ['options', 'cut-out.ts', 'error-transfer.ts'],
    ['crop', 'decode', 'models', 'runtime'],
    ['align'],
    ['detect', 'embed', 'quality'],
    ['face-engine.ts'],
    ['engines'],
    ['analyze-pixels.ts', 'embed-known-faces.ts', 'load-face-engine.ts'],
    ['analyze-faces.ts'],
    ['face-worker.ts'],
    ['face-worker-pool.ts'],
  ],
};

/** Other files at the root of `src/`, and helpers for users' tests, are the way in: they may use everything, and nothing uses them. */
const ENTRY = '([^/]+$|testing/)';

/** Matches what lies in these folders, and these files. */
const anyOf = (rooms) =>
  `(${rooms.map((room) => (room.endsWith('.ts') ? `${room.replace('.', '[.]')}$` : `${room}/`)).join('|')})`;

const storeyRules = Object.entries(STOREYS).flatMap(([source, storeys]) => {
  const inside = `^${source}/${anyOf(storeys.flat())}`;
  return [
    ...storeys.slice(0, -1).map((storey, level) => ({
      name: `${source}: ${storey.join(', ')} use nothing above`,
      severity: 'error',
      from: { path: `^${source}/${anyOf(storey)}` },
      to: { path: `^${source}/${anyOf(storeys.slice(level + 1).flat())}` },
    })),
    {
      name: `${source}: the way in is used by nothing inside`,
      severity: 'error',
      from: { path: inside },
      to: { path: `^${source}/${ENTRY}`, pathNot: inside },
    },
    {
      name: `${source}: every folder has a storey`,
      severity: 'error',
      from: { path: `^${source}/`, pathNot: `${inside}|^${source}/${ENTRY}` },
      to: {},
    },
  ];
});

export default {
  forbidden: [
    ...storeyRules,
    {
      name: 'no circle of files',
      comment: 'A type that two files share has a file below both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no circle of folders',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'sdk, ingest and vision stand side by side',
      comment: 'The SDK states the shapes that it accepts, so a server that only searches installs no model runtime.',
      severity: 'error',
      from: { path: '^packages/(sdk|ingest|vision)/src/' },
      to: { path: '^(packages|node_modules/@photoorg)/(sdk|ingest|vision)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'errors is the ground under all packages',
      comment: 'Everybody who throws installs it, browsers too.',
      severity: 'error',
      from: { path: '^packages/errors/src/' },
      to: { pathNot: '^packages/errors/src/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['@photoorg/source', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|/test/|[.]test[.]ts$' },
  },
};
