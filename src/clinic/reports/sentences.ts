/**
 * Sentences of clinical German and English. A full stop ends one unless it belongs to an abbreviation, an initial, an
 * ordinal, a decimal or a date; a line ends one where a list, a heading or a paragraph shows it. Sentences are cut at a
 * fixed length, so that what reads them may compare all their words with each other and stay linear in the report.
 */

/** A stretch of text from `start` to before `end`, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Longer sentences are cut at a space. */
export const longestSentence = 1_200;

/** What stands before a full stop that ends no sentence, in lower case; one letter alone needs no entry. */
const abbreviations: ReadonlySet<string> = new Set(
  (
    "dr prof med dipl hr fr st abt tel nr no vs ca approx bzw ggf evtl sog inkl incl exkl zzgl bspw usw etc vgl cf " +
    "max min mind insb insbes re li bds beids lat med prox dist ant post vent dors kran kaud sup inf rezid rez path histol " +
    "radiol klin anamn bek unauff regelr postop präop praeop preop intraop verd susp ausg ausgeschl resp jr sr mr mrs ms " +
    "fig abb tab lt rt pat gew str geb vorl allg chir orth op ther chemoth rad neoadj adj lok metast diagn dg diff mikr " +
    "makr immunhist z.b z.n v.a u.a d.h i.d.r i.v s.u s.o o.g o.ä u.u m.e a.e b.d o.b p.m i.s i.r i.g e.g i.e a.p p.a " +
    "st.p z.t n.d bd tbl stk std jan feb mär apr jun jul aug sep sept okt oct nov dez dec zn va"
  ).split(" "),
);

/** These never end a sentence: a name follows. */
const titles: ReadonlySet<string> = new Set("dr prof hr fr med dipl st mr mrs ms abb fig tab nr tel".split(" "));

/** Words that begin a sentence in capitals and stand small within one: an abbreviation before them ended the last. */
const beginners =
  /^(?:Kein|Keine|Keinerlei|Es|Er|Sie|Der|Die|Das|Ein|Eine|Im|In|Am|An|Auf|Bei|Nach|Vor|Zur|Zum|Mit|Ohne|Kontrolle|Beurteilung|Befund|Verlaufskontrolle|Zustand|Hier|Dort|Aktuell|Derzeit|Jetzt|Unauff\p{L}*|Regelrecht\p{L}*|No|There|The|This|It|A|An|He|She|Patient|Findings|We|At|On|With|Without|Status|Impression)(?![\p{L}-])/u;

/** The sentences of a stretch of text, in order, without the space around them. */
export const splitSentences = (text: string, { start, end }: Span = { start: 0, end: text.length }): Span[] => {
  const sentences: Span[] = [];
  const width = widthOfLines(text, start, end);
  let from = start;
  const cut = (to: number): void => {
    pushTrimmed(sentences, text, { start: from, end: to });
    from = to;
  };
  for (let i = start; i < end; i++) {
    const character = text[i]!;
    if (character === "\n") {
      if (endsAtLine(text, { from, at: i, end, width })) cut(i);
    } else if ((character === "." || character === "!" || character === "?") && endsAt(text, { from, at: i, end })) {
      cut(i + 1);
    } else if (character === "\u2022" || character === "\u25aa") cut(i);
    if (i - from >= longestSentence) cut(spaceBefore(text, from, i));
  }
  cut(end);
  return sentences;
};

interface Place {
  /** Where the sentence began. */
  readonly from: number;
  /** The mark or line end in question. */
  readonly at: number;
  readonly end: number;
}

const endsAt = (text: string, { from, at, end }: Place): boolean => {
  const next = text[at + 1];
  if (at + 1 >= end || next === undefined) return true;
  if (text[at] !== ".") return /[\s)]/.test(next) && !/^\s*[,;)]/.test(text.slice(at + 1, Math.min(at + 6, end)));
  if (/[\p{L}\p{N}]/u.test(next)) {
    // "Femur.Kein Nachweis": a stop without its space, told by a lower-case word of some length before and a capital after
    return (
      /\p{Lu}/u.test(next) &&
      /[\p{Ll}\p{N}][\p{Ll}]{2}$/u.test(text.slice(Math.max(from, at - 4), at)) &&
      !isAbbreviation(text, from, at)
    );
  }
  if (!/\s/.test(next)) return false;
  const after = /^\s+(\S{0,2})/.exec(text.slice(at + 1, Math.min(at + 40, end)))?.[1] ?? "";
  if (after === "") return true;
  const word = wordBefore(text, from, at);
  if (/^\p{N}+$/u.test(word)) return endsAfterNumber(text, { from, at, end }, word);
  if (/^\p{Ll}/u.test(after)) return false;
  if (/^[,;:)]/.test(after)) return false;
  if (isAbbreviation(text, from, at)) {
    return (
      !titles.has(word.toLowerCase()) && word.length > 1 && beginners.test(text.slice(at + 1, at + 30).trimStart())
    );
  }
  return true;
};

/** "am 3. Mai", "der 2. Zyklus" and "12. 5. 2020" go on; "Grad 2. Kein Nachweis" and "misst 34. Beurteilung" end. */
const endsAfterNumber = (text: string, { from, at, end }: Place, number: string): boolean => {
  const rest = text.slice(at + 1, Math.min(at + 24, end)).trimStart();
  if (/^\p{Ll}|^\p{N}/u.test(rest)) return false;
  if (
    /^(?:Jan|Feb|Mär|Mae|Mar|Apr|Mai|May|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dez|Dec|Zyklus|Zyklen|Kurs|Metac|Metat|Mittel|Rippe|Finger|Zehe|Strahl|Lenden|Brust|Hals|LWK|BWK|HWK|Postop|Tag|Woche|Monat|Jahr|Quartal|Lebens)/.test(
      rest,
    )
  )
    return false;
  if (number.length > 2) return true;
  const before = text.slice(Math.max(from, at - number.length - 8), at - number.length);
  if (/(?:^|[\n:;])\s*$/.test(before) || before === "") return false; // the number of an entry in a list
  return !/(?:\b(?:am|der|des|dem|den|die|das|zum|im|vom|ab|bis|nach dem|\p{N}+\.)|\p{N}\.)\s*$/u.test(before);
};

const isAbbreviation = (text: string, from: number, at: number): boolean => {
  const word = wordBefore(text, from, at).toLowerCase();
  return /^\p{L}$/u.test(word) || abbreviations.has(word) || /^(?:\p{L}\.)+\p{L}$/u.test(word);
};

/** The letters, digits and inner full stops before a place, at most sixteen of them. */
const wordBefore = (text: string, from: number, at: number): string =>
  /[\p{L}\p{M}\p{N}.]*$/u.exec(text.slice(Math.max(from, at - 16), at))![0];

const endsAtLine = (text: string, { from, at, end, width }: Place & { readonly width: number }): boolean => {
  const rest = text.slice(at + 1, Math.min(at + 80, end));
  const line = /^[ \t\r]*(\S?)(\S?)/.exec(rest)!;
  const [, first = "", second = ""] = line;
  if (first === "") return true; // an empty line, or the end
  if (/[-–*•▪·>+]/.test(first) && !/[\p{L}\p{N}]/u.test(second)) return true;
  if (/^[ \t]*(?:\p{N}{1,2}[.)]|[a-z]\))\s/u.test(rest)) return true;
  if (/^[ \t]*\p{Lu}[^\n.]{0,40}:/u.test(rest)) return true;
  const before = text.slice(Math.max(from, at - 4), at).trimEnd();
  if (/[.!?:;]$/.test(before) && !isAbbreviation(text, from, at - 1 - (text[at - 1] === "\r" ? 1 : 0))) return true;
  if (/[,(/-]$/.test(before) || !/[\p{Lu}\p{N}]/u.test(first)) return false;
  // A line much shorter than the others was ended by its writer, not by the margin.
  const start = text.lastIndexOf("\n", at - 1) + 1;
  return at - start < 0.6 * width || width < 50;
};

/** The length of a full line: most of the longest, where a few stand out. */
const widthOfLines = (text: string, start: number, end: number): number => {
  let longest = 0;
  let from = start;
  while (from < end) {
    const next = text.indexOf("\n", from);
    const to = next < 0 || next > end ? end : next;
    longest = Math.max(longest, Math.min(to - from, 120));
    from = to + 1;
  }
  return longest;
};

const spaceBefore = (text: string, from: number, at: number): number => {
  for (let i = at; i > from + longestSentence / 2; i--) if (/\s/.test(text[i]!)) return i;
  const isPair = /[\uD800-\uDBFF]/.test(text[at - 1] ?? "");
  return isPair ? at + 1 : at;
};

const pushTrimmed = (sentences: Span[], text: string, { start, end }: Span): void => {
  let from = start;
  let to = end;
  while (from < to && /[\s\-–*•▪·]/.test(text[from]!)) from++;
  while (to > from && /\s/.test(text[to - 1]!)) to--;
  if (to > from) sentences.push({ start: from, end: to });
};
