import { defineConfig } from 'tsup';

export default defineConfig({
  // A worker lies beside its pool in `src`, and beside the index that its pool is bundled into in `dist`: the pool finds it in both.
  entry: {
    index: 'src/index.ts',
    'metadata-worker': 'src/metadata/metadata-worker.ts',
    'decoder-worker': 'src/pixels/decoder-worker.ts',
  },
  format: ['esm'],
  target: 'node22',
  // `node:sqlite` exists only under that name.
  removeNodeProtocol: false,
  dts: { entry: 'src/index.ts' },
  // Errors bear the names of their classes, which a bundler changes at will.
  keepNames: true,
  sourcemap: true,
  clean: true,
});
