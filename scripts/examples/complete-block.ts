import ts from 'typescript';

/**
 * A block as a module, with imports of what it uses and does not bring itself; they stand at its end, so that lines stay where they are.
 * A block that imports from the packages is a program of its own and is left as it is.
 *
 * @param importable names, and the module that each comes from
 */
export function completeBlock(code: string, importable: ReadonlyMap<string, string>): string {
  const source = ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest, true);
  if (source.statements.some(importsFromUs)) return `${code}\nexport {};\n`;
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) (declaresName(node) ? declared : used).add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const imports = [...used.difference(declared)]
    .filter((name) => importable.has(name))
    .map((name) => `import { ${name} } from '${importable.get(name)}';`);
  return `${code}\n${imports.join('\n')}\nexport {};\n`;
}

function importsFromUs(statement: ts.Statement): boolean {
  if (!ts.isImportDeclaration(statement)) return false;
  return ts.isStringLiteral(statement.moduleSpecifier) && statement.moduleSpecifier.text.startsWith('@photoorg/');
}

function declaresName(node: ts.Identifier): boolean {
  const { parent } = node;
  const declares =
    ts.isVariableDeclaration(parent) ||
    ts.isBindingElement(parent) ||
    ts.isParameter(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isClassDeclaration(parent) ||
    ts.isImportClause(parent) ||
    ts.isImportSpecifier(parent);
  return declares && parent.name === node;
}
