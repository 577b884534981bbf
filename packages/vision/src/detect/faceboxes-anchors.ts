/** One default box of an anchor grid: its side in pixels and its centre within its cell, in cells. */
export interface Anchor {
  size: number;
  x: number;
  y: number;
}

// The published graph tiles its small anchors more densely, so that small faces are covered as well as large ones:
// 4 x 4 boxes of 32 pixels, 2 x 2 of 64 and one of 128 per cell of the finest grid.
const ANCHOR_SIZES = [
  [
    { size: 32, density: 4 },
    { size: 64, density: 2 },
    { size: 128, density: 1 },
  ],
  [{ size: 256, density: 1 }],
  [{ size: 512, density: 1 }],
];

/** The anchors of one cell, for each of FaceBoxes' three grids, in the order of the network's output. */
export const FACEBOXES_ANCHORS: readonly (readonly Anchor[])[] = ANCHOR_SIZES.map((sizes) =>
  sizes.flatMap(({ size, density }) =>
    Array.from({ length: density ** 2 }, (_, i) => ({
      size,
      x: anchorOffset(Math.floor(i / density), density),
      y: anchorOffset(i % density, density),
    })),
  ),
);

/** Anchors are spread evenly inside a cell; only the 2 x 2 ones sit at the cell's start and end. */
function anchorOffset(index: number, density: number): number {
  return density === 2 ? index : (index + 0.5) / density;
}
