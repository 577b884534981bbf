/** The ways into the packages: what a program may import, and the file that says so. Of equal names the first counts in examples. */
export const entries: readonly { specifier: string; file: string }[] = [
  { specifier: '@photoorg/sdk', file: 'packages/sdk/src/index.ts' },
  { specifier: '@photoorg/sdk/testing', file: 'packages/sdk/src/testing/index.ts' },
  { specifier: '@photoorg/ingest', file: 'packages/ingest/src/index.ts' },
  { specifier: '@photoorg/vision', file: 'packages/vision/src/index.ts' },
  { specifier: '@photoorg/vision/browser', file: 'packages/vision/src/browser.ts' },
  { specifier: '@photoorg/migrate', file: 'packages/migrate/src/index.ts' },
  { specifier: '@photoorg/errors', file: 'packages/errors/src/index.ts' },
];
