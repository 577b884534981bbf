import type { FillSpaceResult, SpaceComparison, SpaceSeparation, SpaceStatus, SpaceSwitch } from '@photoorg/sdk';
import type { Command } from 'commander';
import { type ActorOptions, actorFlag, actorOf } from '../flags/actor-flag.ts';
import { Flag } from '../flags/flag.ts';
import { parseCount } from '../flags/parse-value.ts';
import { weightsFlag } from '../flags/weights-flag.ts';
import { EMBEDDERS, type EmbedderName } from '../ingest/embedder-for-space.ts';
import { refuseIdleFlags } from '../ingest/refuse-idle-flags.ts';
import { startAnalyzer } from '../ingest/start-analyzer.ts';
import { type Column, formatNumber } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

const statusColumns: Column<SpaceStatus>[] = [
  { title: 'SPACE', value: (space) => space.name },
  { title: 'SERVES', value: (space) => (space.active ? 'yes' : '') },
  { title: 'FACES', value: (space) => space.faces, align: 'right' },
  { title: 'MISSING', value: (space) => space.missing, align: 'right' },
  { title: 'FAILED', value: (space) => space.failed, align: 'right' },
];

const fillColumns: Column<FillSpaceResult>[] = [
  { title: 'SPACE', value: (result) => result.space },
  { title: 'EMBEDDED', value: (result) => result.embedded, align: 'right' },
  { title: 'FAILED', value: (result) => result.failed, align: 'right' },
  { title: 'STILL MISSING', value: (result) => result.missing, align: 'right' },
];

const separationColumns: Column<SpaceSeparation>[] = [
  { title: 'SPACE', value: (space) => space.space },
  { title: 'RIGHT PERSON NEAREST', value: (space) => percent(space.rank1), align: 'right' },
  { title: 'NAMED AT 99.5 %', value: (space) => percent(space.coverage), align: 'right' },
  { title: 'SAME PERSON', value: (space) => space.sameDistance.toFixed(3), align: 'right' },
  { title: 'ANYBODY ELSE', value: (space) => space.otherDistance.toFixed(3), align: 'right' },
];

const switchColumns: Column<SpaceSwitch>[] = [
  { title: 'FROM', value: (change) => change.from },
  { title: 'TO', value: (change) => change.to },
  { title: 'BY', value: (change) => change.actor },
  { title: 'AT', value: (change) => change.createdAt.toISOString() },
];

export function addSpacesCommand(program: Command): void {
  const spaces = program
    .command('spaces')
    .description('Embedding spaces side by side: one serves, others are filled and compared before they take its place.');
  addList(spaces);
  addFill(spaces);
  addCompare(spaces);
  addUse(spaces);
  addRollback(spaces);
}

function addList(spaces: Command): void {
  spaces
    .command('list')
    .description('Every space, which one serves, and how many faces have a vector in it.')
    .action(
      runCommand(async ({ context }) => {
        const library = await context.openLibrary();
        const rows = context.rows(statusColumns);
        for (const space of await library.spaces.list()) await rows.write(space);
        await rows.end();
      }),
    );
}

function addFill(spaces: Command): void {
  spaces
    .command('fill')
    .description(
      'Give every face a vector of another embedder, from its photo. The space that serves goes on serving; run it again any time, a fill that was stopped goes on.',
    )
    .addOption(
      new Flag('--embedder <name>', 'whose space to fill', {
        environment: 'PHOTOORG_EMBEDDER',
        choices: EMBEDDERS,
      }),
    )
    .addOption(weightsFlag())
    .addOption(new Flag('--retry-failed', 'try faces again that failed before', { environment: 'PHOTOORG_RETRY_FAILED' }))
    .addOption(
      new Flag('--concurrency <count>', 'photos read at a time (default: by processors)', {
        environment: 'PHOTOORG_CONCURRENCY',
        parse: parseCount,
      }),
    )
    .action(
      runCommand<{ embedder?: EmbedderName; weights?: string; retryFailed?: boolean; concurrency?: number }>(
        async ({ context, options, isTyped }) => {
          const { InvalidInputError } = await import('@photoorg/sdk');
          const { embedder } = options;
          if (!embedder) throw new InvalidInputError(`Expected --embedder: one of ${EMBEDDERS.join(', ')}.`);
          const isIdle = isTyped('weights') && embedder !== 'faceplugin';
          refuseIdleFlags([{ flag: '--weights', isIdle, because: 'it needs --embedder faceplugin' }], InvalidInputError);
          const { limitSharp, readUnusualPixels } = await import('@photoorg/ingest');
          limitSharp();
          const library = await context.openLibrary();
          await using analyzer = await startAnalyzer({
            embedder,
            weights: options.weights,
            signal: context.signal,
          });
          await context.reporter.startProgress();
          const result = await library.spaces.fill({
            analyzer,
            readPixels: readUnusualPixels,
            retryFailed: options.retryFailed,
            concurrency: options.concurrency,
            signal: context.signal,
            onProgress: ({ embedded, failed, total }) =>
              context.reporter.progress({
                text: `${formatNumber(embedded)} faces embedded${failed > 0 ? `, ${formatNumber(failed)} failed` : ''}`,
                done: embedded + failed,
                total,
              }),
          });
          context.reporter.endProgress();
          await context.print(fillColumns, result, { evenWhenStopped: true });
          if (result.failed > 0) {
            const failures = await library.spaces.failures({ space: result.space });
            for (const { faceId, code, message } of failures) context.fail(faceId, `${code}: ${message}`);
          }
        },
      ),
    );
}

function addCompare(spaces: Command): void {
  spaces
    .command('compare')
    .description('How the confirmed people separate in a space, beside the one that serves.')
    .argument('<space>', 'name or id of a space')
    .addOption(new Flag('--with <space>', 'compare with this one instead', { environment: 'PHOTOORG_COMPARE_WITH' }))
    .addOption(
      new Flag('--probes <count>', 'faces that are tried (default: 1000)', { environment: 'PHOTOORG_PROBES', parse: parseCount }),
    )
    .action(
      runCommand<{ with?: string; probes?: number }, [string]>(async ({ context, options, arguments: [space] }) => {
        const library = await context.openLibrary();
        await context.reporter.startProgress();
        const comparison = await library.spaces.compare({
          space,
          with: options.with,
          probes: options.probes,
          signal: context.signal,
          onProgress: ({ done, total }) =>
            context.reporter.progress({ text: `${formatNumber(done)} faces compared`, done, total }),
        });
        context.reporter.endProgress();
        await printComparison(context, comparison);
      }),
    );
}

async function printComparison(
  context: Parameters<Parameters<typeof runCommand>[0]>[0]['context'],
  comparison: SpaceComparison,
): Promise<void> {
  if (context.printsJson) return context.print([], comparison);
  const rows = context.rows(separationColumns);
  for (const space of comparison.spaces) await rows.write(space);
  await rows.end();
  const { faces, people, disagreements } = comparison;
  context.reporter.note(`Compared on ${formatNumber(faces)} confirmed faces of ${formatNumber(people)} people.`);
  if (disagreements.length > 0) {
    context.reporter.note(
      `Faces that they take for different people (--json has all): ${disagreements
        .map(({ faceId }) => faceId)
        .slice(0, 5)
        .join(', ')}`,
    );
  }
}

function addUse(spaces: Command): void {
  spaces
    .command('use')
    .description('Let a space serve from now on: every search, suggestion and queue. `spaces rollback` takes it back.')
    .argument('<space>', 'name or id of a space')
    .addOption(new Flag('--incomplete', 'even when labelled faces have no vector in it', { environment: 'PHOTOORG_INCOMPLETE' }))
    .addOption(actorFlag())
    .action(
      runCommand<{ incomplete?: boolean } & ActorOptions, [string]>(async ({ context, options, arguments: [space] }) => {
        const library = await context.openLibrary();
        const { incomplete } = options;
        await context.print(switchColumns, await library.spaces.use({ space, incomplete, actor: actorOf(options) }));
      }),
    );
}

function addRollback(spaces: Command): void {
  spaces
    .command('rollback')
    .description('Take back the last choice of a space.')
    .addOption(actorFlag())
    .action(
      runCommand<ActorOptions>(async ({ context, options }) => {
        const library = await context.openLibrary();
        await context.print(switchColumns, await library.spaces.rollback({ actor: actorOf(options) }));
      }),
    );
}
