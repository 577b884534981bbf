import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'testing/index': 'src/testing/index.ts',
    // The worker and the module that starts it find each other as siblings.
    'embedded-database-worker': 'src/database/embedded/embedded-database-worker.ts',
    'start-embedded-worker': 'src/database/embedded/start-embedded-worker.ts',
  },
  format: ['esm'],
  target: 'node22',
  dts: true,
  // Errors bear the names of their classes, which a bundler changes at will.
  keepNames: true,
  sourcemap: true,
  clean: true,
});
