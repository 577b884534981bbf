import { describe, expect, it } from 'vitest';
import { serializeError } from './serialize-error.ts';

describe('an error in the log', () => {
  it('keeps its type, code, message, stack and causes', () => {
    const cause = Object.assign(new Error('connection reset'), { code: 'ECONNRESET' });
    const serialized = serializeError(new TypeError('the query failed', { cause }));
    expect(serialized).toMatchObject({
      type: 'TypeError',
      message: 'the query failed',
      cause: { code: 'ECONNRESET', message: 'connection reset' },
    });
    expect(serialized.stack).toContain('the query failed');
  });

  it('shows no vector and no place that a message repeats', () => {
    const embedding = JSON.stringify(Array.from({ length: 128 }, (_, index) => Math.sin(index)));
    const text = JSON.stringify(serializeError(new Error(`bad vector ${embedding} near (48.137154,11.576124)`)));
    expect(text).not.toContain('0.8414709848');
    expect(text).not.toContain('48.137');
    expect(text).toContain('bad vector [numbers] near [numbers]');
  });

  it('leaves out what a database adds, such as the whole row', () => {
    const error = Object.assign(new Error('duplicate key'), { detail: 'Key (name)=(Anna) exists', parameters: ['secret'] });
    const text = JSON.stringify(serializeError(error));
    expect(text).not.toContain('Anna');
    expect(text).not.toContain('secret');
  });

  it('ends when causes go in a circle', () => {
    const error = new Error('a');
    error.cause = error;
    expect(JSON.stringify(serializeError(error))).toContain('"message":"a"');
  });

  it('says what was thrown that is no error', () => {
    expect(serializeError('text')).toEqual({ type: 'string', message: 'text' });
  });
});
