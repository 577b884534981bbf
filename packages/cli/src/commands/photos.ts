import type { Photo, PhotoFilter } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { type ListOptions, listFlags } from '../flags/list-flags.ts';
import { parseDate } from '../flags/parse-value.ts';
import { formatPlace, PLACE_CREDIT } from '../output/format-place.ts';
import { formatShot } from '../output/format-shot.ts';
import type { Column } from '../output/table.ts';
import { printPages } from '../runtime/print-pages.ts';
import { resolvePerson } from '../runtime/resolve-person.ts';
import { runCommand } from '../runtime/run-command.ts';

interface PhotosOptions extends ListOptions {
  query?: string;
  place?: string;
  from?: Date;
  to?: Date;
  person?: string[];
  withoutPerson?: string[];
  faces?: boolean;
  missing?: boolean;
  order: 'newest' | 'oldest' | 'added';
}

const columns: Column<Photo>[] = [
  { title: 'PHOTO', value: (photo) => photo.photoId },
  { title: 'TAKEN', value: formatShot },
  { title: 'PLACE', value: formatPlace },
  { title: 'SIZE', value: (photo) => `${photo.width}x${photo.height}`, align: 'right' },
  { title: 'FACES', value: (photo) => (photo.facesDetectedAt ? photo.facesCount : null), align: 'right' },
  { title: 'PATH', value: (photo) => photo.path },
];

export function addPhotosCommand(program: Command): void {
  const command = program
    .command('photos')
    .description('List and search photos, newest first.')
    .argument('[photo...]', 'ids of photos to show');
  const flags = [
    new Flag('--query <words>', 'words in path, title, caption, keywords, place, camera or names', {
      environment: 'PHOTOORG_QUERY',
    }),
    new Flag('--place <words>', 'words of city, region or country, or the two-letter code of a country', {
      environment: 'PHOTOORG_PLACE',
    }),
    new Flag('--from <date>', 'taken on or after', { environment: 'PHOTOORG_FROM', parse: parseDate }),
    new Flag('--to <date>', 'taken up to', { environment: 'PHOTOORG_TO', parse: parseDate }),
    new Flag('--person <name|id>', 'with this person; repeat for several together', {
      environment: 'PHOTOORG_PERSON',
      repeatable: true,
    }),
    new Flag('--without-person <name|id>', 'without this person; repeatable', {
      environment: 'PHOTOORG_WITHOUT_PERSON',
      repeatable: true,
    }),
    new Flag('--faces', 'with faces', { environment: 'PHOTOORG_WITH_FACES' }),
    new Flag('--missing', 'also photos whose files are gone', {
      environment: 'PHOTOORG_MISSING',
    }),
    new Flag('--order <order>', 'what comes first', {
      environment: 'PHOTOORG_PHOTO_ORDER',
      choices: ['newest', 'oldest', 'added'],
      default: 'newest',
    }),
    ...listFlags(),
  ];
  for (const flag of flags) command.addOption(flag);
  command.option('--no-faces', 'without faces').action(
    runCommand<PhotosOptions, [string[]]>(async ({ context, options, arguments: [photoIds] }) => {
      const library = await context.openLibrary();
      let showsPlaces = false;
      const seen = (photo: Photo) => {
        showsPlaces ||= photo.placeCountry !== null;
        return photo;
      };
      if (photoIds.length > 0) {
        const rows = context.rows(columns);
        await context.forEach(photoIds, String, async (photoId) => rows.write(seen(await library.photos.get(photoId))));
        await rows.end();
        if (showsPlaces) context.reporter.note(PLACE_CREDIT);
        return;
      }
      const toIds = async (names: string[] | undefined) =>
        names && Promise.all(names.map(async (name) => (await resolvePerson(library, name)).personId));
      const filter: PhotoFilter = {
        q: options.query,
        place: options.place,
        shotFrom: options.from,
        shotTo: options.to,
        personId: await toIds(options.person),
        withoutPersonId: await toIds(options.withoutPerson),
        hasFaces: options.faces,
        includeMissing: options.missing,
      };
      await printPages(context, options, columns, async (range) => {
        const page = await library.photos.list({ ...filter, ...range, order: options.order });
        page.items.forEach(seen);
        return page;
      });
      if (showsPlaces) context.reporter.note(PLACE_CREDIT);
    }),
  );
}
