import { type RawBuilder, sql } from 'kysely';

/**
 * The box of a row of `former_faces` called `former`, in the pixels that its photo, called `photo`, has now: a picture may have been
 * replaced by one of another size. As columns of `faces`.
 */
export const formerBox: RawBuilder<unknown> = sql`(
  SELECT jsonb_build_object('bbox_x', x, 'bbox_y', y, 'bbox_w', greatest(1, least(w, photo.width - x)),
    'bbox_h', greatest(1, least(h, photo.height - y)))
  FROM (
    SELECT least(round((former.face->>'bbox_x')::integer * across)::integer, photo.width - 1) AS x,
      least(round((former.face->>'bbox_y')::integer * down)::integer, photo.height - 1) AS y,
      round((former.face->>'bbox_w')::integer * across)::integer AS w, round((former.face->>'bbox_h')::integer * down)::integer AS h
    FROM (SELECT photo.width::float8 / former.width AS across, photo.height::float8 / former.height AS down) AS scale
  ) AS scaled)`;

/** Such a row's face as it is in the photo now. Landmarks in another picture's pixels are found anew when they are needed. */
export const formerFace: RawBuilder<unknown> = sql`(
  former.face || ${formerBox} || CASE WHEN (former.width, former.height) = (photo.width, photo.height) THEN '{}'::jsonb
    ELSE '{"landmarks": null}'::jsonb END)`;
