import { defineConfig } from 'tsup';

export default defineConfig({
  // The workers lie beside the index in `src` and in `dist`, so that their pools find them in both.
  entry: ['src/index.ts', 'src/metadata-worker.ts', 'src/decoder-worker.ts'],
  format: ['esm'],
  target: 'node22',
  dts: { entry: 'src/index.ts' },
  sourcemap: true,
  clean: true,
});
