/**
 * Completes package-lock.json with the optional packages of other platforms.
 *
 * npm leaves an optional package out of the lockfile when the registry it asked did not serve it, and `npm ci` then refuses the
 * lockfile as out of sync (https://github.com/npm/cli/issues/4828). Run after `npm install`: `npm run lockfile`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface LockedPackage {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const lockfile = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, LockedPackage> };
const { packages } = lockfile;

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'ppc64le', 's390x', 'x64', 'riscv64', 'wasm32'];
/** How packages spell what npm calls otherwise. */
const spellings: Record<string, string> = {
  windows: 'win32',
  '64': 'x64',
  ppc64el: 'ppc64le',
  linuxmusl: 'linux',
  aarch64: 'arm64',
};

/** The platform that a package's name speaks of: `@scope/cli-linux-x64-musl` → linux, x64, musl. */
function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/@.]/).map((word) => spellings[word] ?? word);
  const os = words.filter((word) => systems.includes(word));
  const cpu = words.filter((word) => processors.includes(word) && !(word === 'wasm32' && os.length > 0));
  const libc = words.includes('gnu') ? ['glibc'] : words.includes('musl') || name.includes('linuxmusl') ? ['musl'] : [];
  return { ...(cpu.length > 0 && { cpu }), ...(os.length > 0 && { os }), ...(libc.length > 0 && { libc }) };
}

/** Whether a package at `location` finds `name` in its own node_modules or in one above it. */
function isLocked(location: string, name: string): boolean {
  for (let folder = location; ; ) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
    const above = folder.lastIndexOf('node_modules/');
    folder = above <= 0 ? '' : folder.slice(0, above - 1);
  }
}

let added = 0;
for (const [location, entry] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(location, name)) continue;
    const { os, cpu, libc } = platformOf(name);
    if (!os && !cpu) throw new Error(`${name} of ${location} is not locked, and its name speaks of no platform`);
    packages[`node_modules/${name}`] = {
      version: range.replace(/^[^\d]*/, ''),
      optional: true,
      ...(entry.dev && { dev: true }),
      ...(os && { os }),
      ...(cpu && { cpu }),
      ...(libc && { libc }),
    };
    added++;
  }
}
const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify({ ...lockfile, packages: sorted }, null, 2)}\n`);
console.log(`${added} packages of other platforms added`);
