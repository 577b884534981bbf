import type { OpenPhotoLibraryOptions } from '@photoorg/sdk';
import type { Command } from 'commander';
import { type ExitCode, exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { CommonOptions } from '../flags/common-flags.ts';
import { settleFlags } from '../flags/settle-flags.ts';
import { Reporter } from '../output/reporter.ts';
import { ClosedPipeError } from './closed-pipe-error.ts';
import { CommandContext } from './command-context.ts';
import { describeError } from './describe-error.ts';
import { InterruptedError } from './interrupted-error.ts';
import { listenForStop } from './listen-for-stop.ts';

export interface CommandCall<Options, Arguments extends unknown[]> {
  context: CommandContext;
  options: Options & CommonOptions;
  arguments: Arguments;
  /** Whether a flag was typed, and not set by the environment, the settings file or a default. */
  isTyped: (name: keyof Options & string) => boolean;
}

export interface RunCommandOptions {
  /** False for a command that never opens a database: it then starts without loading the SDK. Default true. */
  usesLibrary?: boolean;
}

/**
 * Makes a commander action of a subcommand's work: settles the flags, listens for Ctrl-C, runs, closes the library, and turns what
 * happened into an exit code.
 */
export function runCommand<Options = object, Arguments extends unknown[] = []>(
  work: (call: CommandCall<Options, Arguments>) => Promise<void>,
  { usesLibrary = true }: RunCommandOptions = {},
): (...received: unknown[]) => Promise<void> {
  return async (...received) => {
    const command = received.at(-1) as Command;
    const isOn = (name: 'quiet' | 'verbose' | 'json') => command.optsWithGlobals<CommonOptions>()[name] ?? false;
    const reporter = new Reporter(process.stderr, { quiet: () => isOn('quiet'), json: () => isOn('json') });
    const stop = listenForStop(reporter);
    let context: CommandContext | null = null;
    try {
      const libraryOptions = await settle(command, usesLibrary);
      const options = command.optsWithGlobals<Options & CommonOptions>();
      context = new CommandContext({ signal: stop.signal, reporter, options, libraryOptions });
      const isTyped = (name: string) => command.getOptionValueSourceWithGlobals(name) === 'cli';
      await work({ context, options, arguments: received.slice(0, -2) as Arguments, isTyped });
      stop.signal.throwIfAborted();
      process.exitCode = context.failures > 0 ? exitCodes.failed : exitCodes.ok;
    } catch (error) {
      process.exitCode = conclude(error, stop.signal, reporter, isOn('verbose'));
    } finally {
      reporter.endProgress();
      await context?.closeLibrary().catch((error: unknown) => {
        process.exitCode = conclude(error, stop.signal, reporter, isOn('verbose'));
      });
      stop.dispose();
    }
  };
}

/** Flags, environment and settings file together; the SDK's variables are checked by the SDK. */
async function settle(command: Command, usesLibrary: boolean): Promise<OpenPhotoLibraryOptions> {
  if (!usesLibrary) {
    settleFlags(command, process.env);
    return {};
  }
  const { ConfigError, optionsFromEnv } = await import('@photoorg/sdk');
  let fromEnvironment: OpenPhotoLibraryOptions = {};
  let problems: readonly string[] = [];
  try {
    fromEnvironment = optionsFromEnv(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems = error.problems;
  }
  settleFlags(command, process.env, problems);

  const { database, library, confirmThreshold, autoApplyThreshold } = command.optsWithGlobals<CommonOptions>();
  const given = Object.entries({ database, library, confirmThreshold, autoApplyThreshold }).filter(
    ([, value]) => value !== undefined,
  );
  return { ...fromEnvironment, ...Object.fromEntries(given) };
}

function conclude(error: unknown, signal: AbortSignal, reporter: Reporter, verbose: boolean): ExitCode {
  reporter.endProgress();
  if (signal.aborted) {
    if (signal.reason instanceof ClosedPipeError) return exitCodes.ok;
    if (signal.reason instanceof InterruptedError) return exitCodes.interrupted;
  }
  reporter.failure(describeError(error, verbose));
  return exitCodeOf(error);
}
