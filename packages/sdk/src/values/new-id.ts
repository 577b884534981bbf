import { v7 } from 'uuid';

/** A UUID v7: sorts by the time it was made, so new rows land at the end of their index, and two machines never collide. */
export function newId(): string {
  return v7();
}
