import type { Face } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { type ListOptions, listFlags } from '../flags/list-flags.ts';

import { formatLabel } from '../output/format-label.ts';
import type { Column } from '../output/table.ts';
import { printPages } from '../runtime/print-pages.ts';
import { resolvePerson } from '../runtime/resolve-person.ts';
import { runCommand } from '../runtime/run-command.ts';
import { addFacesByHand } from './faces-by-hand.ts';

interface FacesOptions extends ListOptions {
  photo?: string;
  person?: string;
  labelled?: boolean;
}

export const faceColumns: Column<Face>[] = [
  { title: 'FACE', value: (face) => face.faceId },
  { title: 'PHOTO', value: (face) => face.photoId },
  { title: 'X', value: (face) => face.box.x, align: 'right' },
  { title: 'Y', value: (face) => face.box.y, align: 'right' },
  { title: 'SIZE', value: (face) => `${face.box.width}x${face.box.height}`, align: 'right' },
  { title: 'SCORE', value: (face) => face.score, align: 'right' },
  { title: 'PERSON', value: formatLabel },
];

export function addFacesCommand(program: Command): void {
  const command = program
    .command('faces')
    .description('List faces, oldest first; draw, move and remove them.')
    .argument('[face...]', 'ids of faces to show');
  addFacesByHand(command);
  const flags = [
    new Flag('--photo <id>', 'of this photo', { environment: 'PHOTOORG_PHOTO' }),
    new Flag('--person <name|id>', 'of this person', { environment: 'PHOTOORG_PERSON' }),
    new Flag('--labelled', 'with a name', { environment: 'PHOTOORG_LABELLED' }),
    ...listFlags(),
  ];
  for (const flag of flags) command.addOption(flag);
  command.option('--no-labelled', 'without a name').action(
    runCommand<FacesOptions, [string[]]>(async ({ context, options, arguments: [faceIds] }) => {
      const library = await context.openLibrary();
      if (faceIds.length > 0) {
        const rows = context.rows(faceColumns);
        await context.forEach(faceIds, String, async (faceId) => rows.write(await library.faces.get(faceId)));
        return rows.end();
      }
      const filter = {
        photoId: options.photo,
        personId: options.person && (await resolvePerson(library, options.person)).personId,
        labelled: options.labelled,
      };
      await printPages(context, options, faceColumns, (page) => library.faces.list({ ...filter, ...page }));
    }),
  );
}
