import type { IdentityEvent, IgnoredReason, LabelChange } from '@photoorg/sdk';
import type { Command } from 'commander';
import { type ActorOptions, actorFlag, actorOf } from '../flags/actor-flag.ts';
import { Flag } from '../flags/flag.ts';
import { parseCount } from '../flags/parse-value.ts';
import type { Column } from '../output/table.ts';
import { resolvePerson } from '../runtime/resolve-person.ts';
import { runCommand } from '../runtime/run-command.ts';

type ConfirmOptions = ActorOptions & { create?: boolean; samePhoto?: boolean };
type IgnoreOptions = ActorOptions & { takeBack?: boolean; as?: IgnoredReason };
type PhotoLabelOptions = ActorOptions & { takeBack?: boolean };
type HistoryOptions = { limit: number };
type ChangeRow = LabelChange & { faceId: string };

const changeColumns: Column<LabelChange>[] = [
  { title: 'BATCH', value: (change) => change.batchId },
  { title: 'CHANGES', value: (change) => change.events, align: 'right' },
];

const faceChangeColumns: Column<ChangeRow>[] = [{ title: 'FACE', value: (change) => change.faceId }, ...changeColumns];

const photoChangeColumns: Column<LabelChange & { photoId: string }>[] = [
  { title: 'PHOTO', value: (change) => change.photoId },
  ...changeColumns,
];

const historyColumns: Column<IdentityEvent>[] = [
  { title: 'WHEN', value: (event) => event.createdAt.toISOString() },
  { title: 'WHAT', value: (event) => event.kind },
  { title: 'FACE', value: (event) => event.faceId },
  { title: 'PERSON', value: (event) => event.personId },
  { title: 'ACTOR', value: (event) => event.actor },
  { title: 'BATCH', value: (event) => event.batchId },
];

const defaultEvents = 50;

export function addLabelCommand(program: Command): void {
  const label = program
    .command('label')
    .description('Say who faces are. Everything here is journalled and can be undone by its batch.');

  label
    .command('confirm')
    .description('These faces are this person.')
    .argument('<person>', 'name or id')
    .argument('<face...>', 'ids of faces')
    .addOption(
      new Flag('--create', 'create the person when nobody has that name', {
        environment: 'PHOTOORG_CREATE',
      }),
    )
    .addOption(
      new Flag('--same-photo', 'even when the person is in the photo already (a mirror)', {
        environment: 'PHOTOORG_SAME_PHOTO',
      }),
    )
    .addOption(actorFlag())
    .action(
      runCommand<ConfirmOptions, [string, string[]]>(async ({ context, options, arguments: [name, faceIds] }) => {
        const library = await context.openLibrary();
        const actor = actorOf(options);
        const isNew = options.create && (await library.people.findByName(name)) === null;
        const { personId } = isNew
          ? await library.people.create({ displayName: name, actor })
          : await resolvePerson(library, name);
        const rows = context.rows(faceChangeColumns);
        await context.forEach(faceIds, String, async (faceId) => {
          const change = await library.labels.confirm({ faceId, personId, actor, allowSamePhoto: options.samePhoto });
          await rows.write({ faceId, ...change });
        });
        await rows.end();
      }),
    );

  label
    .command('reject')
    .description('These faces are not this person, for good.')
    .argument('<person>', 'name or id')
    .argument('<face...>', 'ids of faces')
    .addOption(actorFlag())
    .action(
      runCommand<ActorOptions, [string, string[]]>(async ({ context, options, arguments: [name, faceIds] }) => {
        const library = await context.openLibrary();
        const { personId } = await resolvePerson(library, name);
        const rows = context.rows(faceChangeColumns);
        await context.forEach(faceIds, String, async (faceId) =>
          rows.write({ faceId, ...(await library.labels.reject({ faceId, personId, actor: actorOf(options) })) }),
        );
        await rows.end();
      }),
    );

  label
    .command('clear')
    .description('Take the name off these faces.')
    .argument('<face...>', 'ids of faces')
    .addOption(actorFlag())
    .action(
      runCommand<ActorOptions, [string[]]>(async ({ context, options, arguments: [faceIds] }) => {
        const library = await context.openLibrary();
        const rows = context.rows(faceChangeColumns);
        await context.forEach(faceIds, String, async (faceId) =>
          rows.write({ faceId, ...(await library.labels.clear({ faceId, actor: actorOf(options) })) }),
        );
        await rows.end();
      }),
    );

  label
    .command('photo')
    .description('This person is on these photos, whether or not a face shows it: from behind, cut off.')
    .argument('<person>', 'name or id')
    .argument('<photo...>', 'ids of photos')
    .addOption(new Flag('--take-back', 'they are not', { environment: 'PHOTOORG_TAKE_BACK' }))
    .addOption(actorFlag())
    .action(
      runCommand<PhotoLabelOptions, [string, string[]]>(async ({ context, options, arguments: [name, photoIds] }) => {
        const library = await context.openLibrary();
        const { personId } = await resolvePerson(library, name);
        const actor = actorOf(options);
        const rows = context.rows(photoChangeColumns);
        await context.forEach(photoIds, String, async (photoId) => {
          const label = { photoId, personId, actor };
          const change = await (options.takeBack ? library.labels.clearPhoto(label) : library.labels.confirmPhoto(label));
          await rows.write({ photoId, ...change });
        });
        await rows.end();
      }),
    );

  label
    .command('ignore')
    .description('Set strangers aside: these faces are never asked about again.')
    .argument('<face...>', 'ids of faces')
    .addOption(reasonFlag())
    .addOption(new Flag('--take-back', 'ask about them again', { environment: 'PHOTOORG_TAKE_BACK' }))
    .addOption(actorFlag())
    .action(
      runCommand<IgnoreOptions, [string[]]>(async ({ context, options, arguments: [faceIds] }) => {
        const library = await context.openLibrary();
        const change = await library.labels.ignore({
          faceIds,
          actor: actorOf(options),
          ignored: !options.takeBack,
          reason: options.as,
        });
        await context.print(changeColumns, change);
      }),
    );

  label
    .command('ignore-rest')
    .description('The rest of these photos is nobody: set their faces aside that nobody named.')
    .argument('<photo...>', 'ids of photos')
    .addOption(reasonFlag())
    .addOption(actorFlag())
    .action(
      runCommand<IgnoreOptions, [string[]]>(async ({ context, options, arguments: [photoIds] }) => {
        const library = await context.openLibrary();
        const rows = context.rows(changeColumns);
        await context.forEach(photoIds, String, async (photoId) =>
          rows.write(await library.labels.ignoreRest({ photoId, actor: actorOf(options), reason: options.as })),
        );
        await rows.end();
      }),
    );

  label
    .command('undo')
    .description('Take back everything a batch did: labels, rejections, names of people, merges.')
    .argument('<batch...>', 'batch ids, as the other commands print them')
    .addOption(actorFlag())
    .action(
      runCommand<ActorOptions, [string[]]>(async ({ context, options, arguments: [batchIds] }) => {
        const library = await context.openLibrary();
        const rows = context.rows(changeColumns);
        await context.forEach(batchIds, String, async (batchId) =>
          rows.write(await library.labels.undo({ batchId, actor: actorOf(options) })),
        );
        await rows.end();
      }),
    );

  label
    .command('history')
    .description('What was said about these faces, newest first.')
    .argument('<face...>', 'ids of faces')
    .addOption(
      new Flag('--limit <count>', 'events a face', { environment: 'PHOTOORG_LIMIT', parse: parseCount, default: defaultEvents }),
    )
    .action(
      runCommand<HistoryOptions, [string[]]>(async ({ context, options, arguments: [faceIds] }) => {
        const library = await context.openLibrary();
        const rows = context.rows(historyColumns);
        await context.forEach(faceIds, String, async (faceId) => {
          for (const event of await library.labels.history({ faceId, limit: options.limit })) await rows.write(event);
        });
        await rows.end();
      }),
    );
}

function reasonFlag(): Flag {
  return new Flag('--as <reason>', 'why it is nobody', {
    environment: 'PHOTOORG_AS',
    choices: ['stranger', 'not_a_face', 'picture', 'unclear'],
  });
}
