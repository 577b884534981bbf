/** A rectangle in shares of width and height, by its corner. */
export interface Share {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The orientation that undoes another. Mirrorings and the half turn undo themselves. */
const INVERSE: Readonly<Record<number, number>> = { 6: 8, 8: 6 };

/** Where a part of the stored picture is after EXIF orientation was applied. */
export function turn({ x, y, width, height }: Share, orientation: number): Share {
  const right = 1 - x - width;
  const bottom = 1 - y - height;
  const kept = { width, height };
  const swapped = { width: height, height: width };
  switch (orientation) {
    case 2:
      return { x: right, y, ...kept };
    case 3:
      return { x: right, y: bottom, ...kept };
    case 4:
      return { x, y: bottom, ...kept };
    case 5:
      return { x: y, y: x, ...swapped };
    case 6:
      return { x: bottom, y: x, ...swapped };
    case 7:
      return { x: bottom, y: right, ...swapped };
    case 8:
      return { x: y, y: right, ...swapped };
    default:
      return { x, y, ...kept };
  }
}

/** Where a part of the upright picture is in the stored one. */
export function turnBack(share: Share, orientation: number): Share {
  return turn(share, INVERSE[orientation] ?? orientation);
}

/** Whether two boxes are drawn around one thing: the centre of each lies in the other, however much tighter one program draws. */
export function isSamePlace(a: Share, b: Share): boolean {
  return holdsCentre(a, b) && holdsCentre(b, a);
}

function holdsCentre(outer: Share, inner: Share): boolean {
  const x = inner.x + inner.width / 2;
  const y = inner.y + inner.height / 2;
  return x >= outer.x && x <= outer.x + outer.width && y >= outer.y && y <= outer.y + outer.height;
}
