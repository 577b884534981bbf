import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';

interface Size {
  width: number;
  height: number;
}

/** Keeps the faces of a photo at their places when its picture now has another size, in pixels. */
export async function scaleFaces(context: LibraryContext, photoId: string, from: Size, to: Size): Promise<void> {
  if (from.width === to.width && from.height === to.height) return;
  const [across, down] = [to.width / from.width, to.height / from.height];
  await sql`
    UPDATE faces SET
      bbox_x = least(round(bbox_x * ${across}::float8), ${to.width}::int - 1),
      bbox_y = least(round(bbox_y * ${down}::float8), ${to.height}::int - 1),
      bbox_w = greatest(1, least(round(bbox_w * ${across}::float8), ${to.width}::int - round(bbox_x * ${across}::float8))),
      bbox_h = greatest(1, least(round(bbox_h * ${down}::float8), ${to.height}::int - round(bbox_y * ${down}::float8))),
      landmarks = (SELECT jsonb_agg(jsonb_build_array((point ->> 0)::float8 * ${across}::float8, (point ->> 1)::float8 * ${down}::float8))
        FROM jsonb_array_elements(landmarks) AS point)
    WHERE photo_id = ${photoId}`.execute(context.db);
}
