import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { Table } from './table.ts';

interface Row {
  name: string | null;
  count: number;
}

function makeTable() {
  return new Table<Row>([
    { title: 'NAME', value: (row) => row.name },
    { title: 'COUNT', value: (row) => row.count, align: 'right' },
  ]);
}

describe('a table', () => {
  it('lines its columns up by what a terminal shows, not by characters', () => {
    const lines = makeTable().lines([
      { name: '写真', count: 1 },
      { name: 'e\u0301te\u0301', count: 12_345 },
      { name: null, count: 3 },
    ]);
    expect(new Set(lines.map((line) => stringWidth(line))).size).toBe(1);
    expect(lines[2]).toContain('12,345');
  });

  it('prints its titles once, before the first rows', () => {
    const table = makeTable();
    expect(table.lines([{ name: 'a', count: 1 }])[0]).toMatch(/^NAME +COUNT$/);
    expect(table.lines([{ name: 'b', count: 2 }])).toHaveLength(1);
  });

  it('shows control characters instead of obeying them', () => {
    const [, line] = makeTable().lines([{ name: '\u001b[2Jgone\n\u202efdp', count: 1 }]);
    expect(line).toContain('\\u001b[2Jgone\\u000a\\u202efdp');
  });
});
