import { expect, test } from 'vitest';
import { findNativePlatform } from './native-platforms.ts';

test.each([
  { desc: 'Linux on a PC', machine: ['linux', 'x64', 'glibc'], expected: 'linux-x64' },
  { desc: 'Linux on ARM', machine: ['linux', 'arm64', 'glibc'], expected: 'linux-arm64' },
  { desc: 'Alpine', machine: ['linux', 'x64', 'musl'], expected: null },
  { desc: 'a Linux of unknown kind', machine: ['linux', 'x64', null], expected: null },
  { desc: 'a Mac', machine: ['darwin', 'arm64', null], expected: 'darwin-arm64' },
  { desc: 'an Intel Mac', machine: ['darwin', 'x64', null], expected: null },
  { desc: 'Windows', machine: ['win32', 'x64', null], expected: 'win32-x64' },
  { desc: 'FreeBSD', machine: ['freebsd', 'x64', null], expected: null },
] as const)('$desc has the native build $expected', ({ machine: [platform, arch, libc], expected }) => {
  expect(findNativePlatform(platform, arch, libc)).toBe(expected);
});
