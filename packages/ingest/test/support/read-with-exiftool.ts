/** Starts exiftool, has it read the file that is named, and prints the ids of its processes, or the error. With `--wait` it then waits for its end. */
import { IngestError, openExiftool } from '../../src/index.ts';
import { childProcessesOf } from './child-processes.ts';

const [, , file = '', mode] = process.argv;
try {
  await using exiftool = await openExiftool();
  await exiftool.read(file);
  const processIds = await childProcessesOf(process.pid);
  console.log(JSON.stringify({ processIds }));
  if (mode === '--wait') await new Promise((resolve) => setTimeout(resolve, 60_000));
} catch (error) {
  if (!IngestError.isInstance(error)) throw error;
  console.log(JSON.stringify({ code: error.code, message: error.message }));
}
