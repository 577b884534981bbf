import { PhotoorgError } from '@photoorg/errors';
import type { Diagnosis } from '@photoorg/sdk';
import type { Command } from 'commander';
import { errorCodeOf, exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { Column } from '../output/table.ts';
import type { CommandContext } from '../runtime/command-context.ts';
import { runCommand } from '../runtime/run-command.ts';

const columns: Column<Diagnosis>[] = [
  { title: 'STATUS', value: (diagnosis) => diagnosis.status },
  { title: 'CHECK', value: (diagnosis) => diagnosis.check },
  { title: 'MESSAGE', value: (diagnosis) => diagnosis.message },
  { title: 'REMEDY', value: (diagnosis) => diagnosis.remedy },
];

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Check the machine, the face models, the database and what is stored in it; say the remedy of what is wrong.')
    .action(
      runCommand(async ({ context }) => {
        const rows = context.rows(columns);
        let unavailable: unknown = null;
        const write = async (diagnosis: Diagnosis) => {
          if (diagnosis.status === 'error') context.countFailure();
          await rows.write(diagnosis);
        };
        /** A check that could not even start is an error of that name. */
        const attempt = async (check: string, examine: () => Promise<Diagnosis[]>) => {
          try {
            for (const diagnosis of await examine()) await write(diagnosis);
          } catch (error) {
            if (context.signal.aborted || exitCodeOf(error) === exitCodes.internal) throw error;
            unavailable ??= error;
            const { code, message, remedy } = PhotoorgError.isInstance(error)
              ? error.toOptions()
              : { code: errorCodeOf(error), message: (error as Error).message, remedy: null };
            await write({ check, status: 'error', message: `${code}: ${message}`, remedy });
          }
        };

        await write({ check: 'node', status: 'ok', message: `Node ${process.versions.node}`, remedy: null });
        await attempt('face-models', () => examineFaceModels(context.signal));
        await attempt('connection', () => examineLibrary(context));
        await rows.end();
        if (unavailable !== null) throw unavailable;
      }),
    );
}

async function examineFaceModels(signal: AbortSignal): Promise<Diagnosis[]> {
  const { createFaceAnalyzer } = await import('@photoorg/vision');
  await using analyzer = await createFaceAnalyzer({ workers: 1, signal });
  return [{ check: 'face-models', status: 'ok', message: `${analyzer.detector}, ${analyzer.space.name}`, remedy: null }];
}

async function examineLibrary(context: CommandContext): Promise<Diagnosis[]> {
  const library = await context.openLibrary();
  return library.diagnose({ signal: context.signal });
}
