#!/usr/bin/env node
import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { buildProgram } from './program.ts';

try {
  await buildProgram().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // commander has printed its message; 0 is --help and --version.
  process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
}
