import { describe, expect } from 'vitest';
import { eventually, isWithoutChromium, pageTest, withChromium } from './support/page-test.ts';
import { addSamplePhotos } from './support/photos.ts';

const it = pageTest({ addPhotos: addSamplePhotos });

describe.skipIf(isWithoutChromium)(`The photos page ${withChromium}`, () => {
  it('shows every photo of the library, each described and really drawn', async ({ page, site }) => {
    const { items: photos } = await site.library.photos.list();
    await page.goto('/');
    const pictures = page.getByRole('main').getByRole('listitem').getByRole('img');
    await eventually(() => pictures.count()).toBe(photos.length);
    await eventually(() =>
      pictures.evaluateAll((images) => images.every((image) => image instanceof HTMLImageElement && image.naturalWidth > 0)),
    ).toBe(true);
    for (const { path } of photos) await page.getByAltText(path!.split('/').at(-1)!).waitFor();
    await page.getByText(`${photos.length} photos`).waitFor();
  });

  it('searches while one types and keeps the words in the address', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('searchbox', { name: 'Search' }).fill('sample3');
    await page.waitForURL('**/?q=sample3');
    await page.getByText('1 photo found').waitFor();
    await page.getByAltText('sample3.jpg').waitFor();

    await page.reload();
    expect(await page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('sample3');
    await page.getByText('1 photo found').waitFor();
  });

  it('narrows down to the days and the person chosen', async ({ page, site }) => {
    const { items: photos } = await site.library.photos.list();
    const day = photos[0]!.shotLocal!.slice(0, 10);
    const ofDay = photos.filter((photo) => photo.shotLocal?.startsWith(day));
    await page.goto('/');
    await page.getByLabel('From').fill(day);
    await page.getByLabel('To').fill(day);
    await page.getByText(new RegExp(`^${ofDay.length} photos? found$`)).waitFor();
    expect(new URL(page.url()).search).toBe(`?from=${day}&to=${day}`);

    const [face] = (await site.library.faces.list({ limit: 1 })).items;
    const person = await site.library.people.create({ displayName: 'Filter Fiona', actor: 'test' });
    await site.library.labels.confirm({ faceId: face!.faceId, personId: person.personId, actor: 'test' });
    await page.goto('/');
    await page.getByRole('combobox', { name: 'Person' }).fill('fiona');
    await page.getByRole('option', { name: /Filter Fiona/ }).click();
    await page.getByText('1 photo found').waitFor();
    expect(new URL(page.url()).searchParams.get('personId')).toBe(person.personId);
    await page.getByRole('button', { name: 'Show photos of anyone' }).click();
    await page.getByText(`${photos.length} photos`).waitFor();
  });

  it('says so when nothing matches, and shows the way back', async ({ page, site }) => {
    await page.goto('/?q=nosuchword');
    await page.getByRole('heading', { name: 'No photo matches' }).waitFor();
    await page.getByRole('link', { name: 'Clear search and filters' }).click();
    const { items: photos } = await site.library.photos.list();
    await page.getByText(`${photos.length} photos`).waitFor();
    expect(await page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('');
  });

  it('walks the grid by arrow keys and opens a photo by Enter', async ({ page }) => {
    await page.goto('/');
    const links = page.getByRole('main').getByRole('listitem').getByRole('link');
    await links.nth(1).waitFor();
    await links.nth(0).focus();
    await page.keyboard.press('ArrowRight');
    const target = await links.nth(1).getAttribute('href');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe(target);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${target}`);
  });
});
