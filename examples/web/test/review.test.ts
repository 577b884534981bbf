import AxeBuilder from '@axe-core/playwright';
import type { PhotoLibrary } from '@photoorg/sdk';
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { formatLogOdds } from '../src/labelling/format-log-odds.ts';
import { eventually, isWithoutChromium, pageTest, takeMisdeeds, withChromium } from './support/page-test.ts';
import { addSamplePhotosInThreeTakes, laterTake } from './support/photos.ts';

const it = pageTest({ addPhotos: addSamplePhotosInThreeTakes });

describe.skipIf(isWithoutChromium)(`The review ${withChromium}`, () => {
  it('sets strangers aside in bulk, without the faces left out, and takes it back', async ({ page, site }) => {
    const { library } = site;
    await page.goto('/review?view=groups');
    const group = page.getByRole('region', { name: 'Nobody comes to mind' });
    const toggles = group.getByRole('button', { name: /^Face in/ });
    await toggles.first().waitFor();
    const inGroup = await toggles.count();
    const before = await strangers(library);
    await group.getByRole('button', { name: 'Choose all' }).click();
    await toggles.first().click();
    await group.getByText(`${inGroup} faces, ${inGroup - 1} chosen`).waitFor();
    await group.getByRole('button', { name: 'Ignore as strangers' }).click();
    await eventually(() => strangers(library)).toBe(before + inGroup - 1);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
    await eventually(() => strangers(library)).toBe(before);
    await eventually(() => toggles.count()).toBe(inGroup);
  });

  it('starts in a library where nobody has a name: naming one face brings up the same person elsewhere', async ({
    page,
    site,
  }) => {
    await page.goto('/review');
    await page.getByRole('heading', { name: 'Nothing to ask' }).waitFor();
    await page.getByRole('link', { name: 'Name other faces' }).click();
    await page.getByRole('heading', { name: 'Who is this?' }).waitFor();
    const first = await shownFace(page);
    await page.keyboard.press('n');
    await page.keyboard.type('Nora First');
    await page.keyboard.press('Enter');
    await eventually(async () => (await site.library.faces.get(first)).label?.displayName).toBe('Nora First');
    const twin = await otherTake(site.library, first);
    const [suggestion] = await site.library.review.suggestions(twin);
    expect(suggestion!.person.displayName).toBe('Nora First');
  });

  it('is answered by keyboard from end to end, and each answer is in the library', async ({ page, site }) => {
    const { library } = site;
    await nameFirstTakes(library);
    await page.goto('/review');
    await page.getByRole('heading', { name: 'Who is this?' }).waitFor();
    await page.getByText(/^0 answered/).waitFor();

    const confirmed = await shownFace(page);
    const [best] = await library.review.suggestions(confirmed);
    await page.keyboard.press('Enter');
    await labelOf(library, confirmed, { personId: best!.person.personId, source: 'human_confirmed' });
    await page
      .getByRole('status')
      .filter({ hasText: `Named ${best!.person.displayName}` })
      .waitFor();

    const chosen = await nextFace(page, confirmed);
    const [byDigit] = await library.review.suggestions(chosen);
    await page.keyboard.press('1');
    await labelOf(library, chosen, { personId: byDigit!.person.personId });

    const rejected = await nextFace(page, chosen);
    const [wrong] = await library.review.suggestions(rejected);
    await page.keyboard.press('x');
    await page
      .getByRole('status')
      .filter({ hasText: `Noted: not ${wrong!.person.displayName}` })
      .waitFor();
    await eventually(async () =>
      (await library.review.suggestions(rejected)).some(({ person }) => person.personId === wrong!.person.personId),
    ).toBe(false);
    expect(await shownFace(page)).toBe(rejected);

    await page.keyboard.press('z');
    await eventually(async () => (await library.review.suggestions(rejected))[0]?.person.personId).toBe(wrong!.person.personId);

    await page.keyboard.press('u');
    const ignored = await nextFace(page, rejected);
    expect((await library.faces.get(rejected)).label).toBeNull();
    await page.keyboard.press('i');
    await nextFace(page, ignored);
    await eventually(async () => (await library.faces.get(ignored)).ignored).toBe(true);

    await page.keyboard.press('z');
    await eventually(() => shownFace(page)).toBe(ignored);
    await eventually(async () => (await library.faces.get(ignored)).ignored).toBe(false);
    await page.keyboard.press('ArrowLeft');
    await eventually(() => shownFace(page)).toBe(rejected);
    await page.keyboard.press('ArrowRight');
    await eventually(() => shownFace(page)).toBe(ignored);
    await page.getByText(/^3 answered/).waitFor();
  });

  it('says on request why it names somebody, with the weight of each reason', async ({ page, site }) => {
    const { library } = site;
    await page.goto('/review');
    await page.getByRole('heading', { name: 'Who is this?' }).waitFor();
    const faceId = await shownFace(page);
    const [best] = await library.review.suggestions(faceId);
    const why = page.getByRole('button', { name: `Why ${best!.person.displayName}?` });
    const { because } = best!.terms[0]!;
    expect(await why.getAttribute('aria-expanded')).toBe('false');
    expect(await page.getByText(because).isVisible()).toBe(false);

    await why.focus();
    await page.keyboard.press('Enter');
    await page.getByText(because).waitFor();
    expect(await why.getAttribute('aria-expanded')).toBe('true');
    const reasons = page.locator(`[id="${await why.getAttribute('aria-controls')}"]`).getByRole('listitem');
    expect(await reasons.allTextContents()).toEqual(
      best!.terms
        .toSorted((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds))
        .map(({ logOdds, because }) => `${logOdds < 0 ? 'against' : 'for'}: ${formatLogOdds(logOdds)}${because}`),
    );
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect((await library.faces.get(faceId)).label?.source).not.toBe('human_confirmed');

    await page.keyboard.press('Enter');
    await eventually(() => page.getByText(because).isVisible()).toBe(false);
  });

  it('leaves its keys alone while they are switched off', async ({ page, site }) => {
    await page.goto('/review');
    await page.getByRole('heading', { name: 'Who is this?' }).waitFor();
    const face = await shownFace(page);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel(/Single-key shortcuts/).uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('i');
    await page.keyboard.press('ArrowRight');
    expect(await shownFace(page)).toBe(face);
    expect((await site.library.faces.get(face)).ignored).toBe(false);
  });

  it('brings a face back when its answer is refused, and says why', async ({ page, site }) => {
    const { library } = site;
    await page.goto('/review');
    await page.getByRole('heading', { name: 'Who is this?' }).waitFor();
    const faceId = await shownFace(page);
    const inSamePhoto = await someoneElseInPhoto(library, faceId);
    await page.keyboard.press('n');
    await page.keyboard.type(inSamePhoto.displayName);
    await page.keyboard.press('Enter');
    const refusal = page.getByRole('alert');
    await refusal.getByText(`${inSamePhoto.displayName} is already in this photo`).waitFor();
    expect(await shownFace(page)).toBe(faceId);
    expect(takeMisdeeds()).toEqual([expect.stringContaining('409')]);
    await refusal.getByRole('button', { name: 'Both faces are theirs' }).click();
    await labelOf(library, faceId, { personId: inSamePhoto.personId });
    await library.labels.clear({ faceId, actor: 'test' });
  });

  it('confirms the chosen faces of a group at once, and takes it back', async ({ page, site }) => {
    const { library } = site;
    const { person, faceIds } = await largestGroup(library);
    expect(faceIds.length).toBeGreaterThan(1);
    await page.goto('/review?view=groups');
    const group = page.getByRole('region', { name: `Is this ${person.displayName}?` });
    await group.getByRole('button', { name: /^Choose/ }).waitFor();
    if (await group.getByRole('button', { name: 'Choose none' }).isVisible())
      await group.getByRole('button', { name: 'Choose none' }).click();
    await group.getByRole('button', { name: 'Choose all' }).click();
    await group.getByRole('button', { name: `Yes, all ${faceIds.length} are ${person.displayName}` }).click();
    await group.waitFor({ state: 'hidden' });
    for (const faceId of faceIds) await labelOf(library, faceId, { personId: person.personId, source: 'human_confirmed' });
    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
    await group.waitFor();
    for (const faceId of faceIds) await eventually(async () => (await library.faces.get(faceId)).label).toBeNull();
  });

  it('applies what is certain only after saying how much that is, and takes it back', async ({ page, site }) => {
    const { library } = site;
    const counts = await library.review.applyCertain({ dryRun: true });
    expect(counts.applied).toBeGreaterThan(0);
    await page.goto('/review');
    await page.getByRole('button', { name: 'Apply what is certain' }).click();
    const dialog = page.getByRole('dialog', { name: 'Apply what is certain' });
    await dialog.getByText(`Of ${counts.considered} face`).waitFor();
    const before = await guesses(library);
    await dialog.getByRole('button', { name: new RegExp(`^Name ${counts.applied} face`) }).click();
    await dialog.waitFor({ state: 'hidden' });
    await eventually(() => guesses(library)).toBe(before + counts.applied);

    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();
    await eventually(() => guesses(library)).toBe(before);
  });
});

/** Which face is asked about. */
function shownFace(page: Page): Promise<string> {
  return page
    .getByAltText('The face in question')
    .getAttribute('src')
    .then((source) => source!.split('/').at(-2)!);
}

async function nextFace(page: Page, before: string): Promise<string> {
  await eventually(() => shownFace(page)).not.toBe(before);
  return shownFace(page);
}

async function labelOf(library: PhotoLibrary, faceId: string, label: object): Promise<void> {
  await eventually(async () => (await library.faces.get(faceId)).label).toMatchObject(label);
}

async function guesses(library: PhotoLibrary): Promise<number> {
  const faces = await Array.fromAsync(library.faces.iterate({ labelled: true }));
  return faces.filter(({ label }) => label?.source === 'model_guess').length;
}

async function strangers(library: PhotoLibrary): Promise<number> {
  return (await library.faces.list({ ignored: true, limit: 200 })).items.length;
}

/** The face of the other take that is nearest: the same person in the same moment. */
async function otherTake(library: PhotoLibrary, faceId: string): Promise<string> {
  const [nearest] = await library.search.similarFaces({ faceId, limit: 1 });
  return nearest!.face.faceId;
}

/** Confirms a name for every face of the original samples; their later takes are left to be asked about. */
async function nameFirstTakes(library: PhotoLibrary): Promise<void> {
  for await (const photo of library.photos.iterate()) {
    if (photo.path!.includes(laterTake)) continue;
    for (const { faceId, label } of (await library.photos.getWithFaces(photo.photoId)).faces) {
      if (label) continue;
      const { personId } = await library.people.create({ displayName: `Person ${faceId.slice(-6)}`, actor: 'test' });
      await library.labels.confirm({ faceId, personId, actor: 'test' });
    }
  }
}

/** Someone confirmed in the photo of a face; another face of it gets a name if none has. */
async function someoneElseInPhoto(library: PhotoLibrary, faceId: string): Promise<{ personId: string; displayName: string }> {
  const { photoId } = await library.faces.get(faceId);
  const { faces } = await library.photos.getWithFaces(photoId);
  const other = faces.find((face) => face.faceId !== faceId)!;
  if (other.label) return other.label;
  const person = await library.people.create({ displayName: 'Already Here', actor: 'test' });
  await library.labels.confirm({ faceId: other.faceId, personId: person.personId, actor: 'test' });
  return person;
}

/** The person most open faces look like, with those faces. */
async function largestGroup(library: PhotoLibrary) {
  const { items } = await library.review.queue({ limit: 50, minConfidence: 0 });
  const likely = items.filter(({ suggestions }) => suggestions[0] && suggestions[0].action !== 'leave_unknown');
  const groups = [...Map.groupBy(likely, ({ suggestions }) => suggestions[0]!.person.personId).values()];
  const [largest] = groups.sort((a, b) => b.length - a.length);
  return { person: largest![0]!.suggestions[0]!.person, faceIds: largest!.map(({ face }) => face.faceId) };
}
