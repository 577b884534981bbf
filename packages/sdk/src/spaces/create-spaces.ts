import { activeSpace } from '../library/active-space.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { EmbeddingSpaces } from '../model/embedding-spaces.ts';
import { ensureSpace, getSpace } from '../saving/rows/spaces.ts';
import { takingOptions } from '../values/refuse-unknown.ts';
import { compareSpaces } from './compare-spaces.ts';
import { listFailures } from './embedding-failures.ts';
import { fillSpace } from './fill-space.ts';
import { listSpaces } from './list-spaces.ts';
import { listSwitches, rollBackSpace, switchSpace } from './switch-space.ts';

/** The embedding spaces of a library: one that serves, others beside it. */
export function createEmbeddingSpaces(context: LibraryContext): EmbeddingSpaces {
  return {
    ensure: async (space) => ({ spaceId: await ensureSpace(context, space) }),
    list: () => listSpaces(context),
    get: (nameOrId) => getSpace(context, nameOrId),
    active: async () => {
      const active = await activeSpace(context);
      return active ? await getSpace(context, active.spaceId) : null;
    },
    fill: (options) => fillSpace(context, options),
    failures: takingOptions('spaces.failures', { space: true, limit: true }, (options) => listFailures(context, options)),
    compare: (options) => compareSpaces(context, options),
    use: (options) => switchSpace(context, options),
    rollback: takingOptions('spaces.rollback', { actor: true }, (options) => rollBackSpace(context, options)),
    switches: () => listSwitches(context),
  };
}
