/*
 * What cameras and programs write where a caption belongs when nobody wrote one, as PhotoPrism's and digiKam's lists have it and public files show it
 * (November 2026); none is a sentence that a person would write of a photo.
 */

/** The whole text. */
const TEXTS = new Set(
  [
    // Cameras, into every picture.
    'OLYMPUS DIGITAL CAMERA',
    'MINOLTA DIGITAL CAMERA',
    'KONICA MINOLTA DIGITAL CAMERA',
    'SONY DSC',
    'SAMSUNG',
    'SAMSUNG CAMERA PICTURES',
    'JENOPTIK DIGITAL CAMERA',
    'Exif_JPEG_PICTURE',
    'DIGITAL CAMERA',
    // Telephones: what the picture is, not what it shows.
    'Screenshot',
    // Programs.
    'AppleMark',
    'binary comment',
    'default',
    'x-default',
  ].map((text) => text.toLowerCase()),
);

/** How the text begins. */
const BEGINNINGS: readonly RegExp[] = [
  // Encoders and editors that name themselves in the JPEG's comment.
  /^CREATOR: /i,
  /^Created (with|by|in) (The )?(GIMP|Imlib)/i,
  /^Optimized by JPEGmini/i,
  /^File (written|source) by Adobe Photoshop/i,
  /^LEAD Technologies Inc/i,
  /^Intel\(R\) JPEG Library/i,
  /^JPEG Encoder Copyright/i,
  /^ACD Systems Digital Imaging/i,
  /^Lavc\d/,
  /^DCIM\\/i,
  /^<?untitled(-?\d+)?>?$/i,
  /^<Digimax /i,
  /^(charset=\S+ ?)+(binary comment)?$/i,
  // Oppo, OnePlus and Realme number what their camera did.
  /^oplus_\d+$/i,
  // DJI writes the version of its program into the comment.
  /^\d+(\.\d+){2,}$/,
];

/** What the cameras of Xiaomi, Oppo and Vivo note of their own work, in pairs with semicolons; the first word is their spelling. */
const DEBUG_NOTE = /\b(fileterIntensity|filterMask|hw-remosaic|cct_value|aec_lux|algolist|brp_mask)\s*:/;

/** What Huawei's cameras name the kind of picture, alone in the description. */
const HUAWEI_KIND =
  /^(rhdr|hdrpl|oznor|oznorWO|frontbhdp|fbt|fbthdr|rbt|ptr|btr|mon|nor|dav|mde|mde_soft|edf|btf|btfmdn|btfhdr|frem|rpt|burst|sdr_HDRB|cof|qrf|fshbty)$/;

/** Share of characters that no keyboard gives, from which on a text is bytes of something else. */
const BINARY_SHARE = 0.05;

/** Whether a camera or a program wrote it and nobody else. `make` is the camera's maker, where it is known. */
export function isMachineCaption(text: string, make: string | null): boolean {
  const trimmed = text.replaceAll('\0', ' ').trim();
  if (TEXTS.has(trimmed.toLowerCase())) return true;
  if (BEGINNINGS.some((beginning) => beginning.test(trimmed))) return true;
  if (DEBUG_NOTE.test(trimmed)) return true;
  if (make !== null && /huawei|honor/i.test(make) && HUAWEI_KIND.test(trimmed)) return true;
  return isBinary(trimmed) || isJsonObject(trimmed);
}

function isBinary(text: string): boolean {
  const strange = text.match(/(?![\t\n\r])[\p{Cc}\p{Cn}\p{Co}\uFFFD]/gu)?.length ?? 0;
  return strange > text.length * BINARY_SHARE;
}

function isJsonObject(text: string): boolean {
  if (!/^\{.*\}$/s.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
