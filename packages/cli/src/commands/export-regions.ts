import type { ExportedRegions } from '@photoorg/sdk';
import type { Command } from 'commander';
import { exiftoolFlag } from '../flags/exiftool-flag.ts';
import { Flag } from '../flags/flag.ts';
import { startExiftool } from '../ingest/start-exiftool.ts';
import type { Column } from '../output/table.ts';
import { resolvePerson } from '../runtime/resolve-person.ts';
import { runCommand } from '../runtime/run-command.ts';

interface ExportRegionsOptions {
  photo?: string[];
  person?: string;
  all?: boolean;
  keywords?: boolean;
  dryRun?: boolean;
  exiftool?: boolean;
}

const columns: Column<ExportedRegions>[] = [
  { title: 'STATUS', value: (file) => file.status },
  { title: 'NAMES', value: (file) => file.names.join(', ') },
  { title: 'SIDECAR', value: (file) => file.sidecar ?? file.path },
];

export function addExportRegionsCommand(program: Command): void {
  const command = program
    .command('export-regions')
    .description(
      'Write who is on photos into sidecars (photo.jpg.xmp), for other programs. Confirmed and imported names; photos are never written.',
    );
  const flags = [
    new Flag('--photo <id>', 'this photo; repeatable', { environment: 'PHOTOORG_PHOTO', repeatable: true }),
    new Flag('--person <name|id>', 'photos with this person', { environment: 'PHOTOORG_PERSON' }),
    new Flag('--all', 'every photo with names', { environment: 'PHOTOORG_ALL' }),
    new Flag('--keywords', 'add the names to the keywords, too', { environment: 'PHOTOORG_KEYWORDS' }),
    new Flag('--dry-run', 'say what would be written, write nothing', { environment: 'PHOTOORG_DRY_RUN' }),
    exiftoolFlag('also edit sidecars that photoorg refuses, and read films and rare RAW formats'),
  ];
  for (const flag of flags) command.addOption(flag);
  command.action(
    runCommand<ExportRegionsOptions>(async ({ context, options }) => {
      const { exportRegions, InvalidInputError } = await import('@photoorg/sdk');
      const choices = [options.photo, options.person, options.all || undefined].filter((choice) => choice !== undefined);
      if (choices.length !== 1)
        throw new InvalidInputError('Expected one of --photo, --person and --all: which photos to export.');
      const { writeFaceRegions } = await import('@photoorg/ingest');
      await using exiftool = await startExiftool(options.exiftool);
      const library = await context.openLibrary();
      const personId = options.person === undefined ? undefined : (await resolvePerson(library, options.person)).personId;
      const rows = context.rows(columns);
      const { photo: photoIds, keywords, dryRun } = options;
      const files = exportRegions({
        library,
        writeFaceRegions: (file, writeOptions) => writeFaceRegions(file, { ...writeOptions, exiftool }),
        photoIds,
        personId,
        keywords,
        dryRun,
        signal: context.signal,
      });
      for await (const file of files) {
        if (file.error) context.fail(file.path, `${file.error.code}: ${file.error.message}`);
        await rows.write(file);
      }
      await rows.end();
    }),
  );
}
