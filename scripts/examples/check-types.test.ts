import { describe, expect, test } from 'vitest';
import { checkTypes } from './check-types.ts';
import { blocksOfDocstrings, blocksOfDocument } from './code-blocks.ts';
import { ExampleProgram } from './example-program.ts';
import { publicFunctions } from './public-functions.ts';

const examples = new ExampleProgram();

/** One program for all, since making one takes longer than everything else. */
const faultsOf = (documents: Record<string, string>) =>
  checkTypes(
    Object.entries(documents).flatMap(([name, code]) => blocksOfDocument(name, `# Title\n\n\`\`\`ts\n${code}\n\`\`\`\n`)),
    examples,
  );

describe('the check of code in documents and docstrings', () => {
  test('gives an example the names that it does not bring, and a program of its own none', () => {
    expect(
      faultsOf({
        'given.md': 'const { label } = await library.faces.get(faceId);',
        'own.md': 'await using library = await openPhotoLibrary();\nconst { items } = await library.photos.list();',
        'program.md': "import { openPhotoLibrary } from '@photoorg/sdk';\nawait indexPhotos({ root });",
      }),
    ).toEqual([
      "program.md:5 Cannot find name 'indexPhotos'.",
      "program.md:5 No value exists in scope for the shorthand property 'root'. Either declare one or provide an initializer.",
    ]);
  });

  test('tells by the line of the document what the compiler says, and what is not awaited', () => {
    expect(
      faultsOf({
        'method.md': '// first\nawait library.faces.fetch(faceId);',
        'option.md': 'const { items } = await library.faces.list({ labeled: true });',
        'syntax.md': 'await library.close() }',
        'promise.md': 'library.close();',
      }),
    ).toEqual([
      "method.md:5 Property 'fetch' does not exist on type 'Faces'.",
      expect.stringMatching(/^option\.md:4 .*'labeled' does not exist/),
      expect.stringMatching(/^syntax\.md:4 /),
      'promise.md:4 await is missing: library.close();',
    ]);
  });

  test('finds the code of docstrings, and whether it stands below @example', () => {
    const prose = ['export interface Pair {', '  /**', '   * Two.', '   *', '   * ```ts', '   * 1 + 1;', '   * ```', '   *'];
    const example = ['   * @example', '   * ```ts', '   * 2;', '   * ```', '   */', '  two(): void;', '}'];
    expect(blocksOfDocstrings('pair.ts', [...prose, ...example].join('\n'))).toEqual([
      { file: 'pair.ts', line: 6, language: 'ts', code: '1 + 1;\n', place: 'prose' },
      { file: 'pair.ts', line: 11, language: 'ts', code: '2;\n', place: 'example' },
    ]);
  });

  test('knows every function, class and method of an entry', () => {
    const names = publicFunctions(examples.sources, examples.source('packages/sdk/src/index.ts')!).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['indexPhotos', 'PhotoorgError', 'PhotoorgError.isInstance', 'Photos.get', 'FaceAnalyzerLike']),
    );
    expect(names).not.toContain('FaceAnalyzerLike.analyze');
    expect(names).not.toContain('FaceBox');
  });
});
