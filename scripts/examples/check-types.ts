import ts from 'typescript';
import type { CodeBlock } from './code-blocks.ts';
import type { ExampleProgram } from './example-program.ts';

/** What the compiler says of the blocks, by the line of the document; and promises that nobody waits for, which it allows. */
export function checkTypes(blocks: readonly CodeBlock[], examples: ExampleProgram): string[] {
  const { program, files } = examples.with(blocks);
  return blocks.flatMap((block, i) => {
    const file = files[i]!;
    const at = (position: number) => `${block.file}:${block.line + file.getLineAndCharacterOfPosition(position).line}`;
    const broken = program.getSyntacticDiagnostics(file);
    const wrong = broken.length > 0 ? broken : program.getSemanticDiagnostics(file);
    return [
      ...wrong.map(({ start = 0, messageText }) => `${at(start)} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
      ...unawaited(file, program.getTypeChecker()).map(
        (node) => `${at(node.getStart())} await is missing: ${node.getText().split('\n')[0]}`,
      ),
    ];
  });
}

function unawaited(file: ts.SourceFile, checker: ts.TypeChecker): ts.ExpressionStatement[] {
  const found: ts.ExpressionStatement[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isExpressionStatement(node) && checker.getTypeAtLocation(node.expression).getProperty('then')) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
