import type { FaceGroup, GroupsRefresh, IgnoredReason, LabelChange, MergedGroups, NamedGroup } from '@photoorg/sdk';
import type { Command } from 'commander';
import { type ActorOptions, actorFlag, actorOf } from '../flags/actor-flag.ts';
import { addDefaultCommand } from '../flags/default-command.ts';
import { Flag } from '../flags/flag.ts';
import { type ListOptions, listFlags } from '../flags/list-flags.ts';
import { parseCount } from '../flags/parse-value.ts';
import type { Column } from '../output/table.ts';
import { noteUndo } from '../output/undo-note.ts';
import { printPages } from '../runtime/print-pages.ts';
import { resolvePerson } from '../runtime/resolve-person.ts';
import { runCommand } from '../runtime/run-command.ts';
import { faceColumns } from './faces.ts';

interface ListGroupsOptions extends ListOptions {
  minSize?: number;
}

interface NameOptions extends ActorOptions {
  create?: boolean;
  face?: string[];
}

interface StrangersOptions extends ActorOptions {
  as?: IgnoredReason;
}

interface RefreshOptions {
  anew?: boolean;
}

const columns: Column<FaceGroup>[] = [
  { title: 'GROUP', value: (group) => group.groupId },
  { title: 'FACES', value: (group) => group.faces, align: 'right' },
  { title: 'PHOTOS', value: (group) => group.photos, align: 'right' },
  { title: 'NAMED', value: (group) => group.namedFaces, align: 'right' },
  { title: 'PERSON', value: (group) => group.person?.displayName },
  { title: 'CLEAREST FACE', value: (group) => group.coverFaceIds[0] },
];

const nameColumns: Column<NamedGroup>[] = [
  { title: 'BATCH', value: (change) => change.batchId },
  { title: 'PERSON', value: (change) => change.personId },
  { title: 'NAMED', value: (change) => change.faceIds.length, align: 'right' },
  { title: 'LEFT OUT', value: (change) => change.leftOutFaceIds.length, align: 'right' },
];

const mergeColumns: Column<MergedGroups>[] = [
  { title: 'GROUP', value: (change) => change.groupId },
  { title: 'BATCH', value: (change) => change.batchId },
];

const takeOutColumns: Column<LabelChange & { faceIds: string[] }>[] = [
  { title: 'BATCH', value: (change) => change.batchId },
  { title: 'FACES', value: (change) => change.faceIds.length, align: 'right' },
];

const strangerColumns: Column<LabelChange & { groupId: string }>[] = [
  { title: 'GROUP', value: (change) => change.groupId },
  { title: 'BATCH', value: (change) => change.batchId },
  { title: 'FACES', value: (change) => change.events, align: 'right' },
];

const refreshColumns: Column<GroupsRefresh>[] = [
  { title: 'GROUPS', value: (result) => result.groups, align: 'right' },
  { title: 'FACES', value: (result) => result.faces, align: 'right' },
  { title: 'NEW', value: (result) => result.newFaces, align: 'right' },
  { title: 'MOVED', value: (result) => result.movedFaces, align: 'right' },
];

const percent = 100;

export function addGroupsCommand(program: Command): void {
  const groups = program.command('groups').description('Faces that seem to show one person, before anybody has a name.');

  const list = addDefaultCommand(groups, 'list').description('List groups with faces that wait for a name, the largest first.');
  list.addOption(
    new Flag('--min-size <count>', 'only groups of so many such faces', {
      environment: 'PHOTOORG_MIN_SIZE',
      parse: parseCount,
      default: 2,
    }),
  );
  for (const flag of listFlags()) list.addOption(flag);
  list.action(
    runCommand<ListGroupsOptions>(async ({ context, options }) => {
      const library = await context.openLibrary();
      await printPages(context, options, columns, (page) => library.groups.list({ minSize: options.minSize, ...page }));
    }),
  );

  const faces = groups
    .command('faces')
    .description('List the faces of a group that wait for a name.')
    .argument('<group>', 'id of the group');
  for (const flag of listFlags()) faces.addOption(flag);
  faces.action(
    runCommand<ListOptions, [string]>(async ({ context, options, arguments: [groupId] }) => {
      const library = await context.openLibrary();
      await printPages(context, options, faceColumns, (page) => library.groups.faces(groupId, page));
    }),
  );

  groups
    .command('name')
    .description('Say who a group is: all its faces that wait for a name, as one batch.')
    .argument('<group>', 'id of the group')
    .argument('<person>', 'name or id')
    .addOption(
      new Flag('--create', 'create the person when nobody has that name', {
        environment: 'PHOTOORG_CREATE',
      }),
    )
    .addOption(new Flag('--face <id>', 'only this face of it; repeatable', { environment: 'PHOTOORG_FACE', repeatable: true }))
    .addOption(actorFlag())
    .action(
      runCommand<NameOptions, [string, string]>(async ({ context, options, arguments: [groupId, person] }) => {
        const library = await context.openLibrary();
        const isNew = options.create && (await library.people.findByName(person)) === null;
        const who = isNew ? { name: person } : { personId: (await resolvePerson(library, person)).personId };
        const named = await library.groups.name(groupId, { ...who, faceIds: options.face, actor: actorOf(options) });
        await context.print(nameColumns, named);
        noteUndo(context.reporter, named);
      }),
    );

  groups
    .command('take-out')
    .description('Take faces out of their groups for good: they are somebody else.')
    .argument('<face...>', 'ids of faces')
    .addOption(actorFlag())
    .action(
      runCommand<ActorOptions, [string[]]>(async ({ context, options, arguments: [faceIds] }) => {
        const library = await context.openLibrary();
        const taken = await library.groups.takeOut(faceIds, { actor: actorOf(options) });
        await context.print(takeOutColumns, { ...taken, faceIds });
        noteUndo(context.reporter, taken);
      }),
    );

  groups
    .command('merge')
    .description('Make one group of several: they are one person.')
    .argument('<group...>', 'ids of two groups or more')
    .addOption(actorFlag())
    .action(
      runCommand<ActorOptions, [string[]]>(async ({ context, options, arguments: [groupIds] }) => {
        const library = await context.openLibrary();
        const merged = await library.groups.merge(groupIds, { actor: actorOf(options) });
        await context.print(mergeColumns, merged);
        noteUndo(context.reporter, merged);
      }),
    );

  groups
    .command('strangers')
    .description('Set the faces of groups aside: nobody needs to know who they are.')
    .argument('<group...>', 'ids of groups')
    .addOption(
      new Flag('--as <reason>', 'why it is nobody', {
        environment: 'PHOTOORG_AS',
        choices: ['stranger', 'not_a_face', 'picture', 'unclear'],
      }),
    )
    .addOption(actorFlag())
    .action(
      runCommand<StrangersOptions, [string[]]>(async ({ context, options, arguments: [groupIds] }) => {
        const library = await context.openLibrary();
        const rows = context.rows(strangerColumns);
        await context.forEach(groupIds, String, async (groupId) =>
          rows.write({ groupId, ...(await library.groups.ignore(groupId, { reason: options.as, actor: actorOf(options) })) }),
        );
        await rows.end();
      }),
    );

  groups
    .command('refresh')
    .description('Bring the groups up to date; listing does it, too.')
    .addOption(new Flag('--anew', 'compare all faces, not only the new ones', { environment: 'PHOTOORG_ANEW' }))
    .action(
      runCommand<RefreshOptions>(async ({ context, options }) => {
        const library = await context.openLibrary();
        await context.reporter.startProgress();
        const refresh = options.anew ? library.groups.regroup : library.groups.refresh;
        const result = await refresh({
          signal: context.signal,
          onProgress: ({ done }) =>
            context.reporter.progress({
              text: `${Math.floor(percent * done)} %`,
              done: Math.floor(percent * done),
              total: percent,
            }),
        });
        context.reporter.endProgress();
        await context.print(refreshColumns, result);
      }),
    );
}
