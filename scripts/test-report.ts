/**
 * A vitest reporter that writes what a whole run came to as JSON into the file of PHOTOORG_TEST_REPORT: the counts, and
 * everything that failed with its reason, tests as well as files and errors outside any test. `npm test` prints it last,
 * where it is found although two runs of some thousand lines go before it.
 */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

export interface TestReport {
  passed: number;
  /** Tests, hooks, files and errors outside any test. */
  failed: number;
  skipped: number;
  failures: { name: string; reason: string }[];
}

interface TestError {
  message: string;
  stack?: string;
  cause?: unknown;
}

export default class TestReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly TestError[]): void {
    const report: TestReport = { passed: 0, failed: 0, skipped: 0, failures: [] };
    const failOutsideTests = (name: string, reason: string) => {
      report.failed++;
      report.failures.push({ name, reason });
    };
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId);
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        // One that was begun or awaited its turn when the process of its file died is not counted: its file has failed.
        if (state !== 'pending') report[state]++;
        for (const error of errors ?? []) {
          report.failures.push({ name: `${file} > ${test.fullName}`, reason: describe(error) });
        }
      }
      for (const suite of module.children.allSuites()) {
        for (const error of suite.errors()) failOutsideTests(`${file} > ${suite.fullName}`, describe(error));
      }
      for (const error of module.errors()) failOutsideTests(file, describe(error));
      if (module.state() === 'pending' || module.state() === 'queued') failOutsideTests(file, 'was not run to its end');
    }
    for (const error of unhandledErrors) failOutsideTests('outside any test', describe(error));
    const path = process.env.PHOTOORG_TEST_REPORT;
    if (path) writeFileSync(path, JSON.stringify(report));
  }
}

function describe(error: TestError): string {
  const { message, stack = '', cause } = error;
  const text = stack.includes(message) ? stack : `${message}\n${stack}`.trimEnd();
  return isTestError(cause) ? `${text}\ncaused by: ${describe(cause)}` : text;
}

function isTestError(cause: unknown): cause is TestError {
  return typeof cause === 'object' && cause !== null && 'message' in cause;
}
