import type { Exiftool } from '@photoorg/ingest';

/** Starts exiftool where it is switched on; to be closed by the command. */
export async function startExiftool(isOn: boolean | undefined): Promise<Exiftool | undefined> {
  if (!isOn) return undefined;
  const { openExiftool } = await import('@photoorg/ingest');
  return await openExiftool();
}
