import { Flag } from './flag.ts';
import { parseCount } from './parse-value.ts';

/** For every command that looks for faces. */
export function minFaceFlag(): Flag {
  return new Flag('--min-face <pixels>', 'also look for faces this small, for crowds; takes longer', {
    environment: 'PHOTOORG_MIN_FACE',
    parse: parseCount,
  });
}
