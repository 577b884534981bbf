/** Preloaded with `--import`, in worker threads too: makes the optional decoders look as if they were not installed. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    return nextResolve(/^(libheif-js|wasm-vips)/.test(specifier) ? 'hidden-decoder' : specifier, context);
  },
});
