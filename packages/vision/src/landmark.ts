/** A point of the upright image: [x, y] in whole pixels. */
export type Landmark = [x: number, y: number];
