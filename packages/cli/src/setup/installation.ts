import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Where a package is installed, and so where another has to lie to be found by it. */
export interface Installation {
  /** The folder whose `node_modules` holds it. */
  folder: string;
  /** npm's global folder: it has no `package.json` of its own. */
  isGlobal: boolean;
}

/** The installation that a file of a package belongs to: the outermost `node_modules` above it. null for a checkout. */
export function findInstallation(file: string): Installation | null {
  const parts = dirname(file).split(sep);
  const at = parts.indexOf('node_modules');
  if (at < 1) return null;
  const folder = parts.slice(0, at).join(sep) || sep;
  return { folder, isGlobal: !existsSync(join(folder, 'package.json')) };
}

/** The words after `npm` that add a package to an installation. */
export function npmWords({ folder, isGlobal }: Installation, spec: string): string[] {
  return isGlobal ? ['install', '--global', spec] : ['install', '--prefix', folder, spec];
}
