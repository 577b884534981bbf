import type { IndexPhotosResult, IndexProgress } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { parseCount } from '../flags/parse-value.ts';
import { formatDuration } from '../output/format-duration.ts';
import type { ProgressState } from '../output/reporter.ts';
import { type Column, formatNumber } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';
import { version } from '../version.ts';

interface IngestOptions {
  root?: string;
  places?: boolean;
  exif?: boolean;
  faces?: boolean;
  thumbnails?: boolean;
  dryRun?: boolean;
  retryFailed?: boolean;
  acceptMissing?: boolean;
  concurrency?: number;
}

const columns: Column<IndexPhotosResult>[] = [
  { title: 'SEEN', value: (result) => result.seen, align: 'right' },
  { title: 'NEW', value: (result) => result.created, align: 'right' },
  { title: 'CHANGED', value: (result) => result.updated, align: 'right' },
  { title: 'MOVED', value: (result) => result.moved, align: 'right' },
  { title: 'UNCHANGED', value: (result) => result.unchanged, align: 'right' },
  { title: 'MISSING', value: (result) => result.missing, align: 'right' },
  { title: 'FAILED', value: (result) => result.failed, align: 'right' },
  { title: 'FAILED BEFORE', value: (result) => result.failedBefore, align: 'right' },
  { title: 'FACES', value: (result) => result.faces, align: 'right' },
  { title: 'TIME', value: (result) => formatDuration(result.elapsedMillis), align: 'right' },
  { title: 'RUN', value: (result) => result.runId },
    new Flag('--places', 'name the places of photos with a position (default: on)', { environment: 'PHOTOORG_PLACES' }),
];

export function addIngestCommand(program: Command): void {
  const command = program
    .command('ingest')
    .description(
      'Index a folder of photos. Run it again any time: only what changed is read, and a run that was stopped goes on.',
    );
  const flags = [
    new Flag('--root <folder>', 'folder of photos', { environment: 'PHOTOORG_ROOT' }),
    new Flag('--exif', 'read shot time, place and camera', { environment: 'PHOTOORG_EXIF' }),
    new Flag('--faces', 'find and embed faces', { environment: 'PHOTOORG_FACES' }),
    new Flag('--thumbnails', 'keep a crop of each face', { environment: 'INGEST_THUMBNAILS' }),
    new Flag('--dry-run', 'read everything, write nothing', {
      environment: 'PHOTOORG_DRY_RUN',
    }),
    new Flag('--retry-failed', 'try files again that failed before, though they have not changed', {
      environment: 'PHOTOORG_RETRY_FAILED',
    }),
    new Flag('--accept-missing', 'mark files as missing even when many vanished at once', {
      environment: 'PHOTOORG_ACCEPT_MISSING',
    }),
    new Flag('--concurrency <count>', 'files read at a time (default: by processors)', {
      environment: 'PHOTOORG_CONCURRENCY',
      parse: parseCount,
    }),
    .option('--no-places', 'leave positions without names')
  ];
  for (const flag of flags) command.addOption(flag);
  command
    .option('--no-exif', 'leave them out')
    .option('--no-faces', 'do not look for faces')
    .option('--no-thumbnails', 'keep no crops')
    .addHelpText('after', '\nWith neither --exif nor --faces, both are on, and so is --thumbnails unless it is set otherwise.')
    .action(
      runCommand<IngestOptions>(async ({ context, options }) => {
        const { InvalidInputError, indexPhotos } = await import('@photoorg/sdk');
        if (options.root === undefined) throw new InvalidInputError('Expected --root FOLDER: the folder of photos to index.');
        if (options.watch && options.dryRun) throw new InvalidInputError('Expected --watch or --dry-run but received both.');
        const { checkRoot, countPhotos, openGazetteer, scanPhotos } = await import('@photoorg/ingest');
        // A mistyped folder must not leave a new database behind.
        await checkRoot(options.root);
        const steps = settleSteps(options);

        const library = await context.openLibrary();
        await using analyzer = steps.faces ? await startAnalyzer(context.signal) : undefined;
        await context.reporter.startProgress();
        const result = await indexPhotos({
          library,
          places: options.places,
          gazetteer: options.places === false ? undefined : await openGazetteer(),
          root: options.root,
          scanPhotos,
          countPhotos,
          analyzer,
          exif: steps.exif,
          thumbnails: steps.thumbnails,
          dryRun: options.dryRun,
          retryFailed: options.retryFailed,
          acceptMissing: options.acceptMissing,
          concurrency: options.concurrency,
          versions: { photoorg: version, node: process.versions.node },
          signal: context.signal,
          onProgress: (progress) => context.reporter.progress(describeProgress(progress)),
          onFileError: ({ path, code, message }) => context.fail(path, `${code}: ${message}`),
        };
        if (options.watch) await watch(context, indexOptions, options);
        else await indexOnce(context, indexOptions);
      }),
    );
}

async function indexOnce(context: CommandContext, options: IndexPhotosOptions): Promise<void> {
  const { indexPhotos } = await import('@photoorg/sdk');
  await context.reporter.startProgress();
  const result = await indexPhotos(options);
  context.reporter.endProgress();
  for (const note of notesOn(result)) context.reporter.note(note);
  // An interrupted run still says what it did.
  await context.print(runColumns, result, { evenWhenStopped: true });
}

async function watch(context: CommandContext, options: IndexPhotosOptions, { json, poll }: IngestOptions & { json?: boolean }) {
  const { watchPhotos } = await import('@photoorg/sdk');
  const { watchFolder } = await import('@photoorg/ingest');
  const rows = context.rows(runColumns, { signal: new AbortController().signal });
  await context.reporter.startProgress();
  let isFirst = true;
  for await (const result of watchPhotos({ ...options, watchFolder, pollMillis: poll && poll * millisPerSecond })) {
    context.reporter.endProgress();
    if (isFirst || json || didSomething(result)) {
      for (const note of notesOn(result)) context.reporter.note(note);
      await rows.write(result);
      await rows.end();
    }
    if (isFirst) context.reporter.note(`Watching ${options.root}; Ctrl-C ends it.`);
    isFirst = false;
    await context.reporter.startProgress();
  }
  if (missingNotMarked) {
    const { vanished, known } = missingNotMarked;
    notes.push(
      `${formatNumber(vanished)} of ${formatNumber(known)} known files are not there and were not marked as missing: is the disk mounted? (--accept-missing)`,
    );
  }
  return notes;
}

async function startAnalyzer(signal: AbortSignal) {
  const { createFaceAnalyzer } = await import('@photoorg/vision');
  return createFaceAnalyzer({ signal });
}

/** Short enough for 80 columns with the bar before it. */
function describeProgress(progress: IndexProgress): ProgressState {
  const { seen, total, filesPerSecond, etaMillis, created, unchanged, faces, failed } = progress;
  const parts = [
    total === null ? `${formatNumber(seen)} files` : `${formatNumber(seen)}/${formatNumber(total)}`,
    `${filesPerSecond.toFixed(1)}/s`,
    etaMillis === null ? null : `ETA ${formatDuration(etaMillis)}`,
    `new ${formatNumber(created)}`,
    `known ${formatNumber(unchanged)}`,
    `faces ${formatNumber(faces)}`,
    `failed ${formatNumber(failed)}`,
  ];
  return { text: parts.filter((part) => part !== null).join('  '), done: seen, total };
}
