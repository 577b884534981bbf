import ts from 'typescript';

/** Below this a text is too common to tell a message by. */
const LEAST_LETTERS = 8;
/** Words of a message that may come from elsewhere: names that were put in, reasons in PostgreSQL's words. */
const MOST_FOREIGN_WORDS = 8;

/** Patterns of everything that sources say in texts and templates, the longest first. */
export function messagePatterns(sources: readonly { file: string; text: string }[]): RegExp[] {
  const patterns = new Map<string, number>();
  const note = (parts: readonly string[]) => {
    const letters = parts.join('').replaceAll(/[^a-z]/gi, '').length;
    if (letters >= LEAST_LETTERS)
      patterns.set(parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+?'), letters);
  };
  for (const { file, text } of sources) {
    const visit = (node: ts.Node) => {
      if (ts.isStringLiteralLike(node)) note([node.text]);
      if (ts.isTemplateExpression(node)) note([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  }
  return [...patterns].toSorted(([, a], [, b]) => b - a).map(([pattern]) => new RegExp(pattern, 'g'));
}

/** Whether the sources say this, but for a few words that they put in. */
export function isKnownMessage(message: string, patterns: readonly RegExp[]): boolean {
  const foreign = patterns.reduce((rest, pattern) => rest.replaceAll(pattern, ' '), message);
  return (foreign.match(/[a-z]{3,}/gi) ?? []).length <= MOST_FOREIGN_WORDS;
}
