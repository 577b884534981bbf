import type { LibraryContext } from '../library/library-context.ts';
import type { ChangeGroupsOptions, Groups, GroupsRefreshOptions } from '../model/groups.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';
import { BankMemory } from './bank-memory.ts';
import { mergeGroups, takeOut } from './change-groups.ts';
import { countGroups, listFacesOfGroup, listGroups } from './list-groups.ts';
import { ignoreGroup, nameGroup } from './name-group.ts';
import { refreshGroups } from './refresh-groups.ts';

const REFRESH_OPTIONS: KnownNames<GroupsRefreshOptions> = { signal: true, onProgress: true };

/** Faces by who they seem to be. The vectors of all faces stay in memory from the first refresh on. */
export function createGroups(context: LibraryContext): Groups {
  const memory = new BankMemory(context);
  let last: Promise<unknown> = Promise.resolve();
  /** One refresh at a time: the next has less to do. */
  const refresh = async (options: GroupsRefreshOptions, anew: boolean) => {
    const mine = last.then(() => refreshGroups(context, memory, { ...options, anew }));
    last = mine.catch(() => {});
    return mine;
  };
  return {
    async refresh(options = {}) {
      refuseUnknown<GroupsRefreshOptions>(options, REFRESH_OPTIONS, 'the options of groups.refresh');
      return (await refresh(options, false)) ?? countGroups(context);
    },
    async regroup(options = {}) {
      refuseUnknown<GroupsRefreshOptions>(options, REFRESH_OPTIONS, 'the options of groups.regroup');
      return (await refresh(options, true)) ?? countGroups(context);
    },
    async list(options = {}) {
      await refresh({ signal: options.signal }, false);
      return listGroups(context, options);
    },
    faces: (groupId, options = {}) => listFacesOfGroup(context, groupId, options),
    name: (groupId, options) => nameGroup(context, groupId, options),
    async takeOut(faceIds, options) {
      refuseUnknown<ChangeGroupsOptions>(options, { actor: true }, 'the options of groups.takeOut');
      return takeOut(context, faceIds, options);
    },
    merge: async (groupIds, options) => mergeGroups(context, groupIds, options),
    ignore: async (groupId, options) => ignoreGroup(context, groupId, options),
  };
}
