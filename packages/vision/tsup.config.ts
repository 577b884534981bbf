import { defineConfig } from 'tsup';

export default defineConfig({
  // A worker's file must lie beside the module that starts it, as in src/.
  entry: ['src/index.ts', 'src/face-worker.ts', 'src/browser.ts'],
  format: ['esm'],
  target: 'node22',
  dts: true,
  // Errors bear the names of their classes, which a bundler changes at will.
  keepNames: true,
  sourcemap: true,
  clean: true,
});
