/** The photos of a month. */
export interface TimelineMonth {
  /** `2024-06`, by the camera's wall clock, else by the file's time; null for photos of which nothing tells when they were taken. */
  month: string | null;
  photos: number;
  /**
   * Hand it to `photos.list` with the same filter and order: the page begins with this month. null for the first month, where the list
   * begins anyway.
   */
  cursor: string | null;
}

/** How many photos there are of each month, in the order of the list. */
export interface Timeline {
  /** Photos of all months. */
  total: number;
  /** Without those of which there are none. */
  months: TimelineMonth[];
}
