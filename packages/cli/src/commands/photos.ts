import type { Photo, PhotoFilter, StoredMetadata } from '@photoorg/sdk';
import type { Command } from 'commander';
import { type CameraOptions, cameraFilter, cameraFlags } from '../flags/camera-flags.ts';
import { Flag } from '../flags/flag.ts';
import { type ListOptions, listFlags } from '../flags/list-flags.ts';
import { parseShotBound } from '../flags/parse-value.ts';
import { formatPicture } from '../output/format-picture.ts';
import { formatPlace, PLACE_CREDIT } from '../output/format-place.ts';
import { formatShot } from '../output/format-shot.ts';
import type { Column } from '../output/table.ts';
import { printPages } from '../runtime/print-pages.ts';
import { resolvePerson } from '../runtime/resolve-person.ts';
import { runCommand } from '../runtime/run-command.ts';

interface PhotosOptions extends ListOptions, CameraOptions {
  query?: string;
  place?: string;
  from?: string;
  to?: string;
  person?: string[];
  withoutPerson?: string[];
  exactly?: string[];
  faces?: boolean;
  missing?: boolean;
  metadata?: boolean;
  order: 'newest' | 'oldest' | 'added';
}

type PhotoRow = Photo & { metadata?: StoredMetadata };

const columns: Column<PhotoRow>[] = [
  { title: 'PHOTO', value: (photo) => photo.photoId },
  { title: 'TAKEN', value: formatShot },
  { title: 'PLACE', value: formatPlace },
  { title: 'SIZE', value: (photo) => `${photo.width}x${photo.height}`, align: 'right' },
  { title: 'FACES', value: (photo) => (photo.facesDetectedAt ? photo.facesCount : null), align: 'right' },
  { title: 'PICTURE', value: ({ pictureError }) => formatPicture(pictureError) },
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
    new Flag('--from <date>', 'taken on or after this year, month, day or time of the camera', {
      environment: 'PHOTOORG_FROM',
      parse: parseShotBound,
    }),
    new Flag('--to <date>', 'taken up to then, a year, month or day included', {
      environment: 'PHOTOORG_TO',
      parse: parseShotBound,
    }),
    new Flag('--person <name|id>', 'with this person; repeat for several together', {
      environment: 'PHOTOORG_PERSON',
      repeatable: true,
    }),
    new Flag('--without-person <name|id>', 'without this person; repeatable', {
      environment: 'PHOTOORG_WITHOUT_PERSON',
      repeatable: true,
    }),
    new Flag('--exactly <name|id>', 'with this person and nobody else who has a name; repeat for several together', {
      environment: 'PHOTOORG_EXACTLY',
      repeatable: true,
    }),
    new Flag('--faces', 'with faces', { environment: 'PHOTOORG_WITH_FACES' }),
    ...cameraFlags(),
    new Flag('--missing', 'also photos whose files are gone', {
      environment: 'PHOTOORG_MISSING',
    }),
    new Flag('--order <order>', 'what comes first', {
      environment: 'PHOTOORG_PHOTO_ORDER',
      choices: ['newest', 'oldest', 'added'],
      default: 'newest',
    }),
    new Flag('--metadata', 'all that was read of each: every tag, every date; prints JSON', {
      environment: 'PHOTOORG_WITH_METADATA',
    }),
    ...listFlags(),
  ];
  for (const flag of flags) command.addOption(flag);
  command.option('--no-faces', 'without faces').action(
    runCommand<PhotosOptions, [string[]]>(async ({ context, options, arguments: [photoIds] }) => {
      const library = await context.openLibrary();
      const json = options.json || options.metadata;
      let showsPlaces = false;
      const toRow = async (photo: Photo): Promise<PhotoRow> => {
        showsPlaces ||= photo.placeCountry !== null;
        return options.metadata ? { ...photo, metadata: await library.photos.metadata(photo.photoId) } : photo;
      };
      if (photoIds.length > 0) {
        const rows = context.rows(columns, { json });
        await context.forEach(photoIds, String, async (photoId) => rows.write(await toRow(await library.photos.get(photoId))));
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
        exactPersonId: await toIds(options.exactly),
        hasFaces: options.faces,
        ...cameraFilter(options),
        includeMissing: options.missing,
      };
      await printPages(context, { ...options, json }, columns, async (range) => {
        const page = await library.photos.list({ ...filter, ...range, order: options.order });
        return { ...page, items: await Promise.all(page.items.map(toRow)) };
      });
      if (showsPlaces) context.reporter.note(PLACE_CREDIT);
    }),
  );
}
