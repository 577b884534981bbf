import { relative } from 'node:path';
import ts from 'typescript';
import { repository } from '../repository.ts';

/** Something that a program calls or makes. */
export interface PublicFunction {
  /** E.g. `scanPhotos`, `Photos.get`. */
  name: string;
  file: string;
  line: number;
  hasExample: boolean;
}

/**
 * Every function and class of a module's exports, and every method of its classes and interfaces; but of an interface that programs
 * bring themselves, whose name ends in `Like`, the whole.
 */
export function publicFunctions(program: ts.Program, entry: ts.SourceFile): PublicFunction[] {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(entry);
  const exported = module ? checker.getExportsOfModule(module) : [];
  return exported.flatMap((symbol) => {
    const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return (original.declarations ?? []).flatMap((declaration) => functionsOf(declaration, symbol.name, checker));
  });
}

function functionsOf(declaration: ts.Declaration, name: string, checker: ts.TypeChecker): PublicFunction[] {
  if (ts.isFunctionDeclaration(declaration)) return [describe(declaration, name)];
  if (ts.isVariableDeclaration(declaration)) {
    const isCalled = checker.getTypeAtLocation(declaration).getCallSignatures().length > 0;
    return isCalled ? [describe(declaration.parent.parent, name)] : [];
  }
  if (ts.isInterfaceDeclaration(declaration) && name.endsWith('Like')) return [describe(declaration, name)];
  if (ts.isInterfaceDeclaration(declaration)) return methodsOf(declaration.members, name);
  if (ts.isClassDeclaration(declaration)) return [describe(declaration, name), ...methodsOf(declaration.members, name)];
  return [];
}

function methodsOf(members: readonly (ts.ClassElement | ts.TypeElement)[], owner: string): PublicFunction[] {
  return members
    .filter((member) => ts.isMethodSignature(member) || ts.isMethodDeclaration(member))
    .filter((member) => !(ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)))
    .filter((member) => ts.isIdentifier(member.name))
    .map((member) => describe(member, `${owner}.${member.name.getText()}`));
}

function describe(node: ts.Node, name: string): PublicFunction {
  const source = node.getSourceFile();
  return {
    name,
    file: relative(repository, source.fileName),
    line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
    hasExample: ts.getJSDocTags(node).some((tag) => tag.tagName.text === 'example' && /```ts\b/.test(tag.getText(source))),
  };
}
