import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Argument, type Command } from 'commander';
import { Flag } from '../flags/flag.ts';
import { runCommand } from '../runtime/run-command.ts';
import { findInstallation, npmWords } from '../setup/installation.ts';
import { runNpm } from '../setup/run-npm.ts';
import { SetupFailedError } from '../setup/setup-failed-error.ts';

/** What can be added, and the package that brings it. */
const packages = { heic: 'libheif-js', jxl: 'wasm-vips', exiftool: 'exiftool-vendored' } as const;

type Part = keyof typeof packages;

interface SetupOptions {
  print?: boolean;
}

export function addSetupCommand(program: Command): void {
  program
    .command('setup')
    .description('Install an optional part where photoorg is installed: the decoder of HEIC or of JPEG XL, or exiftool.')
    .addArgument(new Argument('<part>', 'what to install').choices(Object.keys(packages)))
    .addOption(new Flag('--print', 'print the command instead of running it', { environment: 'PHOTOORG_PRINT' }))
    .action(
      runCommand<SetupOptions, [Part]>(
        async ({ context, options, arguments: [part] }) => {
          const manifestPath = createRequire(import.meta.url).resolve('@photoorg/ingest/package.json');
          const name = packages[part];
          const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as { peerDependencies: Record<string, string> };
          const spec = `${name}@${manifest.peerDependencies[name]}`;
          if (!options.print && isThere(manifestPath, name))
            return context.reporter.note(`${name} is installed; ingest uses it.`);
          const installation = findInstallation(manifestPath);
          if (installation === null) {
            throw new SetupFailedError('photoorg runs from its sources here.', `Run in their folder: npm install ${spec}`);
          }
          const words = npmWords(installation, spec);
          const columns = [{ title: 'COMMAND', value: ({ command }: { command: string }) => command }];
          if (options.print) return await context.print(columns, { part, command: `npm ${words.join(' ')}` });
          context.reporter.note(`npm ${words.join(' ')}`);
          await runNpm(words, context.signal);
          if (!isThere(manifestPath, name)) {
            throw new SetupFailedError(
              `npm installed ${name} where photoorg does not find it.`,
              `Install it in ${installation.folder}.`,
            );
          }
          context.reporter.note(
            `${name} is installed; the next run of ingest uses it, also for photos that it has without a picture.`,
          );
        },
        { usesLibrary: false },
      ),
    );
}

/** Whether @photoorg/ingest finds a package. */
function isThere(manifestPath: string, name: string): boolean {
  try {
    createRequire(manifestPath).resolve(`${name}/package.json`);
    return true;
  } catch (error) {
    // A package may keep its manifest to itself.
    return error instanceof Error && 'code' in error && error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED';
  }
}
