import { defineConfig } from 'tsup';

export default defineConfig({
  // The worker lies beside the index in `src` and in `dist`, so that the pool finds it in both.
  entry: ['src/index.ts', 'src/metadata-worker.ts'],
  format: ['esm'],
  target: 'node22',
  dts: { entry: 'src/index.ts' },
  sourcemap: true,
  clean: true,
});
