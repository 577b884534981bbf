/** Where onnxruntime's native build runs, as `platform-arch` of Node; on Linux with glibc. */
export const NATIVE_PLATFORMS = ['darwin-arm64', 'linux-arm64', 'linux-x64', 'win32-arm64', 'win32-x64'] as const;

export type NativePlatform = (typeof NATIVE_PLATFORMS)[number];

/** The addon in each platform's folder, with the library that it loads beside it. */
export const NATIVE_ADDON = 'onnxruntime_binding.node';

/** The native build for a machine; null where there is none: Intel Macs, Alpine and other Linuxes with musl. */
export function findNativePlatform(platform: string, arch: string, libc: string | null): NativePlatform | null {
  if (platform === 'linux' && libc !== 'glibc') return null;
  return NATIVE_PLATFORMS.find((name) => name === `${platform}-${arch}`) ?? null;
}
