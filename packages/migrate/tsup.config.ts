import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm'],
  target: 'node22',
  // `node:sqlite` exists only under that name.
  removeNodeProtocol: false,
  dts: true,
  sourcemap: true,
  clean: true,
});
