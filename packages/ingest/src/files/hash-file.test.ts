import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporary-folder.ts';
import { hashFile } from './hash-file.ts';

describe('hashFile', () => {
  it('gives the SHA-256 of the content, over several chunks and of nothing', async () => {
    await using folder = await temporaryFolder();
    const content = Buffer.alloc(3_000_001, 'photo');
    await writeFile(folder.file('large'), content);
    await writeFile(folder.file('empty'), '');
    expect(Buffer.from(await hashFile(folder.file('large')))).toEqual(createHash('sha256').update(content).digest());
    expect(Buffer.from(await hashFile(folder.file('empty'))).toString('hex')).toBe(createHash('sha256').digest('hex'));
  });

  it('opens names that are not UTF-8', async () => {
    await using folder = await temporaryFolder();
    const path = Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from([0xff, 0xfe])]);
    await writeFile(path, 'x');
    expect(Buffer.from(await hashFile(path))).toEqual(createHash('sha256').update('x').digest());
  });

  it('refuses a file that grows while it is read', async () => {
    await using folder = await temporaryFolder();
    const path = folder.file('growing');
    await writeFile(path, Buffer.alloc(64 << 20));
    await using writer = await open(path, 'a');
    let isHashing = true;
    const hashing = hashFile(path).finally(() => {
      isHashing = false;
    });
    const growing = (async () => {
      while (isHashing) await writer.write(Buffer.alloc(4096));
    })();
    await expect(hashing).rejects.toMatchObject({ code: 'FILE_CHANGED', retryable: true });
    await growing;
  });

  it('says why a file cannot be read', async () => {
    await using folder = await temporaryFolder();
    await expect(hashFile(folder.file('missing'))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('ENOENT'),
    });
    await expect(hashFile(folder.path)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('EISDIR'),
    });
  });

  it('stops with the reason of its signal', async () => {
    await using folder = await temporaryFolder();
    await writeFile(folder.file('x'), 'x');
    const reason = new Error('enough');
    await expect(hashFile(folder.file('x'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
