import { describe, expect, test } from 'vitest';
import { faultOfCommand } from './fault-of-command.ts';
import { commandsOfBlock, commandsOfProse } from './written-commands.ts';

const faultsOf = (code: string) => commandsOfBlock({ file: 'x.md', line: 7, code }).map(({ words }) => faultOfCommand(words));

describe('the check of commands in documents', () => {
  test.each([
    'photoorg ingest --root ~/Pictures --exif --faces  # a comment with --no-such-flag',
    'DATABASE_URL=postgresql://localhost/photos photoorg --json photos --query "beach; sea"',
    'npm run --silent photoorg -- spaces fill --embedder int8',
    'npm run start -w @photoorg/example-api',
    'photoorg spaces fill --embedder=NAME',
    'node scripts/check-docs.ts',
    'npm install -g photoorg',
  ])('takes %s', (command) => {
    expect(faultsOf(command)).toEqual(faultsOf(command).map(() => null));
  });

  test.each([
    ['photoorg ingest --rooot /photos', 'photoorg ingest has no flag --rooot'],
    ['photoorg label confrim Ada FACE_ID', 'photoorg label has no subcommand confrim'],
    ['photoorg reindex-vectors --index btree', 'photoorg reindex-vectors --index takes ivfflat, hnsw, not btree'],
    ['npm run docs:nothing', 'package.json has no script docs:nothing'],
    ['npm run photoorg -- phtoos', 'photoorg has no subcommand phtoos'],
    ['npm run build -w @photoorg/example-quickstart', '@photoorg/example-quickstart has no script build'],
    ['node scripts/no-such-file.ts', 'scripts/no-such-file.ts is not there'],
  ])('refuses %s', (command, fault) => {
    expect(faultsOf(command)).toEqual([fault]);
  });

  test('tells the line of a command and looks into the text of a document', () => {
    expect(commandsOfBlock({ file: 'x.md', line: 7, code: 'ls\n\nphotoorg ingest \\\n  --exif' })).toEqual([
      { file: 'x.md', line: 7, words: ['ls'] },
      { file: 'x.md', line: 10, words: ['photoorg', 'ingest', '--exif'] },
    ]);
    const prose = commandsOfProse('x.md', 'One\n```sh\nphotoorg\n```\nRun `photoorg doctor` or use `--no-faces`.');
    expect(prose.map(({ line, words }) => [line, words])).toEqual([
      [5, ['photoorg', 'doctor']],
      [5, ['--no-faces']],
    ]);
    expect(faultOfCommand(['--no-such-flag'])).toBe('no command has the flag --no-such-flag');
  });
});
