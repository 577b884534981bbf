import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyzeFaces, type FaceEngine, loadFaceEngine } from '../src/index.ts';
import type { PageAnswer } from './browser-page.ts';
import { l2Distance } from './dlib-golden.ts';
import { samplePhoto } from './sample-photos.ts';
import { type BrowserPage, serveBrowserPage } from './serve-browser-page.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

describe.skipIf(!existsSync(CHROMIUM))('in Chromium', () => {
  let browser: Browser;
  let engine: FaceEngine;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    engine = await loadFaceEngine();
  });
  afterAll(async () => {
    await browser.close();
    await engine.close();
  });

  async function analyzeInPage(site: BrowserPage, photo: Buffer, modelsPath = '/models/'): Promise<PageAnswer> {
    const page = await browser.newPage();
    await page.goto(site.url);
    const answer = await page.evaluate(([base64, path]) => globalThis.analyzePickedPhoto(base64, path), [
      photo.toString('base64'),
      modelsPath,
    ] as const);
    await page.close();
    return answer;
  }

  async function analyzeInBoth(site: BrowserPage, photo: Buffer) {
    const inPage = await analyzeInPage(site, photo);
    if (inPage.errorCode !== null) throw new Error(`The page failed with ${inPage.errorCode}.`);
    return { inPage, inNode: await analyzeFaces(photo, engine) };
  }

  test('a photo gives the faces and embeddings that Node gives, and does not leave the page', async () => {
    await using site = await serveBrowserPage({ crossOriginIsolated: false });
    const { inPage, inNode } = await analyzeInBoth(site, await readFile(samplePhoto(5)));
    expect(inPage.threads).toBe(1);
    expect(inPage.space).toBe(engine.embedder.space.name);
    expect([inPage.width, inPage.height]).toEqual([inNode.width, inNode.height]);
    expect(inPage.faces).toHaveLength(5);
    expect(inPage.faces.map(({ box }) => box)).toEqual(inNode.faces.map(({ box }) => box));
    const distances = inPage.faces.map(({ embedding }, i) => l2Distance(embedding, inNode.faces[i]!.embedding));
    expect(Math.max(...distances)).toBeLessThan(1e-3);
    expect(inPage.embeddedAgain).toEqual(inPage.faces.map(({ embedding }) => embedding));
    expect(inPage.faces.every(({ cropType }) => cropType === 'WEBP')).toBe(true);
    expect(site.requests.every(({ line, bodyBytes }) => line.startsWith('GET ') && bodyBytes === 0)).toBe(true);
  });

  test('a turned photo is put upright, and a cross-origin isolated page uses threads', async () => {
    await using site = await serveBrowserPage({ crossOriginIsolated: true });
    const upright = sharp(await sharp(samplePhoto(2)).resize(800).png().toBuffer());
    const turned = await upright.rotate(270).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toBuffer();
    const { inPage, inNode } = await analyzeInBoth(site, turned);
    expect(inPage.threads).toBeGreaterThan(1);
    expect([inPage.width, inPage.height]).toEqual([inNode.width, inNode.height]);
    expect(inPage.faces.map(({ box }) => box)).toEqual(inNode.faces.map(({ box }) => box));
  });

  test.each([
    { desc: 'missing models', modelsPath: '/nowhere/', errorCode: 'MODEL_MISSING' },
    { desc: 'a file that is no picture', modelsPath: '/models/', errorCode: 'IMAGE_UNREADABLE' },
  ])('$desc: $errorCode', async ({ modelsPath, errorCode }) => {
    await using site = await serveBrowserPage({ crossOriginIsolated: false });
    expect(await analyzeInPage(site, Buffer.from('no picture'), modelsPath)).toEqual({ errorCode });
  });
});
