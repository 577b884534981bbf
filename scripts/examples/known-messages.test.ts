import { describe, expect, test } from 'vitest';
import { isKnownMessage, messagePatterns } from './known-messages.ts';

const patterns = messagePatterns([
  {
    file: 'locked.ts',
    text: `const message = \`The library in \${folder} is in use by \${isUs ? 'this process' : 'another process'}.\`;
      const remedy = 'Close it there (first), or use a server.';`,
  },
]);

describe('the check of messages that a guide quotes', () => {
  test('knows a message by the texts and templates that it is made of', () => {
    const message = 'The library in /home/ada is in use by another process. Close it there (first), or use a server.';
    expect(isKnownMessage(message, patterns)).toBe(true);
  });

  test('misses what the sources do not say any more', () => {
    expect(
      isKnownMessage('The library in /home/ada belongs to a process that was started before this one by you.', patterns),
    ).toBe(false);
  });
});
