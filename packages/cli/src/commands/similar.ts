import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Face } from '@photoorg/sdk';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { parseCount, parseDistance, parseShotBound } from '../flags/parse-value.ts';
import { formatLabel } from '../output/format-label.ts';
import type { Column } from '../output/table.ts';
import { resolvePerson } from '../runtime/resolve-person.ts';
import { runCommand } from '../runtime/run-command.ts';

interface SimilarOptions {
  embedding?: string;
  space?: string;
  limit: number;
  maxDistance?: number;
  person?: string;
  labelled?: boolean;
  from?: string;
  to?: string;
}

interface SimilarRow {
  /** The face asked about; null for an embedding from a file. */
  probeFaceId: string | null;
  distance: number;
  face: Face;
}

const defaultNeighbours = 20;

const columns: Column<SimilarRow>[] = [
  { title: 'DISTANCE', value: (row) => row.distance.toFixed(3), align: 'right' },
  { title: 'FACE', value: (row) => row.face.faceId },
  { title: 'PHOTO', value: (row) => row.face.photoId },
  { title: 'PERSON', value: (row) => formatLabel(row.face) },
];

export function addSimilarCommand(program: Command): void {
  const command = program
    .command('similar')
    .description('Faces like this one, nearest first (distance: smaller is closer).')
    .argument('[face...]', 'ids of faces');
  const flags = [
    new Flag('--embedding <file>', 'ask about an embedding instead: a JSON array of numbers; - reads stdin', {
      environment: 'PHOTOORG_EMBEDDING',
    }),
    new Flag('--space <name>', 'embedding space to search', { environment: 'PHOTOORG_SPACE' }),
    new Flag('--limit <count>', 'at most this many', {
      environment: 'PHOTOORG_LIMIT',
      parse: parseCount,
      default: defaultNeighbours,
    }),
    new Flag('--max-distance <distance>', 'no further than this', { environment: 'PHOTOORG_MAX_DISTANCE', parse: parseDistance }),
    new Flag('--person <name|id>', 'among the faces of this person', { environment: 'PHOTOORG_PERSON' }),
    new Flag('--labelled', 'among faces with a name', { environment: 'PHOTOORG_LABELLED' }),
    new Flag('--from <date>', 'in photos taken on or after', { environment: 'PHOTOORG_FROM', parse: parseShotBound }),
    new Flag('--to <date>', 'in photos taken up to then, a year, month or day included', {
      environment: 'PHOTOORG_TO',
      parse: parseShotBound,
    }),
  ];
  for (const flag of flags) command.addOption(flag);
  command.option('--no-labelled', 'among faces without a name').action(
    runCommand<SimilarOptions, [string[]]>(async ({ context, options, arguments: [faceIds] }) => {
      const embedding = options.embedding === undefined ? undefined : await readEmbedding(options.embedding);
      if ((faceIds.length === 0) === (embedding === undefined)) {
        const { InvalidInputError } = await import('@photoorg/sdk');
        throw new InvalidInputError('Expected either ids of faces or --embedding FILE.');
      }
      const library = await context.openLibrary();
      const search = {
        space: options.space,
        limit: options.limit,
        maxDistance: options.maxDistance,
        personId: options.person && (await resolvePerson(library, options.person)).personId,
        labelled: options.labelled,
        shotFrom: options.from,
        shotTo: options.to,
        signal: context.signal,
      };
      const rows = context.rows(columns);
      const probes = embedding ? [{ embedding }] : faceIds.map((faceId) => ({ faceId }));
      const nameOf = (probe: { faceId?: string }) => probe.faceId ?? options.embedding ?? '';
      await context.forEach<{ faceId?: string; embedding?: number[] }>(probes, nameOf, async (probe) => {
        for (const { distance, face } of await library.search.similarFaces({ ...search, ...probe })) {
          await rows.write({ probeFaceId: probe.faceId ?? null, distance, face });
        }
      });
      await rows.end();
    }),
  );
}

async function readEmbedding(file: string): Promise<number[]> {
  const source = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  const { InvalidInputError } = await import('@photoorg/sdk');
  try {
    const numbers: unknown = JSON.parse(source);
    if (Array.isArray(numbers) && numbers.every((number) => typeof number === 'number')) return numbers;
  } catch (cause) {
    throw new InvalidInputError(`Expected a JSON array of numbers in ${file}.`, { cause });
  }
  throw new InvalidInputError(`Expected a JSON array of numbers in ${file}.`);
}
