import type { FileStory } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { formatPicture } from '../output/format-picture.ts';
import type { Column } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface FilesOptions {
  photo?: string;
  explain?: boolean;
}

const columns: Column<FileStory>[] = [
  { title: 'STATE', value: ({ missingSince }) => (missingSince ? `missing since ${missingSince.toISOString()}` : 'present') },
  { title: 'PICTURE', value: ({ pictureError }) => formatPicture(pictureError) },
  { title: 'KIND', value: (file) => file.kind },
  { title: 'PHOTO', value: (file) => file.photoId },
  { title: 'PATH', value: (file) => `${file.root}/${file.path}` },
];

const explainedColumns: Column<FileStory>[] = [...columns, { title: 'WHY', value: (file) => file.explanation.join(' ') }];

export function addFilesCommand(program: Command): void {
  program
    .command('files')
    .description('Show which photo each known file holds, and whether it is still there.')
    .argument('[path...]', 'files and folders; all of the library unless given')
    .addOption(new Flag('--photo <id>', 'the files of this photo', { environment: 'PHOTOORG_PHOTO' }))
    .addOption(
      new Flag('--explain', 'say what became of each file: found, moved, copied, edited, replaced, gone, back', {
        environment: 'PHOTOORG_EXPLAIN',
      }),
    )
    .action(
      runCommand<FilesOptions, [string[]]>(async ({ context, options, arguments: [paths] }) => {
        const library = await context.openLibrary();
        const rows = context.rows(options.explain ? explainedColumns : columns);
        const filter = { photoId: options.photo, paths: paths.length > 0 ? paths : undefined, signal: context.signal };
        for await (const file of library.files.iterate(filter)) await rows.write(file);
        await rows.end();
      }),
    );
}
