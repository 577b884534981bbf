import { join } from 'node:path';
import ts from 'typescript';
import { repository } from '../repository.ts';
import type { CodeBlock } from './code-blocks.ts';
import { completeBlock } from './complete-block.ts';
import { entries } from './entries.ts';

const given = 'scripts/examples/given.ts';

/** The compiler's settings for examples: as strict as the sources, but an example need not use all that it names. */
function exampleOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(repository, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, repository);
  return { ...options, noUnusedLocals: false, noUnusedParameters: false, verbatimModuleSyntax: false };
}

const absolute = (file: string) => join(repository, file);

/** The packages' sources as one program, to which blocks can be added as files that lie nowhere but in memory. */
export class ExampleProgram {
  readonly #options = exampleOptions();
  readonly #host = ts.createCompilerHost(this.#options, true);
  readonly sources = ts.createProgram([...entries.map(({ file }) => file), given].map(absolute), this.#options, this.#host);
  readonly #exports = new Map<string, string[]>();

  source(file: string): ts.SourceFile | undefined {
    return this.sources.getSourceFile(absolute(file));
  }

  /** The same program and the blocks: each as a file, in their order, which may use what the packages export and what is given. */
  with(blocks: readonly CodeBlock[]): { program: ts.Program; files: ts.SourceFile[] } {
    const texts = new Map(
      blocks.map((block, i) => [absolute(`example-${i}.ts`), completeBlock(block.code, this.#importable(block))]),
    );
    const host: ts.CompilerHost = {
      ...this.#host,
      fileExists: (file) => texts.has(file) || this.#host.fileExists(file),
      getSourceFile: (file, target) => {
        const text = texts.get(file);
        return text === undefined ? this.#host.getSourceFile(file, target) : ts.createSourceFile(file, text, target, true);
      },
    };
    const program = ts.createProgram([...this.sources.getRootFileNames(), ...texts.keys()], this.#options, host, this.sources);
    return { program, files: [...texts.keys()].map((file) => program.getSourceFile(file)!) };
  }

  /** Names that a block may use and where each comes from: a docstring's own file, its package, the other packages, what is given. */
  #importable({ file, place }: CodeBlock): Map<string, string> {
    const folder = file.split('/').slice(0, 2).join('/');
    const byNearness = entries.toSorted((a, b) => Number(b.file.startsWith(folder)) - Number(a.file.startsWith(folder)));
    const modules = [...byNearness, { specifier: `./${given}`, file: given }];
    if (place !== 'document') modules.unshift({ specifier: `./${file}`, file });
    return new Map(
      modules.toReversed().flatMap(({ specifier, file }) => this.#exportsOf(file).map((name) => [name, specifier] as const)),
    );
  }

  #exportsOf(file: string): string[] {
    const known = this.#exports.get(file);
    if (known) return known;
    const checker = this.sources.getTypeChecker();
    const source = this.source(file);
    const module = source && checker.getSymbolAtLocation(source);
    const names = module ? checker.getExportsOfModule(module).map(({ name }) => name) : [];
    this.#exports.set(file, names);
    return names;
  }
}
