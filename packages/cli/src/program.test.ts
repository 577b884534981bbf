import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { Flag } from './flags/flag.ts';
import { buildProgram } from './program.ts';

const program = buildProgram();

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

describe.each(allCommands(program).map((command) => ({ name: command.name(), command })))('$name', ({ command }) => {
  const options = command.options.filter((option) => option.long !== '--version');

  it('has an environment variable for every flag, named in its help', () => {
    for (const option of options) {
      if (option.negate)
        expect(options.some((other) => other.attributeName() === option.attributeName() && !other.negate)).toBe(true);
      else {
        expect(option, option.long).toBeInstanceOf(Flag);
        for (const variable of (option as Flag).environment)
          expect(command.helpInformation().replaceAll(/\s+/g, ' ')).toContain(variable);
      }
    }
  });

  it('has no two flags with one variable', () => {
    const variables = options.flatMap((option) => (option instanceof Flag ? option.environment : []));
    expect(new Set(variables).size).toBe(variables.length);
  });

  it('says what it does', () => {
    expect(command.description()).toMatch(/[.:]$/);
  });
});
