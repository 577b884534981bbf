import { describe, expect } from 'vitest';
import { eventually, isWithoutChromium, pageTest, takeMisdeeds, withChromium } from './support/page-test.ts';
import { addSamplePhotos } from './support/photos.ts';

const it = pageTest({ addPhotos: addSamplePhotos });

/** How far a drawn box may lie from where its pixels are, in CSS pixels: rounding of the layout. */
const boxTolerance = 1.5;

describe.skipIf(isWithoutChromium)(`The photo page ${withChromium}`, () => {
  it('draws each box exactly over its face, at any width of the window', async ({ page, site }) => {
    const [photo] = (await site.library.photos.list()).items;
    const { faces, width, height } = await site.library.photos.getWithFaces(photo!.photoId);
    await page.goto(`/photos/${photo!.photoId}`);
    const picture = page.getByRole('figure').getByRole('img').last();
    await eventually(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    for (const windowWidth of [1280, 390]) {
      await page.setViewportSize({ width: windowWidth, height: 800 });
      const drawn = (await picture.boundingBox())!;
      for (const { faceId, box } of faces) {
        const shown = (await page.locator(`[data-face-id="${faceId}"]`).boundingBox())!;
        expect(Math.abs(shown.x - (drawn.x + (box.x / width) * drawn.width))).toBeLessThan(boxTolerance);
        expect(Math.abs(shown.y - (drawn.y + (box.y / height) * drawn.height))).toBeLessThan(boxTolerance);
        expect(Math.abs(shown.width - (box.width / width) * drawn.width)).toBeLessThan(boxTolerance);
        expect(Math.abs(shown.height - (box.height / height) * drawn.height)).toBeLessThan(boxTolerance);
      }
      expect(await page.locator('[data-face-id]').count()).toBe(faces.length);
    }
  });

  it('goes to the neighbours by arrow keys, hides the boxes by F and goes back by Escape', async ({ page, site }) => {
    const [first, second] = (await site.library.photos.list()).items;
    await page.goto('/');
    await page.getByAltText(first!.path!.split('/').at(-1)!).click();
    await page.waitForURL(`**/photos/${first!.photoId}`);
    await page.getByRole('button', { name: 'Next photo' }).and(page.locator(':enabled')).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(`**/photos/${second!.photoId}`);
    await page.getByText(/^2 of/).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(`**/photos/${first!.photoId}`);

    await page.locator('[data-face-id]').first().waitFor();
    await page.keyboard.press('f');
    await eventually(() => page.locator('[data-face-id]').count()).toBe(0);
    await page.keyboard.press('f');
    await page.locator('[data-face-id]').first().waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => url.pathname === '/');
  });

  it('tells when, where and with what the photo was taken', async ({ page, site }) => {
    const { items } = await site.library.photos.list();
    const photo = items.find(({ latitude, cameraModel }) => latitude !== null && cameraModel !== null)!;
    await page.goto(`/photos/${photo.photoId}`);
    const facts = page.getByRole('region', { name: 'About this photo' });
    await facts.getByText(photo.cameraModel!).waitFor();
    await facts.getByText(`ISO ${photo.exposure.iso}`).waitFor();
    await facts.getByText(`${Math.abs(photo.latitude!).toFixed(4)}° ${photo.latitude! < 0 ? 'S' : 'N'}`).waitFor();
    await facts.getByText(`${photo.placeCity}, ${photo.placeRegion}, ${photo.placeCountry}`).waitFor();
    await facts.getByText('Place names: GeoNames, CC BY 4.0').waitFor();
    await facts.getByText(photo.shotLocal!.slice(11, 19)).waitFor();
    await facts.getByText(photo.shotOffsetMinutes === null ? /Time zone not recorded/ : /UTC[+−]/).waitFor();
  });

  it('names a face by keyboard alone, and takes it back', async ({ page, site }) => {
    const [face] = (await site.library.faces.list({ labelled: false })).items;
    await page.goto(`/photos/${face!.photoId}`);
    await page.locator(`[data-face-id="${face!.faceId}"]`).focus();
    await page.getByText('Unknown person').first().waitFor();
    await page.keyboard.press('Enter');
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Unknown person');

    await page.getByRole('combobox', { name: 'Name' }).focus();
    await page.keyboard.type('Ada Lovelace');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor();
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
    const { label } = await site.library.faces.get(face!.faceId);
    expect(label).toMatchObject({ displayName: 'Ada Lovelace', source: 'human_confirmed' });
    const [event] = await site.library.labels.history({ faceId: face!.faceId, limit: 1 });
    expect(event!.actor).toBe('me');

    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Unknown person' }).waitFor();
    expect((await site.library.faces.get(face!.faceId)).label).toBeNull();
  });

  it('asks which of the people of one name is meant, also of those whom the list did not show', async ({ page, site }) => {
    const [face, other] = (await site.library.faces.list({ labelled: false })).items;
    await site.library.people.create({ displayName: 'Li Na', birthDate: '1980-01-01', actor: 'test' });
    await site.library.people.create({ displayName: 'Li Na', birthDate: '2001-01-01', actor: 'test' });
    await page.goto(`/photos/${face!.photoId}?face=${face!.faceId}`);
    await page.getByRole('combobox', { name: 'Name' }).fill('li na');
    await eventually(() => page.getByRole('option', { name: 'Li Na' }).count()).toBe(2);
    await page.keyboard.press('Enter');
    expect(await page.getByRole('option', { name: 'Li Na' }).count()).toBe(2);
    await page.getByRole('option', { name: 'Li Na' }).last().click();
    await page.getByRole('link', { name: 'Li Na' }).waitFor();

    await page.goto(`/photos/${other!.photoId}?face=${other!.faceId}`);
    await page.getByRole('combobox', { name: 'Name' }).fill('Mei Lin');
    await page.getByRole('option', { name: /Create .Mei Lin/ }).waitFor();
    await site.library.people.create({ displayName: 'Mei Lin', birthDate: '1980-01-01', actor: 'test' });
    const younger = await site.library.people.create({ displayName: 'Mei Lin', birthDate: '2001-01-01', actor: 'test' });
    await page.keyboard.press('Enter');
    const problem = page.getByRole('alert');
    await problem.getByText('2 people are called Mei Lin. Choose the one you mean.').waitFor();
    expect((await site.library.faces.get(other!.faceId)).label).toBeNull();
    await problem.getByRole('button', { name: /born 2001-01-01/ }).click();
    await page.getByRole('link', { name: 'Mei Lin' }).waitFor();
    expect((await site.library.faces.get(other!.faceId)).label).toMatchObject({ personId: younger.personId });
  });

  it('says who named a face meanwhile instead of naming it otherwise, and does so when that is wanted', async ({
    page,
    site,
  }) => {
    const [face] = (await site.library.faces.list({ labelled: false })).items;
    const { faceId, photoId } = face!;
    const emily = await site.library.people.create({ displayName: 'Emily Dickinson', actor: 'ben' });
    await page.goto(`/photos/${photoId}?face=${faceId}`);
    await page.getByRole('combobox', { name: 'Name' }).waitFor();
    await site.library.labels.confirm({ faceId, personId: emily.personId, actor: 'ben' });

    await page.getByRole('combobox', { name: 'Name' }).fill('Ada Lovelace');
    await page.keyboard.press('Enter');
    const problem = page.getByRole('alert');
    await problem.getByText(/^ben named it Emily Dickinson on /).waitFor();
    expect((await site.library.faces.get(faceId)).label).toMatchObject({ displayName: 'Emily Dickinson' });
    await page.getByRole('link', { name: 'Emily Dickinson' }).waitFor();

    await problem.getByRole('button', { name: 'What I said counts' }).click();
    await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor();
    expect((await site.library.faces.get(faceId)).label).toMatchObject({ displayName: 'Ada Lovelace' });
    expect(takeMisdeeds()).toEqual([expect.stringContaining('409')]);
  });

  it('labels in the name of whoever is set as labelling', async ({ page, site }) => {
    const [face] = (await site.library.faces.list({ labelled: false })).items;
    await page.goto(`/photos/${face!.photoId}?face=${face!.faceId}`);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Who is labelling').fill('Grandmother');
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Name' }).fill('Grace Hopper');
    await page.getByRole('option', { name: 'Create “Grace Hopper”' }).click();
    await page.getByRole('link', { name: 'Grace Hopper' }).waitFor();
    const [event] = await site.library.labels.history({ faceId: face!.faceId, limit: 1 });
    expect(event!.actor).toBe('Grandmother');
  });

  it('keeps "not this person", "unknown" and "stranger" apart', async ({ page, site }) => {
    const [face] = (await site.library.faces.list({ labelled: false })).items;
    const { faceId } = face!;
    const { personId } = await site.library.people.create({ displayName: 'Mary Shelley', actor: 'test' });
    await site.library.labels.confirm({ faceId, personId, actor: 'test' });
    await page.goto(`/photos/${face!.photoId}?face=${faceId}`);

    await page.getByRole('button', { name: 'Unknown person', exact: true }).click();
    await page.getByRole('heading', { name: 'Unknown person' }).waitFor();
    expect((await site.library.faces.get(faceId)).label).toBeNull();

    await site.library.labels.confirm({ faceId, personId, actor: 'test' });
    await page.reload();
    await page.getByRole('button', { name: 'Not Mary Shelley' }).click();
    await page.getByRole('heading', { name: 'Unknown person' }).waitFor();
    const [rejection] = await site.library.labels.history({ faceId, limit: 1 });
    expect(rejection).toMatchObject({ personId });

    await page.getByRole('button', { name: 'Ignore this stranger' }).click();
    await page.getByRole('heading', { name: 'Stranger' }).waitFor();
    expect((await site.library.faces.get(faceId)).ignored).toBe(true);
  });

  it('shows the most similar faces, nearest first, each a way to its photo', async ({ page, site }) => {
    const [face] = (await site.library.faces.list()).items;
    const similar = await site.library.search.similarFaces({ faceId: face!.faceId, limit: 12 });
    await page.goto(`/photos/${face!.photoId}?face=${face!.faceId}`);
    const strip = page
      .getByRole('region')
      .filter({ has: page.getByRole('heading', { name: 'Similar faces' }) })
      .getByRole('link');
    const links = strip.filter({ hasText: 'distance' });
    await eventually(() => links.count()).toBe(similar.length);
    const hrefs = await links.evaluateAll((elements) => elements.map((element) => element.getAttribute('href')));
    expect(hrefs).toEqual(similar.map((hit) => `/photos/${hit.face.photoId}?face=${hit.face.faceId}`));
  });
});
