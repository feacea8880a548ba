/** What people and programs write into a cell to say that they know nothing. */

const words =
  "unbekannt|unbek|unklar|keine angabe|keine angaben|ka|k a|na|n a|n v|nicht bekannt|nicht verfügbar|nicht angegeben|nicht erhoben|nicht dokumentiert|unknown|not known|not available|not recorded|not specified|unspecified|missing|null|nil|nan|none|undefined|ohne angabe|o a|fehlt|leer|empty|tbd|xxx|xx|xxxx|x x|ausstehend|pending|nd|n d|u|unk|nb|n b|nn|n n|entfällt|keine|kein eintrag|keine daten|no data|not applicable|not done|nicht erfasst|nicht ermittelbar|nicht bestimmbar|nicht beurteilbar|unbestimmt|not assessed|not stated";
const known: ReadonlySet<string> = new Set(words.split("|"));
const impossibleDates =
  /^(0?1[./-]0?1[./-](1900|1800|1753|0001)|(1900|1800|1753|0001)-01-01|0{1,2}[./-]0{1,2}[./-]0{2,4}|0000-00-00|11[./-]11[./-]1111|1111-11-11|31[./-]12[./-]9999|9999-12-31|99[./-]99[./-]9999)( 00:00(:00)?)?$/;

/**
 * Whether a cell says nothing in words, dashes, question marks or a date that stands for none.
 * @example
 * isPlaceholder("k.A."); // true
 */
export const isPlaceholder = (text: string): boolean => {
  const bare = text.trim();
  if (/^[-–—_.?*#/\\]+$/.test(bare) || impossibleDates.test(bare)) return true;
  const folded = bare
    .toLowerCase()
    .replace(/[()[\]<>"'#!]/g, "")
    .replace(/[./_-]+/g, " ")
    .trim()
    .replace(/\s+/g, " ");
  return known.has(folded);
};

/** Whether a number stands for none: 99 and 999 and their like where an age, a size or a count of months is wanted. */
export const isPlaceholderNumber = (text: string): boolean =>
  /^(-1|-9|-99|-999|999|9999|99999)([.,]0+)?$/.test(text.trim());
