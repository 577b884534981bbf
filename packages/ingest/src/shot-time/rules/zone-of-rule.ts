import type { ZoneRule } from './date-rules.ts';
import { type Camera, matchesCamera } from './matches-camera.ts';

/** The zone that the first fitting rule gives to a photo; null when none fits. */
export function zoneOfRule(rules: readonly ZoneRule[], camera: Camera, path: string): string | null {
  const rule = rules.find((candidate) => matchesCamera(candidate, camera) && isInFolder(path, candidate.folder));
  return rule?.zone ?? null;
}

/** NFC and NFD spellings of one name are one folder to the person who writes a rule. */
function isInFolder(path: string, folder: string | undefined): boolean {
  if (folder === undefined) return true;
  const folders = segments(path).slice(0, -1);
  return `/${folders.join('/')}/`.includes(`/${segments(folder).join('/')}/`);
}

function segments(path: string): string[] {
  return path
    .normalize('NFC')
    .split(/[/\\]/)
    .filter((segment) => segment !== '');
}
