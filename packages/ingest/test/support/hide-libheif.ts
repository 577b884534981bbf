/** Preloaded with `--import`, in worker threads too: makes libheif-js look as if it were not installed. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    return nextResolve(specifier.startsWith('libheif-js') ? 'libheif-js-hidden' : specifier, context);
  },
});
