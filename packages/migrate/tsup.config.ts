import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm'],
  target: 'node22',
  // `node:sqlite` exists only under that name.
  removeNodeProtocol: false,
  dts: true,
  // Errors bear the names of their classes, which a bundler changes at will.
  keepNames: true,
  sourcemap: true,
  clean: true,
});
