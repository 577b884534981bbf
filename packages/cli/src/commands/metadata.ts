import type { PhotoMetadata } from '@photoorg/ingest';
import type { Command } from 'commander';
import { exiftoolFlag } from '../flags/exiftool-flag.ts';
import { Flag } from '../flags/flag.ts';
import { startExiftool } from '../ingest/start-exiftool.ts';
import { formatExposure } from '../output/format-exposure.ts';
import { formatPlace, PLACE_CREDIT } from '../output/format-place.ts';
import { formatShot } from '../output/format-shot.ts';
import type { Column } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

type MetadataRow = ReturnType<typeof toRow>;

const columns: Column<MetadataRow>[] = [
  { title: 'FILE', value: (row) => row.file },
  { title: 'TAKEN', value: formatShot },
  { title: 'ZONE', value: (row) => row.zone },
  { title: 'SOURCE', value: (row) => row.shotSource },
  { title: 'SIZE', value: (row) => `${row.width}x${row.height}`, align: 'right' },
  { title: 'LATITUDE', value: (row) => row.latitude?.toFixed(5), align: 'right' },
  { title: 'LONGITUDE', value: (row) => row.longitude?.toFixed(5), align: 'right' },
  {
    title: 'PLACE',
    value: ({ place }) => place && formatPlace({ placeCity: place.city, placeRegion: place.region, placeCountry: place.country }),
  },
  { title: 'CAMERA', value: (row) => [row.make, row.model].filter(Boolean).join(' ') || null },
  { title: 'EXPOSURE', value: formatExposure },
];

export function addMetadataCommand(program: Command): void {
  program
    .command('metadata')
    .description('What ingest reads from photos: time, place, camera, size. Touches no database.')
    .argument('<file...>', 'photo files')
    .addOption(
      new Flag('--date-rules <file>', 'rules of your own for shot times, as JSON (see the guide to shot times)', {
        environment: 'PHOTOORG_DATE_RULES',
      }),
    )
    .addOption(exiftoolFlag('also read films and rare RAW formats'))
    .addHelpText('after', '\nPrints JSON, one line a file, absent values null; on a terminal a table unless --json is given.')
    .action(
      runCommand<{ dateRules?: string; exiftool?: boolean }, [string[]]>(
        async ({ context, options, arguments: [files] }) => {
          const { readDateRules, readPhotoMetadata } = await import('@photoorg/ingest');
          const dateRules = options.dateRules === undefined ? undefined : await readDateRules(options.dateRules);
          await using exiftool = await startExiftool(options.exiftool);
          const json = options.json || !process.stdout.isTTY;
          const rows = context.rows(columns, { json });
          let showsPlaces = false;
          await context.forEach(files, String, async (file) => {
            const metadata = await readPhotoMetadata(file, { dateRules, exiftool, signal: context.signal });
            showsPlaces ||= metadata.place !== null;
            await rows.write(toRow(file, metadata));
          });
          await rows.end();
          if (showsPlaces && !json) context.reporter.note(PLACE_CREDIT);
        },
        { usesLibrary: false },
      ),
    );
}

/** The flat names that programs read; `make` and `model` as EXIF calls them. */
function toRow(file: string, { shot, cameraMake, cameraModel, ...rest }: PhotoMetadata) {
  return {
    file,
    shotAt: shot.at,
    shotLocal: shot.local,
    offsetMinutes: shot.offsetMinutes,
    offsetSource: shot.offsetSource,
    zone: shot.zone,
    shotSource: shot.source,
    shotPrecision: shot.precision,
    shotCandidates: shot.candidates,
    make: cameraMake,
    model: cameraModel,
    ...rest,
  };
}
