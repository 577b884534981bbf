import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from './configuration-error.ts';
import { Flag } from './flag.ts';
import { parseCount } from './parse-value.ts';
import { settleFlags } from './settle-flags.ts';

const folder = mkdtempSync(join(tmpdir(), 'photoorg-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function settingsFile(settings: unknown): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, typeof settings === 'string' ? settings : JSON.stringify(settings));
  return file;
}

/** What the flags of a small command are worth under these words, variables and settings. */
function settle(words: string[], environment: Record<string, string>, settings?: unknown): Record<string, unknown> {
  const program = new Command('photoorg').addOption(new Flag('--config <file>', '', { environment: 'PHOTOORG_CONFIG' }));
  const command = program
    .command('list')
    .addOption(new Flag('--limit <count>', '', { environment: 'PHOTOORG_LIMIT', parse: parseCount, default: 50 }))
    .addOption(new Flag('--faces', '', { environment: 'PHOTOORG_FACES' }))
    .addOption(new Flag('--person <name>', '', { environment: 'PHOTOORG_PERSON', repeatable: true }))
    .addOption(new Flag('--order <order>', '', { environment: ['PHOTOORG_ORDER', 'ORDER'], choices: ['up', 'down'] }))
    .option('--no-faces')
    .action(() => {});
  const config = settings === undefined ? [] : ['--config', settingsFile(settings)];
  program.parse(['list', ...words, ...config], { from: 'user' });
  settleFlags(command, environment);
  return command.opts();
}

function problemsOf(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('a flag', () => {
  it('takes the command line before the variable, that before the file, that before the default', () => {
    const settings = { limit: 3 };
    expect(settle(['--limit', '1'], { PHOTOORG_LIMIT: '2' }, settings).limit).toBe(1);
    expect(settle([], { PHOTOORG_LIMIT: '2' }, settings).limit).toBe(2);
    expect(settle([], {}, settings).limit).toBe(3);
    expect(settle([], {}).limit).toBe(50);
  });

  it.each([
    { text: '1', expected: true },
    { text: 'Yes', expected: true },
    { text: '0', expected: false },
    { text: 'off', expected: false },
    { text: '', expected: undefined },
  ])('without a value is $expected when its variable is "$text"', ({ text, expected }) => {
    expect(settle([], { PHOTOORG_FACES: text }).faces).toBe(expected);
  });

  it('that is denied on the command line stays denied', () => {
    expect(settle(['--no-faces'], { PHOTOORG_FACES: '1' }, { faces: true }).faces).toBe(false);
  });

  it('that repeats takes one value from its variable and a list from the file', () => {
    expect(settle(['--person', 'Ann', '--person', 'Bo'], {}).person).toEqual(['Ann', 'Bo']);
    expect(settle([], { PHOTOORG_PERSON: 'Ann, Bo' }).person).toEqual(['Ann, Bo']);
    expect(settle([], {}, { person: ['Ann', 'Bo'] }).person).toEqual(['Ann', 'Bo']);
  });

  it('with two variables takes the first that is set', () => {
    expect(settle([], { ORDER: 'up' }).order).toBe('up');
    expect(settle([], { ORDER: 'up', PHOTOORG_ORDER: 'down' }).order).toBe('down');
  });
});

describe('wrong settings', () => {
  it('are all named at once', () => {
    const problems = problemsOf(() =>
      settle([], { PHOTOORG_LIMIT: 'many', PHOTOORG_FACES: 'maybe', ORDER: 'sideways' }, { limitt: 1 }),
    );
    expect(problems).toHaveLength(4);
    for (const name of ['PHOTOORG_LIMIT', 'PHOTOORG_FACES', 'ORDER', 'limitt']) {
      expect(problems.some((problem) => problem.includes(name))).toBe(true);
    }
  });

  it.each([
    { desc: 'is not JSON', settings: '{limit: 3' },
    { desc: 'is not an object', settings: [1, 2] },
    { desc: 'holds a value of the wrong type', settings: { limit: { at: 3 } } },
    { desc: 'holds a value out of range', settings: { limit: 0 } },
  ])('are reported when the file $desc', ({ settings }) => {
    expect(problemsOf(() => settle([], {}, settings))).toHaveLength(1);
  });

  it('are reported when the named file is missing', () => {
    const missing = join(folder, 'missing.json');
    expect(problemsOf(() => settle(['--config', missing], {}))[0]).toContain(missing);
  });

  it('do not matter in a variable that the command line overrides', () => {
    expect(settle(['--limit', '4'], { PHOTOORG_LIMIT: 'many' }).limit).toBe(4);
  });
});
