import ts from 'typescript';

/** A fenced block of a document or a docstring. */
export interface CodeBlock {
  /** Relative to the repository. */
  file: string;
  /** Line of its first line of code, from 1. */
  line: number;
  language: string;
  code: string;
  /** Where a docstring has it: under `@example`, or in its prose. */
  place: 'document' | 'example' | 'prose';
}

export function blocksOfDocument(file: string, text: string): CodeBlock[] {
  return blocksOf(text, 1).map((block) => ({ ...block, file, place: 'document' }));
}

/** The blocks of every docstring of a TypeScript file, with the stars taken off. */
export function blocksOfDocstrings(file: string, text: string): CodeBlock[] {
  if (!text.includes('```')) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: CodeBlock[] = [];
  const visit = (node: ts.Node) => {
    for (const docstring of ts.getJSDocCommentsAndTags(node)) {
      if (ts.isJSDoc(docstring) && docstring.parent === node) found.push(...blocksOfDocstring(docstring, source, file));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function blocksOfDocstring(docstring: ts.JSDoc, source: ts.SourceFile, file: string): CodeBlock[] {
  const text = docstring.getText(source).replace(/^[ \t]*\* ?/gm, '');
  const firstLine = source.getLineAndCharacterOfPosition(docstring.getStart(source)).line + 1;
  const lines = text.split('\n');
  return blocksOf(text, firstLine).map((block) => {
    const tag = lines.slice(0, block.line - firstLine).findLast((line) => /^@\w/.test(line));
    return { ...block, file, place: tag?.startsWith('@example') ? 'example' : 'prose' };
  });
}

function blocksOf(text: string, firstLine: number): Pick<CodeBlock, 'line' | 'language' | 'code'>[] {
  return [...text.matchAll(/^( *)```(\w+)[^\n]*\n([\s\S]*?)^\1```/gm)].map(
    ({ index, 0: fence, 1: indent, 2: language, 3: code }) => ({
      line: firstLine + text.slice(0, index + fence.indexOf('\n')).split('\n').length,
      language: language!,
      code: code!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}
