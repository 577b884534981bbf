import { realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';

/** Where symbolic links below a root lead out of it: a scan reads what lies there under the path of the link. */
export class LinkedPaths {
  readonly #root: string;
  /** Path of the link as a scan tells it, by what it leads to. */
  readonly #links = new Map<string, string>();

  /** @param root without links on the way */
  constructor(root: string) {
    this.#root = root;
  }

  /** Where the link leads, if a scan goes there and nobody was told yet; null otherwise. */
  follow(link: string): string | null {
    const target = targetOf(link);
    if (target === null || this.#topOf(target) !== null) return null;
    this.#links.set(target, this.asScanned(link));
    return target;
  }

  /** Whether nothing above the path belongs to the scan: it is the root, or what a link leads to. */
  isTop(path: string): boolean {
    return path === this.#root || this.#links.has(path);
  }

  /** The path under which a scan meets what lies at `path`. */
  asScanned(path: string): string {
    const top = this.#topOf(path);
    const link = top === null ? undefined : this.#links.get(top);
    return link === undefined ? path : join(link, relative(top!, path));
  }

  #topOf(path: string): string | null {
    return [this.#root, ...this.#links.keys()].find((top) => isInside(top, path)) ?? null;
  }
}

function isInside(folder: string, path: string): boolean {
  const below = relative(folder, path);
  return below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}

/** null where the link leads nowhere. */
function targetOf(link: string): string | null {
  try {
    return realpathSync(link);
  } catch {
    return null;
  }
}
