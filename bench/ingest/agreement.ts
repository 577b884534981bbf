/**
 * Compares what ingest reads with what exiftool reads, per format and field, over folders of real photos.
 *
 *   node --conditions=@photoorg/source bench/ingest/agreement.ts FOLDER... [--show] [--maker-notes]
 *
 * "Found and equal" means: of the files where exiftool finds a value, the share where ingest finds the same one. Dates are compared to the second,
 * positions to 0.00001 degrees (1 m), other measures to a thousandth. What exiftool
 * reads from maker notes does not count, unless with `--maker-notes`. `--show` lists what differs.
 */
import { parseArgs } from 'node:util';
import { type PhotoMetadata, readPhotoMetadata } from '@photoorg/ingest';
import { type ExiftoolTags, expectedFields } from '../../packages/ingest/test/support/expected-fields.ts';
import { runExiftool } from './run-exiftool.ts';

interface Score {
  found: number;
  equal: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { show: { type: 'boolean', default: false }, 'maker-notes': { type: 'boolean', default: false } },
});
const show = (line: string) => values.show && console.error(line);
const scores = new Map<string, Map<string, Score>>();
const refused: ExiftoolTags[] = [];
const oracle = await runExiftool(positionals, values['maker-notes']);

for (const tags of oracle) {
  const read = await readPhotoMetadata(tags.SourceFile).catch((error: unknown) => {
    show(`refused ${tags.SourceFile}: ${error instanceof Error ? error.message : error} | exiftool: ${tags.Error ?? 'reads it'}`);
    return null;
  });
  if (read === null) refused.push(tags);
  else compare(tags, read);
}

printTable();
const good = refused.filter(({ Error: error }) => error === undefined);
console.log(`${oracle.length} files; ${refused.length} refused by ingest, ${good.length} of them without an error of exiftool's`);

function compare(tags: ExiftoolTags, read: PhotoMetadata): void {
  for (const { field, expected, actual, isEqual } of expectedFields(tags, read)) {
    const score = scoreOf(String(tags.FileType ?? 'unknown'), field);
    score.found += 1;
    if (isEqual) score.equal += 1;
    else show(`${field} ${tags.SourceFile}: exiftool ${expected}, ingest ${actual}`);
  }
}

function scoreOf(format: string, field: string): Score {
  const fields = scores.get(format) ?? new Map<string, Score>();
  scores.set(format, fields);
  const score = fields.get(field) ?? { found: 0, equal: 0 };
  fields.set(field, score);
  return score;
}

function printTable(): void {
  const columns = [...new Set([...scores.values()].flatMap((fields) => [...fields.keys()]))];
  console.log(`| format | ${columns.join(' | ')} |`);
  console.log(`|---${'|---'.repeat(columns.length)}|`);
  for (const [format, fields] of [...scores].toSorted(([a], [b]) => a.localeCompare(b))) {
    const cells = columns.map((column) => fields.get(column)).map((score) => (score ? `${score.equal}/${score.found}` : ''));
    console.log(`| ${format} | ${cells.join(' | ')} |`);
  }
}
