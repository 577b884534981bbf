/**
 * A vitest reporter that writes what a whole run came to as JSON into the file of PHOTOORG_TEST_REPORT: the counts, and
 * everything that failed with its reason, tests as well as files and errors outside any test. `npm test` prints it last,
 * where it is found although two runs of some thousand lines go before it.
 */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

export interface TestReport {
  passed: number;
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
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId);
      for (const test of module.children.allTests()) {
        report[stateOf(test)]++;
        for (const error of test.result().errors ?? []) {
          report.failures.push({ name: `${file} > ${test.fullName}`, reason: describe(error) });
        }
      }
      for (const suite of module.children.allSuites()) {
        for (const error of suite.errors())
          report.failures.push({ name: `${file} > ${suite.fullName}`, reason: describe(error) });
      }
      for (const error of module.errors()) report.failures.push({ name: file, reason: describe(error) });
      // What was never run because the process of its file ended is neither passed nor skipped.
      if (module.state() === 'pending' || module.state() === 'queued') {
        report.failures.push({ name: file, reason: 'was not run to its end' });
      }
    }
    for (const error of unhandledErrors) report.failures.push({ name: 'outside any test', reason: describe(error) });
    const path = process.env.PHOTOORG_TEST_REPORT;
    if (path) writeFileSync(path, JSON.stringify(report));
  }
}

/** A test that was begun and never ended, because the process of its file died, has failed. */
function stateOf(test: TestCase): 'passed' | 'failed' | 'skipped' {
  const { state } = test.result();
  return state === 'pending' ? 'failed' : state;
}

function describe(error: TestError): string {
  const { message, stack = '', cause } = error;
  const text = stack.includes(message) ? stack : `${message}\n${stack}`.trimEnd();
  return isTestError(cause) ? `${text}\ncaused by: ${describe(cause)}` : text;
}

function isTestError(cause: unknown): cause is TestError {
  return typeof cause === 'object' && cause !== null && 'message' in cause;
}
