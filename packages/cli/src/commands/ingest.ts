import type { IndexPhotosOptions, IndexPhotosResult } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { parseCount } from '../flags/parse-value.ts';
import { describeProgress, notesOn, runColumns } from '../output/ingest-output.ts';
import type { CommandContext } from '../runtime/command-context.ts';
import { runCommand } from '../runtime/run-command.ts';
import { version } from '../version.ts';

interface IngestOptions {
  root?: string;
  exif?: boolean;
  places?: boolean;
  faces?: boolean;
  regions?: boolean;
  thumbnails?: boolean;
  dryRun?: boolean;
  retryFailed?: boolean;
  acceptMissing?: boolean;
  concurrency?: number;
  watch?: boolean;
  poll?: number;
}

const millisPerSecond = 1_000;

export function addIngestCommand(program: Command): void {
  const command = program
    .command('ingest')
    .description(
      'Index a folder of photos. Run it again any time: only what changed is read, and a run that was stopped goes on.',
    );
  const flags = [
    new Flag('--root <folder>', 'folder of photos', { environment: 'PHOTOORG_ROOT' }),
    new Flag('--exif', 'read shot time, place and camera', { environment: 'PHOTOORG_EXIF' }),
    new Flag('--places', 'name the places of photos with a position (default: on)', { environment: 'PHOTOORG_PLACES' }),
    new Flag('--faces', 'find and embed faces', { environment: 'PHOTOORG_FACES' }),
    new Flag('--regions', 'label faces as other programs did, in the files or sidecars (default: on)', {
      environment: 'PHOTOORG_REGIONS',
    }),
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
    new Flag('--watch', 'go on after the first run: index again whenever something changes, until Ctrl-C', {
      environment: 'PHOTOORG_WATCH',
    }),
    new Flag('--poll <seconds>', 'with --watch: look this often instead of being told of changes, for network drives', {
      environment: 'PHOTOORG_POLL',
      parse: parseCount,
    }),
  ];
  for (const flag of flags) command.addOption(flag);
  command
    .option('--no-exif', 'leave them out')
    .option('--no-places', 'leave positions without names')
    .option('--no-faces', 'do not look for faces')
    .option('--no-regions', "take no names over from other programs' face regions")
    .option('--no-thumbnails', 'keep no crops')
    .addHelpText('after', '\nWith neither --exif nor --faces, both are on, and so is --thumbnails unless it is set otherwise.')
    .action(
      runCommand<IngestOptions>(async ({ context, options }) => {
        const { InvalidInputError } = await import('@photoorg/sdk');
        if (options.root === undefined) throw new InvalidInputError('Expected --root FOLDER: the folder of photos to index.');
        if (options.watch && options.dryRun) throw new InvalidInputError('Expected --watch or --dry-run but received both.');
        const { checkRoot, countPhotos, openGazetteer, scanPhotos } = await import('@photoorg/ingest');
        // A mistyped folder must not leave a new database behind.
        await checkRoot(options.root);
        const steps = settleSteps(options);

        const library = await context.openLibrary();
        await using analyzer = steps.faces ? await startAnalyzer(context.signal) : undefined;
        const indexOptions: IndexPhotosOptions = {
          library,
          root: options.root,
          scanPhotos,
          countPhotos,
          analyzer,
          exif: steps.exif,
          places: options.places,
          gazetteer: options.places === false ? undefined : await openGazetteer(),
          importRegions: options.regions,
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
}

/** Whether a run of a watch is worth a line to a person. */
function didSomething({ created, updated, moved, missing, failed, missingNotMarked }: IndexPhotosResult): boolean {
  return created + updated + moved + missing + failed > 0 || missingNotMarked !== null;
}

function settleSteps({ exif, faces, thumbnails }: IngestOptions): { exif: boolean; faces: boolean; thumbnails: boolean } {
  const everything = exif === undefined && faces === undefined;
  return { exif: exif ?? everything, faces: faces ?? everything, thumbnails: thumbnails ?? everything };
}

async function startAnalyzer(signal: AbortSignal) {
  const { createFaceAnalyzer } = await import('@photoorg/vision');
  return createFaceAnalyzer({ signal });
}
