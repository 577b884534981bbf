import type { DuplicateGroup, DuplicatePhoto } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import type { Column } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface DuplicatesOptions {
  kind?: DuplicateGroup['kind'][];
}

/** One line of the table: a file of a photo of a group. */
interface Line {
  group: number;
  kind: DuplicateGroup['kind'];
  photo: DuplicatePhoto;
  path: string;
  reason: string | null;
}

const columns: Column<Line>[] = [
  { title: 'GROUP', value: (line) => line.group, align: 'right' },
  { title: 'KIND', value: (line) => line.kind },
  { title: 'BITS', value: (line) => line.photo.distance, align: 'right' },
  { title: 'SIZE', value: ({ photo }) => `${photo.width}x${photo.height}`, align: 'right' },
  { title: 'BYTES', value: ({ photo }) => photo.filesize, align: 'right' },
  { title: 'PATH', value: (line) => line.path },
  { title: 'WHY', value: (line) => line.reason },
];

const groupColumns: Column<DuplicateGroup>[] = [{ title: 'WHY', value: (group) => group.reason }];

export function addDuplicatesCommand(program: Command): void {
  program
    .command('duplicates')
    .description(
      'List photos that are there more than once: exact copies, resized or edited ones (near), and shots within seconds (burst).',
    )
    .addOption(
      new Flag('--kind <kind>', 'only these; repeatable', {
        environment: 'PHOTOORG_DUPLICATES',
        choices: ['exact', 'near', 'burst'],
        repeatable: true,
      }),
    )
    .addHelpText('after', '\nNothing is removed. With --json, one line a group.')
    .action(
      runCommand<DuplicatesOptions>(async ({ context, options }) => {
        const library = await context.openLibrary();
        const groups = await library.duplicates.find({ kinds: options.kind, signal: context.signal });
        if (context.printsJson) {
          const rows = context.rows(groupColumns);
          for (const group of groups) await rows.write(group);
          return rows.end();
        }
        const rows = context.rows(columns);
        for (const [index, group] of groups.entries()) for (const line of linesOf(group, index + 1)) await rows.write(line);
        await rows.end();
      }),
    );
}

/** The reason stands in the first line of a group. */
function linesOf({ kind, reason, photos }: DuplicateGroup, group: number): Line[] {
  const files = photos.flatMap((photo) => photo.paths.map((path) => ({ photo, path })));
  return files.map(({ photo, path }, index) => ({ group, kind, photo, path, reason: index === 0 ? reason : null }));
}
