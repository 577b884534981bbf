/**
 * A person's own rules for the time of photos, as they stand in a JSON file: what to trust, what names mean, which camera's clock was wrong.
 * They decide between readings and correct them; every reading stays visible among the candidates.
 */
export interface DateRules {
  /** Sources, most trusted first; `*` at the end of one stands for all that begin so. Those not named follow in their usual order. */
  order?: string[];
  /** Sources that are never chosen, e.g. `file:mtime` or `takeout:*`. */
  ignore?: string[];
  /** Dates in names, tried before the patterns that are built in. */
  fileNames?: FileNameRule[];
  /** Clocks of cameras that were wrong; the first rule that fits a photo counts. */
  clocks?: ClockRule[];
  /** The zone where nothing tells another offset; the first rule that fits a photo counts. */
  zones?: ZoneRule[];
}

export interface FileNameRule {
  /**
   * A JavaScript regular expression with the named groups `year` (two or four digits), `month`, `day`, `hour`, `minute`, `second`,
   * `fraction` and `half` (A or P), or the one group `seconds` or `millis` since 1970. Groups that find nothing are left out from the end.
   */
  pattern: string;
  /** Match the name of the file, or its path with `/` between folders. Default `name`. */
  in?: 'name' | 'path';
  /** The name counts in UTC. Default false: it is what the clock showed. */
  utc?: boolean;
}

/** Which photos a rule is about: all of what it names must fit; letters' case does not matter. */
export interface CameraMatch {
  make?: string;
  model?: string;
  serial?: string;
}

export interface ClockRule extends CameraMatch {
  /** The first moment that the wrong clock showed, `YYYY-MM-DD[THH:mm[:ss]]`. */
  from?: string;
  /** The last moment that the wrong clock showed; a day is included whole. */
  to?: string;
  /** What to add to the clock: `+01:00`, `-00:04:30`, `+6846d 14:15:00`. */
  shift?: string;
  /** How far the clock was from UTC, after the shift: `+09:00`. */
  offset?: string;
}

export interface ZoneRule extends CameraMatch {
  /** Name of a folder above the photo, or several: `2019/Japan`. */
  folder?: string;
  /** IANA zone, e.g. `Asia/Tokyo`. */
  zone: string;
}

export const NO_DATE_RULES: DateRules = {};
