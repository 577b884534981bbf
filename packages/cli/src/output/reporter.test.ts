import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Reporter } from './reporter.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

function reported(is: { quiet: boolean; json: boolean }): string[] {
  const stream = new PassThrough();
  const reporter = new Reporter(stream as unknown as NodeJS.WriteStream, { quiet: () => is.quiet, json: () => is.json });
  for (let done = 0; done <= 100; done++) {
    reporter.progress({ text: `${done} files`, done, total: 100, facts: { seen: done, left: 100 - done } });
    vi.advanceTimersByTime(100);
  }
  return `${stream.read() ?? ''}`.split('\n').filter((line) => line !== '');
}

it('tells programs once a second, as JSON', () => {
  const events = reported({ quiet: false, json: true }).map((line) => JSON.parse(line));
  expect(events).toHaveLength(10);
  expect(events[0]).toEqual({ event: 'progress', seen: 10, left: 90 });
});

it('tells a log every five seconds, in words', () => {
  expect(reported({ quiet: false, json: false })).toEqual(['50 files', '100 files']);
});

it('keeps quiet when it shall', () => {
  expect(reported({ quiet: true, json: true })).toEqual([]);
});
