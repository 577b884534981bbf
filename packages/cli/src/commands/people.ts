import type { MergedPeople, Person, PersonChange, RemovedPerson, SplitPerson, SplitProposal } from '@photoorg/sdk';
import type { Command } from 'commander';
import { type ActorOptions, actorFlag, actorOf } from '../flags/actor-flag.ts';
import { addDefaultCommand } from '../flags/default-command.ts';
import { Flag } from '../flags/flag.ts';
import { type ListOptions, listFlags } from '../flags/list-flags.ts';
import { warnOfNamesakes } from '../output/namesakes-warning.ts';
import type { Column } from '../output/table.ts';
import { noteUndo } from '../output/undo-note.ts';
import { printPages } from '../runtime/print-pages.ts';
import { resolvePerson } from '../runtime/resolve-person.ts';
import { runCommand } from '../runtime/run-command.ts';

interface ListPeopleOptions extends ListOptions {
  query?: string;
  hidden?: boolean;
  order: 'name' | 'faces';
}

interface CreatePersonOptions extends ActorOptions {
  alias?: string[];
  birthDate?: string;
}

interface RemovePersonOptions extends ActorOptions {
  unlabel?: boolean;
}

interface MergePeopleOptions extends ActorOptions {
  samePhoto?: boolean;
}

interface SplitPersonOptions extends ActorOptions {
  into?: string;
  name?: string;
  samePhoto?: boolean;
}

const columns: Column<Person>[] = [
  { title: 'PERSON', value: (person) => person.personId },
  { title: 'NAME', value: (person) => person.displayName },
  { title: 'FACES', value: (person) => person.facesCount, align: 'right' },
  { title: 'PHOTOS', value: (person) => person.photosCount, align: 'right' },
  { title: 'ALIASES', value: (person) => person.aliases.join(', ') || null },
];

const changeColumns: Column<PersonChange>[] = [...columns, { title: 'BATCH', value: (change) => change.batchId }];

const removeColumns: Column<RemovedPerson & { personId: string }>[] = [
  { title: 'PERSON', value: (change) => change.personId },
  { title: 'BATCH', value: (change) => change.batchId },
  { title: 'UNLABELLED FACES', value: (change) => change.unlabelledFaces, align: 'right' },
];

const mergeColumns: Column<MergedPeople>[] = [
  { title: 'BATCH', value: (change) => change.batchId },
  { title: 'MOVED FACES', value: (change) => change.movedFaces, align: 'right' },
];

const splitColumns: Column<SplitPerson>[] = [
  { title: 'BATCH', value: (change) => change.batchId },
  { title: 'PERSON', value: (change) => change.personId },
  { title: 'MOVED FACES', value: (change) => change.movedFaces, align: 'right' },
];

/** One face of a proposal, on a line of its own. */
interface ProposedFace {
  faceId: string;
  half: 1 | 2;
}

const proposedColumns: Column<ProposedFace>[] = [
  { title: 'FACE', value: (face) => face.faceId },
  { title: 'HALF', value: (face) => face.half, align: 'right' },
];

/** What --json prints: the proposal as the SDK gives it. */
const proposalColumns: Column<SplitProposal>[] = [{ title: 'SILHOUETTE', value: ({ silhouette }) => silhouette }];

const LOOKS: Record<SplitProposal['looksLike'], string> = {
  one_person: 'these look like one person',
  two_people: 'these look like two people',
  unclear: 'it is not clear whether these are two people',
};

export function addPeopleCommand(program: Command): void {
  const people = program
    .command('people')
    .description('List, create, rename, merge, split and remove people. Every change can be undone by its batch.');

  const list = addDefaultCommand(people, 'list').description('List people.');
  const listingFlags = [
    new Flag('--query <words>', 'words of the name or an alias', { environment: 'PHOTOORG_QUERY' }),
    new Flag('--hidden', 'also hidden people', { environment: 'PHOTOORG_HIDDEN' }),
    new Flag('--order <order>', 'what comes first', {
      environment: 'PHOTOORG_PEOPLE_ORDER',
      choices: ['name', 'faces'],
      default: 'name',
    }),
    ...listFlags(),
  ];
  for (const flag of listingFlags) list.addOption(flag);
  list.action(
    runCommand<ListPeopleOptions>(async ({ context, options }) => {
      const library = await context.openLibrary();
      const filter = { q: options.query, includeHidden: options.hidden, order: options.order };
      await printPages(context, options, columns, (page) => library.people.list({ ...filter, ...page }));
    }),
  );

  people
    .command('create')
    .description('Create people.')
    .argument('<name...>', 'their names')
    .addOption(new Flag('--alias <name>', 'another name; repeatable', { environment: 'PHOTOORG_ALIAS', repeatable: true }))
    .addOption(new Flag('--birth-date <date>', 'YYYY-MM-DD', { environment: 'PHOTOORG_BIRTH_DATE' }))
    .addOption(actorFlag())
    .action(
      runCommand<CreatePersonOptions, [string[]]>(async ({ context, options, arguments: [names] }) => {
        const library = await context.openLibrary();
        const rows = context.rows(changeColumns);
        const details = { aliases: options.alias, birthDate: options.birthDate, actor: actorOf(options) };
        await context.forEach(names, String, async (displayName) => {
          const person = await library.people.create({ displayName, ...details });
          await rows.write(person);
          warnOfNamesakes(context.reporter, person, await library.people.listByName(person.displayName));
        });
        await rows.end();
      }),
    );

  people
    .command('rename')
    .description('Give a person another name.')
    .argument('<person>', 'name or id')
    .argument('<new-name>')
    .addOption(actorFlag())
    .action(
      runCommand<ActorOptions, [string, string]>(async ({ context, options, arguments: [person, newName] }) => {
        const library = await context.openLibrary();
        const { personId } = await resolvePerson(library, person);
        const renamed = await library.people.rename(personId, newName, { actor: actorOf(options) });
        await context.print(changeColumns, renamed);
        noteUndo(context.reporter, renamed);
        warnOfNamesakes(context.reporter, renamed, await library.people.listByName(renamed.displayName));
      }),
    );

  people
    .command('merge')
    .description('Make two people one: the faces of the first become the second’s.')
    .argument('<from>', 'name or id of the person who goes')
    .argument('<into>', 'name or id of the person who stays')
    .addOption(
      new Flag('--same-photo', 'even when both are in one photo', {
        environment: 'PHOTOORG_SAME_PHOTO',
      }),
    )
    .addOption(actorFlag())
    .action(
      runCommand<MergePeopleOptions, [string, string]>(async ({ context, options, arguments: [from, into] }) => {
        const library = await context.openLibrary();
        const { personId: fromId } = await resolvePerson(library, from);
        const { personId: intoId } = await resolvePerson(library, into);
        const merged = await library.people.merge({ fromId, intoId, actor: actorOf(options), allowSamePhoto: options.samePhoto });
        await context.print(mergeColumns, merged);
        noteUndo(context.reporter, merged);
      }),
    );

  people
    .command('split')
    .description('Some faces of a person are somebody else: give them to another, or to a new one.')
    .argument('<person>', 'name or id of the person who has them')
    .argument('<face...>', 'ids of the faces that are somebody else')
    .addOption(new Flag('--into <name|id>', 'who they are', { environment: 'PHOTOORG_INTO' }))
    .addOption(new Flag('--name <name>', 'the name of a new person whose they are', { environment: 'PHOTOORG_NAME' }))
    .addOption(
      new Flag('--same-photo', 'even when both are in one photo', {
        environment: 'PHOTOORG_SAME_PHOTO',
      }),
    )
    .addOption(actorFlag())
    .addHelpText('after', '\n`photoorg people propose-split` says which faces seem to be somebody else.')
    .action(
      runCommand<SplitPersonOptions, [string, string[]]>(async ({ context, options, arguments: [person, faceIds] }) => {
        const library = await context.openLibrary();
        const { personId: fromId } = await resolvePerson(library, person);
        const split = await library.people.split({
          fromId,
          faceIds,
          intoId: options.into && (await resolvePerson(library, options.into)).personId,
          displayName: options.name,
          actor: actorOf(options),
          allowSamePhoto: options.samePhoto,
        });
        await context.print(splitColumns, split);
        noteUndo(context.reporter, split);
      }),
    );

  people
    .command('propose-split')
    .description('Where to cut a person in two by the look of the faces, and whether it looks like two people. Changes nothing.')
    .argument('<person>', 'name or id')
    .action(
      runCommand<object, [string]>(async ({ context, arguments: [person] }) => {
        const library = await context.openLibrary();
        const { personId } = await resolvePerson(library, person);
        const proposal = await library.people.proposeSplit(personId, { signal: context.signal });
        if (context.printsJson && proposal) return context.print(proposalColumns, proposal);
        const rows = context.rows(proposedColumns, { empty: 'There are not two faces to tell apart.' });
        for (const [place, faceIds] of proposal?.parts.entries() ?? []) {
          for (const faceId of faceIds) await rows.write({ faceId, half: place === 0 ? 1 : 2 });
        }
        await rows.end();
        if (proposal) context.reporter.note(`Silhouette ${proposal.silhouette.toFixed(2)}: ${LOOKS[proposal.looksLike]}.`);
      }),
    );

  people
    .command('remove')
    .description('Remove a person who was made by mistake, and whoever was merged into them.')
    .argument('<person>', 'name or id')
    .addOption(
      new Flag('--unlabel', 'also take the name off the faces that carry it', {
        environment: 'PHOTOORG_UNLABEL',
      }),
    )
    .addOption(actorFlag())
    .action(
      runCommand<RemovePersonOptions, [string]>(async ({ context, options, arguments: [person] }) => {
        const library = await context.openLibrary();
        const { personId } = await resolvePerson(library, person);
        const removed = await library.people.remove(personId, { unlabel: options.unlabel, actor: actorOf(options) });
        await context.print(removeColumns, { personId, ...removed });
        noteUndo(context.reporter, removed);
      }),
    );
}
