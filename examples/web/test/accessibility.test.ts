import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { Theme } from '../src/shell/settings.ts';
import { eventually, isWithoutChromium, openPage, pageTest, withChromium } from './support/page-test.ts';
import { addSamplePhotos } from './support/photos.ts';
import type { TestSite } from './support/test-site.ts';

const it = pageTest({ addPhotos: addSamplePhotos });

/** The smallest side of anything to press, in CSS pixels. */
const smallestTarget = 44;

const pages = ['photos', 'photo', 'face', 'people', 'person', 'review', 'groups', 'settings'] as const;
const looks: { theme: Theme; colorScheme: 'light' | 'dark' }[] = [
  { theme: 'light', colorScheme: 'light' },
  { theme: 'dark', colorScheme: 'light' },
  { theme: 'contrast', colorScheme: 'light' },
  { theme: 'contrast', colorScheme: 'dark' },
];

describe.skipIf(isWithoutChromium)(`Every page ${withChromium}`, () => {
  it.for(looks)(
    'has no serious accessibility violation ($theme theme, $colorScheme system)',
    async ({ theme, colorScheme }, { browser, site }) => {
      const page = await openPage(browser, site.url, { colorScheme });
      await page.addInitScript((chosen) => localStorage.setItem('photoorg.settings', JSON.stringify({ theme: chosen })), theme);
      for (const name of pages) {
        await show(page, site, name);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(grave.map(({ id, nodes }) => `${name}: ${id}: ${nodes[0]?.html}`)).toEqual([]);
      }
      await page.context().close();
    },
  );

  it('fits 320 pixels, with targets of 44 pixels to press', async ({ browser, site }) => {
    const page = await openPage(browser, site.url, { viewport: { width: 320, height: 720 }, hasTouch: true });
    for (const name of pages) {
      await show(page, site, name);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(320);
      expect(await smallTargets(page), name).toEqual([]);
    }
    await page.context().close();
  });

  it('has one main heading, the landmarks and a title of its own', async ({ page, site }) => {
    const titles = new Set<string>();
    for (const name of ['photos', 'photo', 'people', 'person', 'review'] as const) {
      await show(page, site, name);
      expect(await page.getByRole('heading', { level: 1 }).count(), name).toBe(1);
      for (const landmark of ['banner', 'main'] as const) expect(await page.getByRole(landmark).count(), name).toBe(1);
      titles.add(await page.title());
    }
    expect(titles.size).toBe(5);
  });

  it('lets the keyboard skip to the content and moves the focus to a new page’s heading', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.getByRole('link', { name: 'People' }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toBe('People');
  });

  it('shows where the focus is', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
      expect(outline, await page.evaluate(() => document.activeElement!.outerHTML)).not.toBe('none');
    }
  });

  it('asks for high contrast and for stillness are heard', async ({ browser, site }) => {
    const page = await openPage(browser, site.url, { contrast: 'more', reducedMotion: 'reduce' });
    await page.goto('/');
    await page.getByRole('main').getByRole('img').first().waitFor();
    const look = await page.evaluate(() => ({
      ground: getComputedStyle(document.documentElement).backgroundColor,
      ink: getComputedStyle(document.body).color,
      transition: getComputedStyle(document.querySelector('main li img:last-of-type')!).transitionDuration,
    }));
    expect(look).toEqual({ ground: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)', transition: '0.001s' });
    await page.context().close();
  });
});

async function show(page: Page, { library }: TestSite, name: (typeof pages)[number]): Promise<void> {
  const [face] = (await library.faces.list({ limit: 1 })).items;
  const { photoId, faceId } = face!;
  const person = (await library.people.findByName('Ada')) ?? (await library.people.create({ displayName: 'Ada', actor: 'test' }));
  if (!face!.label) await library.labels.confirm({ faceId, personId: person.personId, actor: 'test' });
  const addresses = {
    photos: '/',
    photo: `/photos/${photoId}`,
    face: `/photos/${photoId}?face=${faceId}`,
    people: '/people',
    person: `/people/${person.personId}`,
    review: '/review',
    groups: '/review?view=groups',
    settings: '/',
  };
  await page.goto(addresses[name], { waitUntil: 'networkidle' });
  if (name === 'settings') {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('dialog').waitFor();
  }
}

/** Visible controls smaller than a fingertip. A link inside text and a face box, whose press area reaches beyond it, may be. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((smallest) => {
    const controls = document.querySelectorAll<HTMLElement>('a, button, input, select, label:has(input)');
    return [...controls]
      .filter(
        (control) =>
          !control.closest('[data-face-id], h2, .sr-only, label:has(input[type="radio"], input[type="checkbox"]) input'),
      )
      .filter((control) => control.checkVisibility({ visibilityProperty: true }) && control.getAttribute('tabindex') !== '-1')
      .filter((control) => {
        const { width, height, bottom } = control.getBoundingClientRect();
        return bottom > 0 && (width < smallest || height < smallest);
      })
      .map((control) => control.outerHTML.slice(0, 200));
  }, smallestTarget);
}
