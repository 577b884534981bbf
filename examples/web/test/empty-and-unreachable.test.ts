import { startServer } from '@photoorg/example-api';
import { openTestLibrary } from '@photoorg/sdk/testing';
import { describe, expect } from 'vitest';
import { isWithoutChromium, openPage, pageTest, takeMisdeeds, withChromium } from './support/page-test.ts';
import { webFolder } from './support/test-site.ts';

const it = pageTest({ addPhotos: async () => {}, faces: false });

describe.skipIf(isWithoutChromium)(`An empty library ${withChromium}`, () => {
  it('says how photos get into it', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('heading', { name: 'Your library is empty' }).waitFor();
    await page.getByText('photoorg ingest --root').waitFor();
  });

  it('has nothing to ask and nobody to show', async ({ page }) => {
    await page.goto('/review');
    await page.getByRole('heading', { name: 'Nothing to ask' }).waitFor();
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByRole('heading', { name: 'Nobody has a name yet' }).waitFor();
  });

  it('tells what the server says about an address that leads nowhere', async ({ page }) => {
    await page.goto('/photos/0199d2a4-7c1e-7b3a-9a51-3f0c5d2e8b17');
    await page.getByRole('alert').getByText('PHOTO_NOT_FOUND').waitFor();
    expect(takeMisdeeds()).toEqual([expect.stringContaining('404')]);

    await page.goto('/nowhere');
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
  });
});

describe.skipIf(isWithoutChromium)(`A server that goes away ${withChromium}`, () => {
  it('is named as the reason, and trying again works once it is back', async ({ browser }) => {
    const serve = async (port: number) => {
      const { library } = await openTestLibrary();
      return startServer({ library, port, webFolder, closeOnSignals: false });
    };
    const first = await serve(0);
    const page = await openPage(browser, first.url);
    await page.goto('/people');
    await page.getByRole('heading', { name: 'Nobody has a name yet' }).waitFor();

    await first.close();
    await page.getByRole('link', { name: 'Photos', exact: true }).click();
    await page.getByRole('alert').getByText('The library does not answer').waitFor();
    expect(takeMisdeeds().every((misdeed) => misdeed.includes('ERR_CONNECTION'))).toBe(true);

    const second = await serve(first.port);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Your library is empty' }).waitFor();
    await page.context().close();
    await second.close();
  });
});
