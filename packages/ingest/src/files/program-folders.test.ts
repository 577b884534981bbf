import { expect, it } from 'vitest';
import { isMadeByProgram } from './program-folders.ts';

function keptOf(folder: string, names: readonly string[]): string[] {
  return names.filter((name) => !isMadeByProgram(folder, name, (sibling) => names.includes(sibling)));
}

it.each([
  {
    desc: 'Apple Photos',
    folder: 'Fotos-Mediathek.photoslibrary',
    names: ['database', 'Masters', 'originals', 'private', 'resources', 'scopes', 'x.jpg'],
    kept: ['originals'],
  },
  {
    desc: 'Apple Photos before 2019',
    folder: 'My.PhotosLibrary',
    names: ['Masters', 'Thumbnails', 'resources'],
    kept: ['Masters'],
  },
  { desc: 'Aperture', folder: 'Aperture Library.aplibrary', names: ['Database', 'Masters', 'Previews'], kept: ['Masters'] },
  { desc: 'iPhoto', folder: 'iPhoto Library', names: ['Data', 'Modified', 'Originals'], kept: ['Originals'] },
  { desc: 'what Photos took over', folder: 'x.migratedphotolibrary', names: ['Masters', 'Previews'], kept: ['Masters'] },
  { desc: "Lightroom's previews", folder: 'Lightroom Catalog Smart Previews.lrdata', names: ['0', 'x.dng'], kept: [] },
  { desc: "Capture One's session", folder: 'CaptureOne', names: ['Cache', 'Settings153'], kept: [] },
  {
    desc: 'a folder that a person named after it',
    folder: 'CaptureOne',
    names: ['2019', 'Settings at home', 'x.jpg'],
    kept: ['2019', 'Settings at home', 'x.jpg'],
  },
  {
    desc: 'a name without the folders',
    folder: 'old.aplibrary',
    names: ['2009.approject', 'x.jpg'],
    kept: ['2009.approject', 'x.jpg'],
  },
  {
    desc: 'folders of anybody',
    folder: 'Photos',
    names: ['originals', 'Masters', 'x.jpg'],
    kept: ['originals', 'Masters', 'x.jpg'],
  },
])('keeps the originals of $desc', ({ folder, names, kept }) => {
  expect(keptOf(folder, names)).toEqual(kept);
});
