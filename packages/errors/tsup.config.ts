import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm'],
  // Browsers load it too.
  platform: 'neutral',
  target: 'es2022',
  dts: true,
  // Errors bear the names of their classes, which a bundler changes at will.
  keepNames: true,
  sourcemap: true,
  clean: true,
});
