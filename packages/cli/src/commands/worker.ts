import type { IndexQueuedPhotosResult } from '@photoorg/sdk';
import type { Command } from 'commander';
import { exiftoolFlag } from '../flags/exiftool-flag.ts';
import { Flag } from '../flags/flag.ts';
import { parseCount, parseMapping } from '../flags/parse-value.ts';
import { weightsFlag } from '../flags/weights-flag.ts';
import { AnalyzersForPlans } from '../ingest/analyzers-for-plans.ts';
import { scanWithThumbnails } from '../ingest/scan-with-thumbnails.ts';
import { startExiftool } from '../ingest/start-exiftool.ts';
import { formatDuration } from '../output/format-duration.ts';
import { describeProgress } from '../output/ingest-output.ts';
import { type Column, formatNumber } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface WorkerOptions {
  concurrency?: number;
  drain?: boolean;
  rootMap?: (readonly [string, string])[];
  faces?: boolean;
  exiftool?: boolean;
  thumbnails?: boolean;
  thumbnailsFolder?: string;
  weights?: string;
}

const columns: Column<IndexQueuedPhotosResult>[] = [
  { title: 'DONE', value: (result) => result.seen, align: 'right' },
  { title: 'NEW', value: (result) => result.created, align: 'right' },
  { title: 'CHANGED', value: (result) => result.updated, align: 'right' },
  { title: 'MOVED', value: (result) => result.moved, align: 'right' },
  { title: 'FAILED', value: (result) => result.failed, align: 'right' },
  { title: 'FACES', value: (result) => result.faces, align: 'right' },
  { title: 'TIME', value: (result) => formatDuration(result.elapsedMillis), align: 'right' },
];

export function addWorkerCommand(program: Command): void {
  const command = program
    .command('worker')
    .description(
      'Index what `photoorg ingest --enqueue` left to do. Any number of workers share the work, on one machine or many; needs a server.',
    );
  const flags = [
    new Flag('--concurrency <count>', 'files read at a time (default: by processors)', {
      environment: 'PHOTOORG_CONCURRENCY',
      parse: parseCount,
    }),
    new Flag('--drain', 'end when nothing is left to do, instead of waiting for more', { environment: 'PHOTOORG_DRAIN' }),
    new Flag('--root-map <stored=here>', 'where this machine has a folder of the one that enqueued; may be repeated', {
      environment: 'PHOTOORG_ROOT_MAP',
      parse: parseMapping,
      repeatable: true,
    }),
    exiftoolFlag('read films and rare RAW formats of runs that were enqueued with it'),
    weightsFlag(),
    new Flag('--faces', 'take runs that want faces (default: on)', { environment: 'PHOTOORG_FACES' }),
    new Flag('--thumbnails', 'render thumbnails of the photos of runs that were enqueued with them (default: on)', {
      environment: 'INGEST_THUMBNAILS',
    }),
    new Flag('--thumbnails-folder <folder>', 'where they go (default: the cache folder of the user)', {
      environment: 'PHOTOORG_THUMBNAILS',
    }),
  ];
  for (const flag of flags) command.addOption(flag);
  command
    .option('--no-faces', 'leave them to other workers')
    .option('--no-thumbnails', 'render none; they are rendered when they are first shown')
    .action(
      runCommand<WorkerOptions>(async ({ context, options }) => {
        const { indexQueuedPhotos } = await import('@photoorg/sdk');
        const { findGazetteer, limitSharp, scanPhotos } = await import('@photoorg/ingest');
        limitSharp();
        await using exiftool = await startExiftool(options.exiftool);
        const library = await context.openLibrary();
        await using analyzers = new AnalyzersForPlans({ weights: options.weights, signal: context.signal });
        await context.reporter.startProgress();
        const result = await indexQueuedPhotos({
          library,
          scanPhotos: (scanOptions) => scanPhotos({ ...scanOptions, exiftool }),
          scanWithThumbnails:
            options.thumbnails === false ? undefined : await scanWithThumbnails(library, options.thumbnailsFolder, { exiftool }),
          analyzer: options.faces === false ? undefined : (faces) => analyzers.start(faces),
          gazetteer: await findGazetteer(),
          rootMap: Object.fromEntries(options.rootMap ?? []),
          concurrency: options.concurrency,
          drain: options.drain,
          signal: context.signal,
          onProgress: (progress) => context.reporter.progress(describeProgress(progress)),
          onFileError: ({ path, code, message }) => context.fail(path, `${code}: ${message}`),
        });
        context.reporter.endProgress();
        for (const note of notesOn(result.leftToOthers)) context.reporter.note(note);
        await context.print(columns, result, { evenWhenStopped: true });
      }),
    );
}

function notesOn({ wantingFaces, elsewhere }: IndexQueuedPhotosResult['leftToOthers']): string[] {
  const left = [
    { count: wantingFaces, why: 'their runs want faces that this worker does not find' },
    { count: elsewhere, why: 'their folders are empty or not there on this machine (--root-map)' },
  ];
  return left
    .filter(({ count }) => count > 0)
    .map(({ count, why }) => `Left to other workers: ${formatNumber(count)} files; ${why}.`);
}
