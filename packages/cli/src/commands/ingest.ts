import type { IndexPhotosOptions, IndexPlanOptions, ScanPhotos } from '@photoorg/sdk';
import type { Command } from 'commander';
import { exiftoolFlag } from '../flags/exiftool-flag.ts';
import { Flag } from '../flags/flag.ts';
import { minFaceFlag } from '../flags/min-face-flag.ts';
import { parseCount } from '../flags/parse-value.ts';
import { weightsFlag } from '../flags/weights-flag.ts';
import { enqueue } from '../ingest/enqueue.ts';
import { indexOnce } from '../ingest/index-once.ts';
import { refuseIdleFlags } from '../ingest/refuse-idle-flags.ts';
import { scanWithThumbnails } from '../ingest/scan-with-thumbnails.ts';
import { servingEmbedder, startAnalyzer } from '../ingest/start-analyzer.ts';
import { startExiftool } from '../ingest/start-exiftool.ts';
import { watch } from '../ingest/watch.ts';
import { describeProgress } from '../output/ingest-output.ts';
import { runCommand } from '../runtime/run-command.ts';
import { version } from '../version.ts';

interface IngestOptions {
  root?: string;
  exif?: boolean;
  exiftool?: boolean;
  dateRules?: string;
  places?: boolean;
  faces?: boolean;
  regions?: boolean;
  thumbnails?: boolean;
  thumbnailsFolder?: string;
  dryRun?: boolean;
  retryFailed?: boolean;
  reread?: boolean | string;
  acceptMissing?: boolean;
  newestFirst?: boolean;
  concurrency?: number;
  minFace?: number;
  weights?: string;
  watch?: boolean;
  poll?: number;
  enqueue?: boolean;
}

export function addIngestCommand(program: Command): void {
  const command = program
    .command('ingest')
    .description(
      'Index a folder of photos. Run it again any time: only what changed is read, and a run that was stopped goes on.',
    );
  const flags = [
    new Flag('--root <folder>', 'folder of photos', { environment: 'PHOTOORG_ROOT' }),
    new Flag('--exif', 'read shot time, place and camera', { environment: 'PHOTOORG_EXIF' }),
    new Flag('--date-rules <file>', 'rules of your own for shot times, as JSON (see the guide to shot times)', {
      environment: 'PHOTOORG_DATE_RULES',
    }),
    new Flag('--places', 'name the places of photos with a position (default: on)', { environment: 'PHOTOORG_PLACES' }),
    exiftoolFlag('index films and rare RAW formats, too'),
    new Flag('--faces', 'find and embed faces', { environment: 'PHOTOORG_FACES' }),
    minFaceFlag(),
    weightsFlag(),
    new Flag('--regions', 'label faces as other programs did, in the files or sidecars (default: on)', {
      environment: 'PHOTOORG_REGIONS',
    }),
    new Flag('--thumbnails', 'render a thumbnail of each photo, and keep a crop of each face', {
      environment: 'INGEST_THUMBNAILS',
    }),
    new Flag('--thumbnails-folder <folder>', 'where the thumbnails go (default: with the library)', {
      environment: 'PHOTOORG_THUMBNAILS',
    }),
    new Flag('--dry-run', 'read everything, write nothing', {
      environment: 'PHOTOORG_DRY_RUN',
    }),
    new Flag('--retry-failed', 'try files again that failed before, though they have not changed', {
      environment: 'PHOTOORG_RETRY_FAILED',
    }),
    new Flag(
      '--reread [path]',
      'read files again that have not changed: all, or those in a folder, or a file, relative to the root',
      {
        environment: 'PHOTOORG_REREAD',
        parse: (text) => ({ true: true, 1: true, false: false, 0: false })[text] ?? text,
      },
    ),
    new Flag('--accept-missing', 'mark files as missing even when many vanished at once, or the whole folder', {
      environment: 'PHOTOORG_ACCEPT_MISSING',
    }),
    new Flag('--newest-first', 'read the newest photos first: by the days in their names, else by their last changes', {
      environment: 'PHOTOORG_NEWEST_FIRST',
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
    new Flag('--enqueue', 'read nothing; leave what is new or changed to `photoorg worker`, on this machine or others', {
      environment: 'PHOTOORG_ENQUEUE',
    }),
  ];
  for (const flag of flags) command.addOption(flag);
  command
    .option('--no-exif', 'leave them out')
    .option('--no-places', 'leave positions without names')
    .option('--no-faces', 'do not look for faces')
    .option('--no-regions', "take no names over from other programs' face regions")
    .option('--no-thumbnails', 'keep neither')
    .addHelpText('after', '\nWith neither --exif nor --faces, both are on, and so is --thumbnails unless it is set otherwise.')
    .action(
      runCommand<IngestOptions>(async ({ context, options, isTyped }) => {
        const { InvalidInputError } = await import('@photoorg/sdk');
        if (options.root === undefined) throw new InvalidInputError('Expected --root FOLDER: the folder of photos to index.');
        const modes = (['watch', 'dryRun', 'enqueue'] as const).filter((mode) => options[mode]);
        if (modes.length > 1)
          throw new InvalidInputError('Expected one of --watch, --dry-run and --enqueue but received several.');
        const { checkRoot, countPhotos, findGazetteer, limitSharp, readDateRules, scanPhotos } = await import('@photoorg/ingest');
        limitSharp();
        // A mistyped folder must not leave a new database behind; one that is gone for good may be all that is left to say.
        if (!options.acceptMissing) await checkRoot(options.root);
        const steps = settleSteps(options);
        const typed = (name: keyof IngestOptions, isNeedless: boolean) => isTyped(name) && isNeedless;
        const isEnqueued = options.enqueue ?? false;
        refuseIdleFlags(
          [
            { flag: '--concurrency', isIdle: typed('concurrency', isEnqueued), because: 'each `photoorg worker` sets its own' },
            {
              flag: '--thumbnails-folder',
              isIdle: typed('thumbnailsFolder', isEnqueued),
              because: 'each `photoorg worker` has its own',
            },
            {
              flag: '--thumbnails-folder',
              isIdle: typed('thumbnailsFolder', !steps.thumbnails),
              because: 'it needs --thumbnails',
            },
            { flag: '--reread', isIdle: typed('reread', isEnqueued), because: 'each `photoorg worker` reads what changed' },
            { flag: '--poll', isIdle: typed('poll', !options.watch), because: 'it needs --watch' },
            { flag: '--min-face', isIdle: typed('minFace', !steps.faces), because: 'it needs --faces' },
            { flag: '--weights', isIdle: typed('weights', !steps.faces), because: 'it needs --faces' },
            { flag: '--date-rules', isIdle: typed('dateRules', !steps.exif), because: 'it needs --exif' },
          ],
          InvalidInputError,
        );
        const dateRules = options.dateRules === undefined ? undefined : await readDateRules(options.dateRules);

        await using exiftool = await startExiftool(options.exiftool);
        const order = options.newestFirst ? 'newest' : 'path';
        const scan: ScanPhotos = (scanOptions) => scanPhotos({ ...scanOptions, order, exiftool });

        const library = await context.openLibrary();
        await using analyzer = steps.faces
          ? await startAnalyzer({
              minFace: options.minFace,
              embedder: await servingEmbedder(library),
              weights: options.weights,
              signal: context.signal,
            })
          : undefined;
        const planOptions: IndexPlanOptions = {
          exif: steps.exif,
          dateRules,
          places: options.places,
          importRegions: options.regions,
          thumbnails: steps.thumbnails,
          acceptMissing: options.acceptMissing,
        };
        const { root, retryFailed, reread } = options;
        const versions = { photoorg: version, node: process.versions.node, ...(exiftool && { exiftool: exiftool.version }) };
        if (isEnqueued) {
          return await enqueue(context, { ...planOptions, library, root, scanPhotos: scan, analyzer, retryFailed, versions });
        }
        const rendersThumbnails = steps.thumbnails && !options.dryRun;
        const indexOptions: IndexPhotosOptions = {
          ...planOptions,
          library,
          root,
          scanPhotos: rendersThumbnails ? await scanWithThumbnails(library, options.thumbnailsFolder, { order, exiftool }) : scan,
          countPhotos: (countOptions) => countPhotos({ ...countOptions, exiftool: exiftool !== undefined }),
          analyzer,
          gazetteer: options.places === false ? undefined : await findGazetteer(),
          dryRun: options.dryRun,
          retryFailed,
          reread,
          concurrency: options.concurrency,
          versions,
          signal: context.signal,
          onProgress: (progress) => context.reporter.progress(describeProgress(progress)),
          onFileError: ({ path, code, message }) => context.fail(path, `${code}: ${message}`),
        };
        if (options.watch) await watch(context, indexOptions, options.poll);
        else await indexOnce(context, indexOptions);
      }),
    );
}

function settleSteps({ exif, faces, thumbnails }: IngestOptions): { exif: boolean; faces: boolean; thumbnails: boolean } {
  const everything = exif === undefined && faces === undefined;
  return { exif: exif ?? everything, faces: faces ?? everything, thumbnails: thumbnails ?? everything };
}
