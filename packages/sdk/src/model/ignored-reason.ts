/**
 * Why a face is nobody: a stranger; no face at all; a picture, such as a poster, a statue or an animal; or too unclear to tell. Faces
 * that look like one of these are asked about less, but not those that look like an unclear one, which may be anybody.
 */
export type IgnoredReason = 'stranger' | 'not_a_face' | 'picture' | 'unclear';
