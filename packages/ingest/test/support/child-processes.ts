import { readdir, readFile } from 'node:fs/promises';

/** Whether the system tells of its processes as Linux does. */
export const hasProc = process.platform === 'linux';

/** Ids of the processes that a process has started and that still run, as Linux tells them. */
export async function childProcessesOf(parentId: number): Promise<number[]> {
  const ids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const parents = await Promise.all(ids.map(async (id) => ({ id, ...(await statOf(id)) })));
  return parents.filter(({ parent, state }) => parent === parentId && state !== 'Z').map(({ id }) => id);
}

/** Whether a process runs. One that has ended and that nobody asked about is still listed, as a zombie. */
export async function isRunning(id: number): Promise<boolean> {
  const { state } = await statOf(id);
  return state !== null && state !== 'Z';
}

/** State and parent of a process; null of one that is gone. Its name, in brackets, may hold anything. */
async function statOf(id: number): Promise<{ state: string | null; parent: number | null }> {
  const stat = await readFile(`/proc/${id}/stat`, 'latin1').catch(() => '');
  const [state = null, parent = null] = stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state, parent: parent === null ? null : Number(parent) };
}
