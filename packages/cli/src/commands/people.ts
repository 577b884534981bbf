import { readFile } from 'node:fs/promises';
import type {
  MergedPeople,
  NamesPlaced,
  Person,
  PersonChange,
  RemovedPerson,
  SplitPerson,
  SplitProposal,
  VcardImport,
} from '@photoorg/sdk';
import type { Command } from 'commander';
import { type ActorOptions, actorFlag, actorOf } from '../flags/actor-flag.ts';
import { addDefaultCommand } from '../flags/default-command.ts';
import { Flag } from '../flags/flag.ts';
import { type ListOptions, listFlags } from '../flags/list-flags.ts';
import { parseConfidence } from '../flags/parse-value.ts';
import { warnOfNamesakes } from '../output/namesakes-warning.ts';
import type { Column } from '../output/table.ts';
import { noteUndo, noteUndoOf } from '../output/undo-note.ts';
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

interface ImportVcardOptions extends ActorOptions {
  dryRun?: boolean;
}

interface PlaceNamesCommandOptions extends ActorOptions {
  dryRun?: boolean;
  minConfidence?: number;
  listedOnly?: boolean;
  createAll?: boolean;
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

const vcardColumns: Column<VcardImport>[] = [
  { title: 'BATCH', value: (result) => result.batchId },
  { title: 'CARDS', value: (result) => result.cards, align: 'right' },
  { title: 'NEW PEOPLE', value: (result) => result.created, align: 'right' },
  { title: 'NEW BIRTH DATES', value: (result) => result.completed, align: 'right' },
  { title: 'UNCHANGED', value: (result) => result.unchanged, align: 'right' },
  { title: 'LEFT OUT', value: (result) => result.leftOut, align: 'right' },
];

const placeColumns: Column<NamesPlaced>[] = [
  { title: 'BATCH', value: (result) => result.batchId },
  { title: 'PHOTOS', value: (result) => result.photos, align: 'right' },
  { title: 'NAMES', value: (result) => result.names, align: 'right' },
  { title: 'PLACED', value: (result) => result.placed, align: 'right' },
  { title: 'GUESSED', value: (result) => result.guessed, align: 'right' },
  { title: 'KEPT', value: (result) => result.kept, align: 'right' },
  { title: 'LEFT OPEN', value: (result) => result.leftOpen, align: 'right' },
  { title: 'NEW PEOPLE', value: (result) => result.createdPeople, align: 'right' },
];

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
    .command('import-vcard')
    .description('Take people over from an address book: names, nicknames and birth dates.')
    .argument('<file>', 'a .vcf file')
    .addOption(new Flag('--dry-run', 'count only', { environment: 'PHOTOORG_DRY_RUN' }))
    .addOption(actorFlag())
    .action(
      runCommand<ImportVcardOptions, [string]>(async ({ context, options, arguments: [file] }) => {
        const vcards = await readFile(file);
        const library = await context.openLibrary();
        const result = await library.people.importVcards({ vcards, actor: actorOf(options), dryRun: options.dryRun });
        for (const { name } of result.ambiguous) {
          context.reporter.note(`'${name}' may be several people: left alone.`);
        }
        await context.print(vcardColumns, result);
        noteUndoOf(context.reporter, result);
      }),
    );

  people
    .command('place-names')
    .description('Find the faces of names that photos carry without saying where (Google Takeout, IPTC, keywords).')
    .addOption(new Flag('--dry-run', 'count only', { environment: 'PHOTOORG_DRY_RUN' }))
    .addOption(
      new Flag('--min-confidence <confidence>', 'name only faces that are at least so certain', {
        environment: 'PHOTOORG_MIN_CONFIDENCE',
        parse: parseConfidence,
      }),
    )
    .addOption(new Flag('--listed-only', 'only faces whose own photo carries the name', { environment: 'PHOTOORG_LISTED_ONLY' }))
    .addOption(
      new Flag('--create-all', 'make people of all names, also where no face is found', { environment: 'PHOTOORG_CREATE_ALL' }),
    )
    .addOption(actorFlag())
    .action(
      runCommand<PlaceNamesCommandOptions>(async ({ context, options }) => {
        const library = await context.openLibrary();
        await context.reporter.startProgress();
        const result = await library.placeNames({
          actor: actorOf(options),
          dryRun: options.dryRun,
          minConfidence: options.minConfidence,
          listedOnly: options.listedOnly,
          createAll: options.createAll,
          signal: context.signal,
          onProgress: ({ done }) =>
            context.reporter.progress({ text: `${Math.round(100 * done)} % of the faces compared`, done, total: 1 }),
        });
        context.reporter.endProgress();
        for (const { name, photos } of result.ambiguous) {
          context.reporter.note(`Several people go by '${name}', which ${photos} photos carry: left out. Merge or rename them.`);
        }
        for (const { faceId, message } of result.refused) context.reporter.note(`Face ${faceId}: ${message}`);
        await context.print(placeColumns, result);
        noteUndoOf(context.reporter, result);
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
