import { Buffer } from 'node:buffer';
import type { Position } from 'geojson';
import type { BorderArea, BorderTableHeader } from '../../src/place/border-table.ts';
import { writeDeltas } from './write-deltas.ts';

/**
 * The bytes that `readBorderTable` reads.
 *
 * @param lines their points, in steps of `BORDER_STEPS_PER_DEGREE`
 * @param from npm package and version
 */
export function writeBorderTable({ areas, lines }: { areas: BorderArea[]; lines: Position[][] }, from: string): Buffer {
  const points = lines.flat();
  const columns = [
    writeDeltas(lines.map((line) => line.length)),
    writeDeltas(points.map(([longitude]) => longitude!)),
    writeDeltas(points.map(([, latitude]) => latitude!)),
  ];
  const header: BorderTableHeader = {
    source: from.replace('@', '-'),
    areas,
    lines: lines.length,
    points: points.length,
    columnBytes: columns.map((column) => column.length),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...columns]);
}
