import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import type { DateRules } from './date-rules.ts';
import { parseDateRules } from './parse-date-rules.ts';
import { readDateRules } from './read-date-rules.ts';

const RULES: DateRules = {
  order: ['file:name', 'exif:*'],
  ignore: ['takeout:*', 'file:mtime'],
  fileNames: [{ pattern: '^(?<day>\\d\\d)(?<month>\\d\\d)(?<year>\\d{4})\\d{3}\\.' }],
  clocks: [{ make: 'Canon', from: '2019-07-13', to: '2019-07-20T12:00', shift: '-00:04:30', offset: '+09:00' }],
  zones: [{ folder: '2019/Japan', zone: 'Asia/Tokyo' }, { zone: 'Europe/Berlin' }],
};

describe('parseDateRules', () => {
  it('takes rules that say all they must', () => {
    expect(parseDateRules(RULES)).toEqual(RULES);
    expect(parseDateRules({})).toEqual({});
  });

  it.each([
    { desc: 'a list', rules: [], problem: 'the whole' },
    { desc: 'an unknown rule', rules: { camera: [] }, problem: 'camera' },
    { desc: 'an unknown source', rules: { order: ['exif:DateTimeOriginal', 'EXIF'] }, problem: 'order[1]' },
    { desc: 'a pattern that is none', rules: { fileNames: [{ pattern: '(?<year>\\d{4}' }] }, problem: 'fileNames[0].pattern' },
    { desc: 'a pattern without a year', rules: { fileNames: [{ pattern: '(?<day>\\d\\d)' }] }, problem: 'year' },
    {
      desc: 'a pattern with an unknown group',
      rules: { fileNames: [{ pattern: '(?<year>\\d{4})(?<jour>\\d\\d)' }] },
      problem: 'jour',
    },
    {
      desc: 'a pattern that could take for ever',
      rules: { fileNames: [{ pattern: '^(\\w+\\s?)+(?<year>\\d{4})$' }] },
      problem: 'for ever',
    },
    { desc: 'a clock of no camera', rules: { clocks: [{ shift: '+01:00' }] }, problem: 'whose clock' },
    { desc: 'a clock with nothing wrong', rules: { clocks: [{ make: 'Canon' }] }, problem: 'what was wrong' },
    { desc: 'a shift without a sign', rules: { clocks: [{ make: 'Canon', shift: '01:00' }] }, problem: 'clocks[0].shift' },
    {
      desc: 'an offset of no place on earth',
      rules: { clocks: [{ make: 'Canon', offset: '+25:00' }] },
      problem: 'clocks[0].offset',
    },
    {
      desc: 'a day that no calendar has',
      rules: { clocks: [{ make: 'Canon', shift: '+1:00', from: '2019-02-30' }] },
      problem: 'clocks[0].from',
    },
    { desc: 'an unknown zone', rules: { zones: [{ zone: 'Middle-earth/Shire' }] }, problem: 'zones[0].zone' },
  ])('refuses $desc, and says where it stands', ({ rules, problem }) => {
    expect(() => parseDateRules(rules, 'my-rules.json')).toThrow(
      expect.objectContaining({ code: 'DATE_RULES_INVALID', message: expect.stringContaining(problem) }),
    );
    expect(() => parseDateRules(rules, 'my-rules.json')).toThrow('my-rules.json');
  });

  it('names every problem at once', () => {
    const rules = { order: ['nowhere'], zones: [{ zone: 'Nowhere' }] };
    expect(() => parseDateRules(rules)).toThrow(/order\[0\].*zones\[0\]\.zone/);
  });
});

describe('readDateRules', () => {
  it('reads the rules of a file', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('rules.json'), JSON.stringify(RULES));
    expect(await readDateRules(folder.file('rules.json'))).toEqual(RULES);
  });

  it('says what is wrong with a file that is no JSON or not there', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('rules.json'), '{ order: }');
    await expect(readDateRules(folder.file('rules.json'))).rejects.toMatchObject({ code: 'DATE_RULES_INVALID' });
    await expect(readDateRules(folder.file('nothing.json'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
