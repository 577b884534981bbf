/** When a film, or a photo of a rare format, was taken, as its container says it beside EXIF and XMP. */
export interface ContainerTimes {
  /** What a clock showed, best first, in words that EXIF or XMP use: some with an offset from UTC. */
  readings: { source: string; text: string }[];
  /** Moments, best first. */
  instants: { source: string; at: Date }[];
}
