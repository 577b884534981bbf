import type { FaceChange, LabelChange, LookAtFace, PhotoLibrary } from '@photoorg/sdk';
import type { Command } from 'commander';
import { type ActorOptions, actorFlag, actorOf } from '../flags/actor-flag.ts';
import { Flag } from '../flags/flag.ts';
import { parseBox } from '../flags/parse-box.ts';
import { servingEmbedder, startAnalyzer } from '../ingest/start-analyzer.ts';
import { formatLabel } from '../output/format-label.ts';
import type { Column } from '../output/table.ts';
import { noteUndo } from '../output/undo-note.ts';
import { resolvePerson } from '../runtime/resolve-person.ts';
import { runCommand } from '../runtime/run-command.ts';

interface LookOptions extends ActorOptions {
  vector: boolean;
}

interface DrawOptions extends LookOptions {
  as?: string;
  samePhoto?: boolean;
}

const changeColumns: Column<FaceChange>[] = [
  { title: 'FACE', value: (face) => face.faceId },
  { title: 'BATCH', value: (face) => face.batchId },
  { title: 'X', value: (face) => face.box.x, align: 'right' },
  { title: 'Y', value: (face) => face.box.y, align: 'right' },
  { title: 'SIZE', value: (face) => `${face.box.width}x${face.box.height}`, align: 'right' },
  { title: 'PERSON', value: formatLabel },
];

const removeColumns: Column<LabelChange & { faceIds: string[] }>[] = [
  { title: 'BATCH', value: (change) => change.batchId },
  { title: 'REMOVED', value: (change) => change.faceIds.length, align: 'right' },
];

function vectorFlag(): Flag {
  return new Flag('--vector', 'look at the face in the photo, so that it is compared at once', {
    environment: 'PHOTOORG_FACE_VECTOR',
    default: true,
  });
}

/** Faces that a person draws, moves and removes. */
export function addFacesByHand(faces: Command): void {
  faces
    .command('draw')
    .description('Draw a face that no detector found; no later run takes it away.')
    .argument('<photo>', 'id of the photo')
    .argument('<box>', 'x,y,width,height in pixels of the upright photo', parseBox)
    .addOption(new Flag('--as <name|id>', 'who it is', { environment: 'PHOTOORG_AS_PERSON' }))
    .addOption(new Flag('--same-photo', 'even when they are in the photo already', { environment: 'PHOTOORG_SAME_PHOTO' }))
    .addOption(actorFlag())
    .addOption(vectorFlag())
    .option('--no-vector', 'do not look at the photo: the next `ingest` does')
    .action(
      runCommand<DrawOptions, [string, FaceChange['box']]>(async ({ context, options, arguments: [photoId, box] }) => {
        const library = await context.openLibrary();
        const personId = options.as && (await resolvePerson(library, options.as)).personId;
        const drawn = await looking(library, { isWanted: options.vector, signal: context.signal }, (look) =>
          library.faces.create({
            photoId,
            box,
            personId,
            allowSamePhoto: options.samePhoto,
            actor: actorOf(options),
            ...look,
          }),
        );
        await context.print(changeColumns, drawn);
        noteUndo(context.reporter, drawn);
      }),
    );

  faces
    .command('move')
    .description('Move or resize a face: it keeps its name, and stays there in every later run.')
    .argument('<face>', 'id of the face')
    .argument('<box>', 'x,y,width,height in pixels of the upright photo', parseBox)
    .addOption(actorFlag())
    .addOption(vectorFlag())
    .option('--no-vector', 'do not look at the photo: the next `ingest` does')
    .action(
      runCommand<LookOptions, [string, FaceChange['box']]>(async ({ context, options, arguments: [faceId, box] }) => {
        const library = await context.openLibrary();
        const moved = await looking(library, { isWanted: options.vector, signal: context.signal }, (look) =>
          library.faces.move({ faceId, box, actor: actorOf(options), ...look }),
        );
        await context.print(changeColumns, moved);
        noteUndo(context.reporter, moved);
      }),
    );

  faces
    .command('remove')
    .description('These are no faces: they are gone with their names, and no later run finds them again.')
    .argument('<face...>', 'ids of faces')
    .addOption(actorFlag())
    .action(
      runCommand<ActorOptions, [string[]]>(async ({ context, options, arguments: [faceIds] }) => {
        const library = await context.openLibrary();
        const removed = await library.faces.remove({ faceIds, actor: actorOf(options) });
        await context.print(removeColumns, { ...removed, faceIds });
        noteUndo(context.reporter, removed);
      }),
    );
}

/** With the models of the space that serves, where the face is to be looked at. */
async function looking(
  library: PhotoLibrary,
  { isWanted, signal }: { isWanted: boolean; signal: AbortSignal },
  change: (look: LookAtFace) => Promise<FaceChange>,
): Promise<FaceChange> {
  if (!isWanted) return change({});
  await using analyzer = await startAnalyzer({ embedder: await servingEmbedder(library), weights: undefined, signal });
  return await change({ analyzer, signal });
}
