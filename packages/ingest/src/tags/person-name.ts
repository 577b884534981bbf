import { cleanText } from './sanitize.ts';

/**
 * What programs write where nobody is named. In lower case, width and accents folded, without brackets and signs around it.
 *
 * - digiKam writes `Unknown`, `Unconfirmed` and `Ignored` as tags below People, translated:
 *   https://invent.kde.org/graphics/digikam/-/blob/master/core/libs/database/tags/facetags.cpp
 * - Picasa leaves `ffffffffffffffff` for a face without a name: https://www.exiftool.org/forum/index.php?topic=4288.0
 * - Lightroom shows unnamed faces as `?`, and plug-ins export that; ACDSee has `Unnamed` and `Auto Named`
 * - XnView MP writes `_UNKNOWN_`, Tag That Photo `Unknown Person`, Apple's Photos `_UNKNOWN_` by way of osxphotos:
 *   https://github.com/RhetTbull/osxphotos
 * - PhotoPrism, Immich, Synology Photos and Nextcloud's recognize show `Unknown`, `Unnamed`, `No name`, `New person` and their translations
 */
const PLACEHOLDERS = new Set(
  `
  unknown|unknown person|unknown face|unknown people|unknown name|unrecognized|unrecognised|unidentified|unidentified person|unconfirmed
  unnamed|unnamed person|unnamed face|unnamed people|un-named|untagged|no name|noname|nameless|not named|not a face|not face|nobody|no one
  ignored|ignore|ignored face|ignored person|ignored people|auto named|autonamed|new person|add name|add a name|who is this|who's this
  anonymous|n/a|none|null|undefined|tbd|stranger|strangers|face|person
  unbekannt|unbekannte person|unbekanntes gesicht|unbekannter|unbekannte|unbenannt|ohne name|kein name|nicht benannt|ignoriert|unbestatigt
  inconnu|inconnue|personne inconnue|visage inconnu|sans nom|non nomme|non identifie
  desconocido|desconocida|persona desconocida|sin nombre|ignorado|ignorada|desconhecido|desconhecida|pessoa desconhecida|sem nome
  sconosciuto|sconosciuta|persona sconosciuta|senza nome|ignorato|ignorata
  onbekend|onbekende|onbekend persoon|geen naam|naamloos|genegeerd
  okand|okand person|namnlos|ukendt|ukendt person|ukjent|ukjent person|uten navn|tuntematon|nimeton
  nieznany|nieznana|nieznana osoba|bez nazwy|neznamy|neznama|neznama osoba|ismeretlen|necunoscut|bilinmeyen|bilinmiyor
  неизвестно|неизвестныи|неизвестная|без имени|невідомо|невідомии
  不明|未知|未知人物|无名|無名|未命名|忽略|名前なし|알 수 없음|이름 없음
  `
    .split(/[|\n]/)
    .map((name) => fold(name))
    .filter((name) => name !== ''),
);

/** Ids that stand for nobody: zeros, or all bits set. */
const NO_ID = /^(0x)?(0{4,}|f{8,})$/;

/** A name as it was written, blanks and line ends in it made one; null for a placeholder, which names nobody. */
export function personName(text: string | null | undefined): string | null {
  const name = cleanText(text)?.replace(/\s+/gu, ' ') ?? null;
  return name === null || isPlaceholder(name) ? null : name;
}

function isPlaceholder(name: string): boolean {
  const folded = fold(name);
  const numbered = /^(.*\p{L})[ _#-]*\d+$/u.exec(folded)?.[1] ?? folded;
  return folded === '' || NO_ID.test(folded) || PLACEHOLDERS.has(folded) || PLACEHOLDERS.has(numbered);
}

/** Two spellings of a name that are one. */
export function isSameName(a: string, b: string): boolean {
  return fold(a) === fold(b);
}

/** Width, case and accents folded, signs around it off; a name of signs alone is empty. */
function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .replace(/[\s_]+/gu, ' ');
}
