/** What people and programs write into a cell to say that they know nothing. */

const words =
  "unbekannt|unbek|unklar|keine angabe|keine angaben|ka|k a|na|n a|n v|nicht bekannt|nicht verfügbar|nicht angegeben|nicht erhoben|nicht dokumentiert|unknown|not known|not available|not recorded|not specified|unspecified|missing|null|nil|nan|none|undefined|ohne angabe|o a|fehlt|leer|empty|tbd|xxx|xx|xxxx|x x|ausstehend|pending|nd|n d|u|unk|nb|n b|nn|n n|entfällt|keine|kein eintrag|keine daten|no data|not applicable|not done|nicht erfasst|nicht ermittelbar|nicht bestimmbar|nicht beurteilbar|unbestimmt|not assessed|not stated|weiß nicht|weiss nicht|nicht gewusst|don t know|dont know|nk|n k|t b c|to be confirmed|to be determined|wird nachgereicht|folgt|n bek|unbekanntes datum|datum unbekannt|unknown date|date unknown";
const known: ReadonlySet<string> = new Set(words.split("|"));
const impossibleDates =
  /^(0?1[./-]0?1[./-](1900|1800|1753|0001)|(1900|1800|1753|0001)-01-01|0{1,2}[./-]0{1,2}[./-]0{2,4}|0000-00-00|11[./-]11[./-]1111|1111-11-11|31[./-]12[./-]9999|9999-12-31|9+([./-]9+){2})( 00:00(:00)?)?$/;
/** The pattern of a date that nobody filled in: "TT.MM.JJJJ", "dd/mm/yyyy", "__.__.____". */
const emptyPattern = /^(?:([tdmjyx_])\1{0,3}[./-]){2}([tdmjyx_])\2{0,3}$/i;

/**
 * Whether a cell says nothing in words, dashes, question marks or a date that stands for none.
 * @example
 * isPlaceholder("k.A."); // true
 */
export const isPlaceholder = (text: string): boolean => {
  const bare = text.trim();
  if (/^[-–—_.?*#/\\]+$/.test(bare) || impossibleDates.test(bare) || emptyPattern.test(bare)) {
    return true;
  }
  const folded = bare
    .toLowerCase()
    .replace(/['’]/g, " ")
    .replace(/[()[\]<>"#!]/g, "")
    .replace(/[./_-]+/g, " ")
    .trim()
    .replace(/\s+/g, " ");
  return known.has(folded);
};

/** Whether a number stands for none: 999, -1 and their like where an age, a size or a count of months is wanted. */
export const isPlaceholderNumber = (text: string): boolean =>
  /^(-1|-9|-99|-999|999|9999|99999)([.,]0+)?$/.test(text.trim());

/**
 * Whether a cell says that something was not done or found out: "nicht gemessen", "not graded". Only for cells that were to
 * hold a number, a date or a code: in words it may be a finding.
 */
export const saysNotDone = (text: string): boolean =>
  /^(?:bisher |noch )?(?:nicht|not)(?: yet)? \p{Letter}{3,}(?:t|en|ed|n)$/iu.test(text.trim());
