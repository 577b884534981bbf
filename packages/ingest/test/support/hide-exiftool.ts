/** Preloaded with `--import`: makes exiftool-vendored look as if it were not installed. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    return nextResolve(specifier === 'exiftool-vendored' ? 'exiftool-vendored-hidden' : specifier, context);
  },
});
