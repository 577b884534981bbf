import type { EngineName, FaceAnalyzerOptions } from '@photoorg/vision';
import type { Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { minFaceFlag } from '../flags/min-face-flag.ts';
import { type BoxesOf, readBoxes } from '../flags/read-boxes.ts';
import type { Column } from '../output/table.ts';
import { runCommand } from '../runtime/run-command.ts';

interface EmbeddedFace {
  box: { x: number; y: number; width: number; height: number };
  landmarks: [number, number][];
  score: number;
  embedding: number[];
  space: string;
}

interface EmbedRow {
  file: string;
  width: number;
  height: number;
  faces: EmbeddedFace[];
}

const columns: Column<EmbedRow>[] = [
  { title: 'FILE', value: (row) => row.file },
  { title: 'SIZE', value: (row) => `${row.width}x${row.height}`, align: 'right' },
  { title: 'FACES', value: (row) => row.faces.length, align: 'right' },
  {
    title: 'BOXES',
    value: (row) => row.faces.map(({ box }) => `${box.x},${box.y} ${box.width}x${box.height}`).join('; ') || null,
  },
];

interface EmbedOptions {
  boxes?: string;
  engine?: EngineName;
  detector?: 'faceboxes' | 'mmod' | 'ssd';
  int8?: boolean;
  minFace?: number;
}

const engines: EngineName[] = ['auto', 'onnxruntime-node', 'onnxruntime-web', 'face-api'];

export function addEmbedCommand(program: Command): void {
  const command = program
    .command('embed')
    .description('Find and embed the faces of images: box, landmarks, score and 128 numbers each. Touches no database.')
    .argument('<image...>', 'image files')
    .addOption(
      new Flag('--boxes <file>', 'embed these boxes (left top right bottom) instead of looking for faces', {
        environment: 'PHOTOORG_BOXES',
      }),
    )
    .addOption(new Flag('--engine <name>', 'what runs the networks', { environment: 'PHOTOORG_ENGINE', choices: engines }))
    .addOption(
      new Flag('--detector <name>', 'what finds the faces', {
        environment: 'PHOTOORG_DETECTOR',
        choices: ['faceboxes', 'mmod', 'ssd'],
      }),
    )
    .addOption(new Flag('--int8', 'the small 8-bit network, a space of its own', { environment: 'PHOTOORG_INT8' }))
    .addOption(minFaceFlag());
  command.addHelpText('after', '\nPrints JSON, one line an image; on a terminal a table unless --json is given.').action(
    runCommand<EmbedOptions, [string[]]>(
      async ({ context, options, arguments: [files] }) => {
        const { createFaceAnalyzer } = await import('@photoorg/vision');
        const { limitSharp, readUnusualPixels } = await import('@photoorg/ingest');
        limitSharp();
        const boxesOf = options.boxes === undefined ? null : await readBoxes(options.boxes);
        await using analyzer = await createFaceAnalyzer({ ...analyzerOptions(options), signal: context.signal });
        const space = analyzer.space.name;
        const rows = context.rows(columns, { json: options.json || !process.stdout.isTTY });
        await context.forEach(files, String, async (file) => {
          const pixels = await readUnusualPixels(file, { signal: context.signal });
          const image = await analyzer.analyze(pixels ?? file, { boxes: givenBoxes(boxesOf, file), signal: context.signal });
          const faces = image.faces.map(({ box, landmarks, score, embedding }) => ({
            box,
            landmarks,
            score,
            embedding: Array.from(embedding),
            space,
          }));
          await rows.write({ file, width: image.width, height: image.height, faces });
        });
        await rows.end();
      },
      { usesLibrary: false },
    ),
  );
}

function analyzerOptions({ engine, detector, int8, minFace }: EmbedOptions): FaceAnalyzerOptions {
  return {
    engine,
    minFace,
    ...(detector && { detector: { kind: detector } }),
    ...(int8 && { embedder: { quantisation: 'int8' } }),
  };
}

/** Undefined: look for faces. */
function givenBoxes(boxesOf: BoxesOf | null, file: string) {
  return boxesOf?.(file).map(([left, top, right, bottom]) => ({
    x: left,
    y: top,
    width: right - left + 1,
    height: bottom - top + 1,
  }));
}
