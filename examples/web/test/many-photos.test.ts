import { describe, expect } from 'vitest';
import { eventually, isWithoutChromium, openPage, pageTest, withChromium } from './support/page-test.ts';
import { plainPhotos } from './support/photos.ts';

/** More than two pages of the API's list. */
const photosInLibrary = 260;

const it = pageTest({ addPhotos: plainPhotos(photosInLibrary), faces: false });

describe.skipIf(isWithoutChromium)(`A library of many photos ${withChromium}`, () => {
  it('draws only what is near the window, and fetches on to the very last photo', async ({ page, site }) => {
    await page.goto('/');
    await page.getByText(`${photosInLibrary} photos`).waitFor();
    const links = page.getByRole('main').getByRole('listitem').getByRole('link');
    await links.first().waitFor();
    const seen = new Set<string>();
    const drawn: number[] = [];
    await eventually(async () => {
      const hrefs = await links.evaluateAll((elements) => elements.map((element) => element.getAttribute('href') ?? ''));
      for (const href of hrefs) seen.add(href);
      drawn.push(hrefs.length);
      await page.mouse.wheel(0, 600);
      return seen.size;
    }).toBe(photosInLibrary);
    expect(Math.max(...drawn)).toBeLessThan(photosInLibrary / 2);
    const { items } = await site.library.photos.list({ limit: 1, offset: photosInLibrary - 1 });
    expect(seen).toContain(`/photos/${items[0]!.photoId}`);
  });

  it('comes back from a photo to the same place', async ({ page }) => {
    await page.goto('/');
    const links = page.getByRole('main').getByRole('listitem').getByRole('link');
    await links.first().waitFor();
    await page.mouse.wheel(0, 1500);
    await eventually(() => page.evaluate(() => window.scrollY)).toBe(1500);
    await links.nth(20).scrollIntoViewIfNeeded();
    const scrolledTo = await page.evaluate(() => window.scrollY);
    expect(scrolledTo).toBeGreaterThan(0);
    await links.nth(20).click();
    await page.getByRole('button', { name: 'Back' }).click();
    await eventually(() => page.evaluate(() => window.scrollY)).toBe(scrolledTo);
  });

  it('lays the rows out anew when the window changes its width', async ({ page }) => {
    await page.goto('/');
    const rows = page.getByRole('main').getByRole('list');
    await rows.first().waitFor();
    for (const width of [700, 360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await eventually(async () => {
        const boxes = await rows.evaluateAll((lists) => lists.map((list) => list.getBoundingClientRect().toJSON() as DOMRect));
        const overlaps = boxes.some((box, index) => index > 0 && box.top < boxes[index - 1]!.bottom - 1);
        const rightEdges = await rows
          .first()
          .evaluate((list) => [...list.children].map((item) => item.getBoundingClientRect().right));
        const margin = width < 640 ? 16 : 24;
        const fills = Math.abs(Math.max(...rightEdges) - (width - margin)) < 20;
        return { overlaps, fills };
      }).toEqual({ overlaps: false, fills: true });
    }
  });

  it('needs no sideways scrolling at 320 pixels', async ({ browser, site }) => {
    const page = await openPage(browser, site.url, { viewport: { width: 320, height: 640 } });
    await page.goto('/');
    await page.getByRole('main').getByRole('listitem').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.context().close();
  });
});
