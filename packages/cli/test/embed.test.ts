import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { parseRecords, runPhotoorg } from './run-photoorg.ts';

const HEIC_PHOTO = fileURLToPath(new URL('../../ingest/test/fixtures/four-faces.heic', import.meta.url));

// Every command is a process that loads its models anew, on machines that may be busy with other tests.
vi.setConfig({ testTimeout: 600_000 });

test('embed reads HEIC where libheif-js is installed', async () => {
  const { code, stdout } = await runPhotoorg(['embed', HEIC_PHOTO, '--json']);
  expect(code).toBe(0);
  expect(parseRecords(stdout)).toMatchObject([{ file: HEIC_PHOTO, width: 640, height: 384 }]);
  expect(parseRecords(stdout)[0]!.faces).toHaveLength(4);
});

test('embed refuses to look for faces of 3 pixels', async () => {
  const { code, stderr } = await runPhotoorg(['embed', HEIC_PHOTO, '--min-face', '3']);
  expect({ code, stderr }).toMatchObject({ code: 64, stderr: expect.stringContaining('minFace') });
});
