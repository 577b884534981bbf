import type { PhotoLibrary } from '@photoorg/sdk';
import { describe, expect } from 'vitest';
import { eventually, isWithoutChromium, pageTest, withChromium } from './support/page-test.ts';
import { addSamplePhotos } from './support/photos.ts';

const it = pageTest({ addPhotos: addSamplePhotos });

describe.skipIf(isWithoutChromium)(`The people pages ${withChromium}`, () => {
  it('show everyone with their face and counts, and a name can be changed in its place', async ({ page, site }) => {
    const [faceId] = await unnamedFaces(site.library);
    const { personId } = await site.library.people.create({ displayName: 'Ana', actor: 'test' });
    await site.library.labels.confirm({ faceId: faceId!, personId, actor: 'test' });
    await page.goto('/people');
    const card = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Ana' }) });
    await card.getByText('1 face, 1 photo').waitFor();
    expect(
      await card
        .getByRole('presentation')
        .or(card.locator('img'))
        .first()
        .evaluate((image: HTMLImageElement) => image.complete),
    ).toBe(true);

    await card.getByRole('button', { name: 'Rename Ana' }).click();
    await page.keyboard.type('Anna Karenina');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Anna Karenina' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Rename Anna Karenina');
    expect((await site.library.people.get(personId)).displayName).toBe('Anna Karenina');

    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: 'Ana', exact: true }).waitFor();
    expect((await site.library.people.get(personId)).displayName).toBe('Ana');
  });

  it('merge two people after showing both, and undo it', async ({ page, site }) => {
    const [one, other] = await facesOfTwoPhotos(site.library);
    const twice = await site.library.people.create({ displayName: 'Emily twice', actor: 'test' });
    const emily = await site.library.people.create({ displayName: 'Emily Dickinson', actor: 'test' });
    await site.library.labels.confirm({ faceId: one!, personId: twice.personId, actor: 'test' });
    await site.library.labels.confirm({ faceId: other!, personId: emily.personId, actor: 'test' });

    await page.goto('/people');
    await page.getByRole('button', { name: 'Merge Emily twice into someone else' }).click();
    const dialog = page.getByRole('dialog', { name: 'Is Emily twice someone else?' });
    await dialog.getByRole('combobox').fill('emily d');
    await page.getByRole('option', { name: /Emily Dickinson/ }).click();
    await dialog.getByText('All 1 face of Emily twice will be Emily Dickinson').waitFor();
    await dialog.getByRole('button', { name: 'Merge' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect((await site.library.faces.get(one!)).label?.personId).toBe(emily.personId);

    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: 'Emily twice' }).waitFor();
    expect((await site.library.faces.get(one!)).label?.personId).toBe(twice.personId);
  });

  it('remove somebody who is on no photo, and undo it', async ({ page, site }) => {
    const { personId } = await site.library.people.create({ displayName: 'Mistaken Mia', actor: 'test' });
    await page.goto(`/people/${personId}`);
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
    await eventually(() => page.getByRole('link', { name: 'Mistaken Mia' }).count()).toBe(0);
    expect(await site.library.people.find(personId)).toBeNull();

    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: 'Mistaken Mia' }).waitFor();
    expect((await site.library.people.get(personId)).displayName).toBe('Mistaken Mia');
  });

  it('show one person with all their faces and photos', async ({ page, site }) => {
    const [one, other] = await facesOfTwoPhotos(site.library);
    const { personId } = await site.library.people.create({ displayName: 'Jane Austen', actor: 'test' });
    for (const faceId of [one!, other!]) await site.library.labels.confirm({ faceId, personId, actor: 'test' });
    await page.goto(`/people/${personId}`);
    await page.getByRole('heading', { level: 1, name: 'Jane Austen' }).waitFor();
    await page.getByText('2 faces in 2 photos').waitFor();
    await eventually(() => page.getByRole('region', { name: 'Faces' }).getByRole('link').count()).toBe(2);
    await eventually(() => page.getByRole('region', { name: 'Photos' }).getByRole('link').count()).toBe(2);

    await page.getByRole('region', { name: 'Faces' }).getByRole('link').first().click();
    await page.getByRole('region', { name: 'Jane Austen' }).waitFor();
    await page.getByText(/^\d of 2$/).waitFor();
  });
});

async function unnamedFaces(library: PhotoLibrary): Promise<string[]> {
  return (await library.faces.list({ labelled: false })).items.map(({ faceId }) => faceId);
}

async function facesOfTwoPhotos(library: PhotoLibrary): Promise<[string, string]> {
  const { items } = await library.faces.list({ labelled: false });
  const [one] = items;
  const other = items.find(({ photoId }) => photoId !== one!.photoId);
  return [one!.faceId, other!.faceId];
}
