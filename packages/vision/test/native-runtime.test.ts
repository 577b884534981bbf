import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { INDEX, runProgram } from './run-program.ts';
import { samplePhoto } from './sample-photos.ts';

const PRINT_RUNTIME = (engine: string) => `
  const { loadFaceEngine } = await import(${JSON.stringify(INDEX)});
  try {
    await using engine = await loadFaceEngine({ engine: ${JSON.stringify(engine)} });
    console.log(engine.provenance.runtime);
  } catch (error) {
    console.log(error.code);
  }
`;

/** sharp is loaded first: it too looks at what machine it is on. */
const ON_AN_INTEL_MAC = `
  await import('sharp');
  Object.defineProperties(process, { platform: { value: 'darwin' }, arch: { value: 'x64' } });
`;

const WITH_A_BROKEN_LIBRARY = `
  const { registerHooks } = await import('node:module');
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier.endsWith('onnxruntime_binding.node')) throw new Error('cannot open shared object file');
      return next(specifier, context);
    },
  });
`;

describe.each([
  { where: 'on an Intel Mac', setting: ON_AN_INTEL_MAC },
  { where: 'where the native library does not load', setting: WITH_A_BROKEN_LIBRARY },
])('$where', ({ setting }) => {
  test.each([
    { engine: 'auto', expected: 'onnxruntime-web' },
    { engine: 'onnxruntime-node', expected: 'RUNTIME_UNAVAILABLE' },
  ])('the engine $engine gives $expected', async ({ engine, expected }) => {
    expect(await runProgram(setting + PRINT_RUNTIME(engine))).toBe(expected);
  });
});

describe('onnxruntime reports nothing to its maker', () => {
  /** As on the machine of a user: it keeps still by itself where it believes to be tested. */
  const userEnvironment = (home: string): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, HOME: home });

  async function emptyHome(): Promise<string> {
    const home = await mkdtemp(join(tmpdir(), 'photoorg-home-'));
    onTestFinished(() => rm(home, { recursive: true }));
    return home;
  }

  test.each([
    {
      desc: 'an engine',
      program: `
        const { analyzeFaces, loadFaceEngine } = await import(${JSON.stringify(INDEX)});
        await using engine = await loadFaceEngine({ engine: 'onnxruntime-node' });
        console.log((await analyzeFaces(${JSON.stringify(samplePhoto(1))}, engine)).faces.length);
      `,
    },
    {
      desc: 'an analyzer',
      program: `
        const { createFaceAnalyzer } = await import(${JSON.stringify(INDEX)});
        await using analyzer = await createFaceAnalyzer({ engine: 'onnxruntime-node', workers: 1 });
        console.log((await analyzer.analyze(${JSON.stringify(samplePhoto(1))})).faces.length);
      `,
    },
  ])('$desc leaves no device id and no events behind', async ({ program }) => {
    const home = await emptyHome();
    expect(await runProgram(program, userEnvironment(home))).toBe('3');
    expect(await readdir(home, { recursive: true })).toEqual([]);
  });

  test.each([
    { desc: 'whose process allows reports', variables: {}, expected: 'onnxruntime-web' },
    { desc: 'whose process forbids them', variables: { ORT_DISABLE_TELEMETRY: '1' }, expected: 'onnxruntime-node' },
  ])('a thread of the caller, $desc, gets $expected', async ({ variables, expected }) => {
    const home = await emptyHome();
    const program = `
      import { Worker } from 'node:worker_threads';
      new Worker(new URL('data:text/javascript,' + encodeURIComponent(${JSON.stringify(PRINT_RUNTIME('auto'))})));
    `;
    expect(await runProgram(program, { ...userEnvironment(home), ...variables })).toBe(expected);
    expect(await readdir(home, { recursive: true })).toEqual([]);
  });
});
