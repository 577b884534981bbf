import { readFile, writeFile } from 'node:fs/promises';

/** Replaces what stands between `<!-- name:start -->` and `<!-- name:end -->` in a Markdown file; adds both at its end when missing. */
export async function writeSection(path: string, name: string, content: string): Promise<void> {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const text = await readFile(path, 'utf8').catch(() => '# Benchmarks\n');
  const section = `${start}\n${content.trim()}\n${end}`;
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  const next =
    from >= 0 && to > from ? text.slice(0, from) + section + text.slice(to + end.length) : `${text.trimEnd()}\n\n${section}\n`;
  await writeFile(path, next);
}

/** A Markdown table. */
export function table(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n');
}
