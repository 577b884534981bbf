/** Limits that keep one hostile or broken file from stopping a run. Each is generous for real photos. */

/** Bytes of a photo file; larger ones are refused unread. The largest real ones (16-bit panoramas in TIFF) stay below. */
export const MAX_FILE_BYTES = 512 * 1024 * 1024;

/** Bytes of a film: ten hours of 4K. exiftool reads few of them, but all are hashed. */
export const MAX_FILM_BYTES = 256 * 1024 * 1024 * 1024;

/**
 * Bytes of a file that is held in memory from hash to thumbnails. JPEGs of cameras stay below; some eight files are under way at one time. Larger ones
 * are read again.
 */
export const MAX_HELD_BYTES = 16 * 1024 * 1024;

/** Bytes of an EXIF block. JPEG allows 64 KB in one segment; maker notes and previews in TIFF make the rest. */
export const MAX_EXIF_BYTES = 1024 * 1024;

/** Bytes of one EXIF value that is kept. Longer ones are maker notes, previews and colour tables. */
export const MAX_EXIF_VALUE_BYTES = 16 * 1024;

/** Bytes of XMP, all packets together, after inflation. Lightroom's edit history makes hundreds of KB, never MBs. */
export const MAX_XMP_BYTES = 4 * 1024 * 1024;

/** Bytes of IPTC, which grows by captions and keywords only. */
export const MAX_IPTC_BYTES = 1024 * 1024;

/** Steps (segments, chunks, boxes) that a container may have. A 100 MP PNG in 8 KB chunks has 50,000. */
export const MAX_CONTAINER_STEPS = 200_000;

/** Metadata blocks that are looked into; further ones are passed over. */
export const MAX_METADATA_BLOCKS = 1_000;

/**
 * Milliseconds for the metadata of one file, at the first try and at the second. A slow reading takes 30 ms; exifr was seen to loop for ever on an
 * 80-byte HEIC. The second try is there so that a starved machine does not turn good files into errors.
 */
export const METADATA_TIMEOUTS_MILLIS = [2_000, 10_000] as const;

/** Bytes of the JPEG inside a RAW file. A full-size one of 100 MP at the best quality has 60 MB. */
export const MAX_PREVIEW_BYTES = 128 * 1024 * 1024;

/** Pixels of one image that is decoded in full: 120 MP covers the largest cameras (102 MP) and 8-bit panoramas. */
export const MAX_PIXELS = 120_000_000;

/**
 * Pixels of one image that is scaled down while it is decoded, which takes time and hardly any memory: baseline JPEG and PNG. Phones of 200 MP and
 * panoramas of 30,000 x 6,000 are below.
 */
export const MAX_STREAMED_PIXELS = 500_000_000;

/** Pixels that are left of one that was scaled down so, in which faces are looked for: 200 MP become 50. */
export const MAX_SHRUNK_PIXELS = 60_000_000;

/**
 * Pixels of one row. libvips holds some 600 bytes for each while it scales: a PNG of 2,752,528 x 16 took 1.9 GB, one of 200,000 x 500 takes 0.4 GB.
 * JPEG ends at 65,535.
 */
export const MAX_ROW_PIXELS = 200_000;

/**
 * An interlaced PNG or progressive JPEG is held whole while it is decoded (an 821 KB interlaced PNG took 872 MB), so its pixels count this many
 * times against `MAX_INTERLACED_PIXELS` and against the pixels decoded at one time.
 */
export const INTERLACED_WEIGHT = 4;

/** Seconds for decoding one image. 100 MP take 2 s here; a GIF bomb would take minutes. */
export const DECODE_TIMEOUT_SECONDS = 20;

/** Weighted pixels decoded at one time, all images together: about 1 GB at 4 bytes and 2 copies. */
export const MAX_PIXELS_AT_ONCE = 120_000_000;

/**
 * WebAssembly memory of one decoding of HEIC or JPEG XL. 12 MP of HEIC take 92 MB (7.6 bytes a pixel: YCbCr planes beside RGB), 48 MP of JPEG XL
 * 480 to 780 MB beside the 256 MB that its decoder begins with, of which it touches a fifth. So this is enough for 75 MP of HEIC, and for 48 of JPEG XL
 * with loss or 36 without.
 */
export const MAX_DECODER_MEMORY_BYTES = 768 * 1024 * 1024;

/**
 * What a pixel of HEIC counts against the pixels decoded at one time: libheif's copy, the one handed on, and that with its profile. So two photos of
 * 12 MP are decoded while a third is scaled; a fifth made none faster, and 24 of them take 590 MB at most instead of 690.
 */
export const HEIC_WEIGHT = 3;

/** The same for JPEG XL, which libjxl decodes to 32-bit numbers: 15 to 21 bytes a pixel and the copy handed on. */
export const JXL_WEIGHT = 3;

/** The same for BMP: the file, of up to 4 bytes a pixel, and the pixels of it. */
export const BMP_WEIGHT = 2;
