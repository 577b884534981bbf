import type { Command } from 'commander';
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

export function addEmbedCommand(program: Command): void {
  program
    .command('embed')
    .description('Find and embed the faces of images: box, landmarks, score and 128 numbers each. Touches no database.')
    .argument('<image...>', 'image files')
    .addHelpText('after', '\nPrints JSON, one line an image; on a terminal a table unless --json is given.')
    .action(
      runCommand<object, [string[]]>(
        async ({ context, options, arguments: [files] }) => {
          const { createFaceAnalyzer } = await import('@photoorg/vision');
          await using analyzer = await createFaceAnalyzer({ signal: context.signal });
          const space = analyzer.space.name;
          const rows = context.rows(columns, { json: options.json || !process.stdout.isTTY });
          await context.forEach(files, String, async (file) => {
            const image = await analyzer.analyze(file, { signal: context.signal });
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
