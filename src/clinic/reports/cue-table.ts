/**
 * The words that turn a statement, German and English: negation, doubt, confirmation, time and plan. Kept by hand for
 * musculoskeletal reports after the idea of NegEx (Chapman et al., J Biomed Inform 2001) and ConText (Harkema et al., J
 * Biomed Inform 2009): triggers before or after what they turn, words that look like triggers and are none, and words at
 * which a trigger's reach ends.
 */

/** What a phrase does to what stands before or after it. */
export type Cue =
  // turn what follows
  | "negates"
  | "suspects"
  | "differs"
  | "confirms"
  | "asks"
  | "argues-against"
  // turn what stands before
  | "negates-before"
  | "suspects-before"
  | "confirms-before"
  | "differs-before"
  // turn either side
  | "excludes"
  | "not-excludes"
  | "doubts"
  | "unlikely"
  | "lacks-evidence"
  | "against"
  // time and plan, for treatments
  | "past"
  | "planned"
  | "before"
  | "during"
  | "after"
  | "begin"
  | "finish"
  | "planned-before"
  | "during-before"
  | "done-before"
  | "declined"
  | "ago"
  // who and what is spoken of
  | "family"
  | "compares"
  | "earlier"
  | "aside"
  | "elsewhere"
  // structure
  | "stops"
  | "or"
  | "and"
  | "of"
  | "light"
  | "nothing";

/** Phrases separated by `|`; a star stands for any ending. Cases, umlauts, c/k and ae/e are all one (tokens.ts). */
export const cueTable: Readonly<Record<Cue, { readonly de: string; readonly en: string }>> = {
  negates: {
    de:
      "kein|keine|keinen|keiner|keines|keinem|keinerlei|ohne|weder|noch nie|nie|niemals|frei von|fehlend*|fehlen von|nicht vereinbar mit|nicht passend zu|nicht verdächtig auf|" +
      "nicht hinweisend auf|nicht typisch für|nicht im sinne|nichts für|negativ für|verneint|verneint wird|nicht um ein|nicht um eine|nicht um einen|nicht mehr|nichts",
    en:
      "no|not|without|absence of|absent|negative for|free of|neither|never|denies|denied|lack of|lacks|lacking|fails to reveal|failed to reveal|fails to show|" +
      "not consistent with|not compatible with|not suspicious for|not suggestive of|not typical of|not representing|nothing|nothing to suggest|devoid of|inconsistent with|incompatible with",
  },
  suspects: {
    de:
      "v a|va|a e|verdacht auf|verdacht|verdachts*|verdächtig auf|verdächtig für|suspekt auf|suspekt für|am ehesten|ehesten|eher|wahrscheinlich*|vermutlich*|mutmaßlich*|möglicherweise|möglich*|" +
      "hinweisend auf|hinweis auf|hinweise auf|hinweis für|hinweise für|anhalt für|passend zu|passend zum|passend zur|gut passend zu|passt zu|passt zum|passt gut zu|vereinbar mit|gut vereinbar mit|" +
      "spricht für|sprechen für|spricht am ehesten für|im sinne eines|im sinne einer|im sinne von|im sinne|i s eines|i s einer|i s von|i s|typisch für|charakteristisch für|fraglich*|" +
      "denken lassen an|denken lassend an|zu denken ist an|zu denken an|lässt an|lassen an|zu diskutieren|deutet auf|deuten auf|deutend auf|hochverdächtig auf|hochgradig verdächtig auf|" +
      "könnte einem|könnte einer|könnte es sich um|möglicher|vorbehaltlich|vermutet wird|vermuten wir|wir vermuten|vermuteter|vermutete|vermutetes|vermuteten|verdachtsdiagnose|arbeitsdiagnose|" +
      "erinnert an|erinnernd an|entspricht am ehesten|entsprechend am ehesten|anmutend wie|imponiert als|imponierend als|bild wie bei|wie bei|unklar ob|kompatibel mit|nahelegend|legt nahe|legen nahe|" +
      "legt ein|legt eine|legt einen|legen ein|legen eine|in erster linie an|in erster linie|dürfte|dürften|gehen von|gehe von|ausgehen von|zu denken wäre an|denken wäre an|denken ist an|gedacht werden an|gedacht werden muss an",
    en:
      "suspicious for|suspicion of|suspicion for|suspected|suspect|suspecting|highly suspicious for|suspicion|suspicious of|concern for|concern of|concerning for|worrisome for|worry for|" +
      "suggestive of|suggesting|suggests|suggest|suggestion of|consistent with|in keeping with|keeping with|compatible with|likely|probable|probably|most likely|presumed|presumably|presumptive|" +
      "possible|possibly|possibility of|potential|may represent|might represent|could represent|may be|might be|could be|may reflect|could reflect|may well be|favour|favours|favor|favors|favoured|favored|favouring|favoring|" +
      "typical of|typical for|characteristic of|features of|appearance of|appearances of|in favour of|in favor of|indicative of|evidence of|evidence for|questionable|question of|equivocal for|" +
      "points to|pointing to|points towards|pointing towards|pointing to a|appears to be|appears to represent|looks like|thought to be|thought to represent|felt to be|felt to represent|" +
      "raises the possibility of|raise the possibility of|raises concern for|raising concern for|raises suspicion of|raises suspicion for|reminiscent of|impression of|working diagnosis|" +
      "working diagnosis of|query|believed to be|believed to represent|resembling|resembles|impresses as|fits|fits with|fitting|in line with|suspicious|think of|thinking of|thoughts of",
  },
  differs: {
    de:
      "dd|ddx|d d|differentialdiagnos*|differenzialdiagnos*|differentialdiagnostisch|alternativ|weniger wahrscheinlich|seltener|oder auch|weitere differentialdiagnose|infrage kommt|" +
      "infrage kommen|in frage kommt|in frage kommen|in betracht kommt|in betracht kommen|in betracht zu ziehen|zu erwägen|eher als|wahrscheinlicher als|eher als ein|eher als eine|eher denn",
    en:
      "differential|differentials|differential diagnosis|differential diagnoses|differential includes|differential diagnosis includes|differential considerations|differential consideration|ddx|dd|less likely|" +
      "alternatively|alternative diagnosis|alternative diagnoses|considerations include|consider|other considerations include|versus|vs|as opposed to|rather than|instead of|over|favored over|favoured over|more likely than|more probable than|preferred over|preferred to|possibilities include",
  },
  confirms: {
    de:
      "histologisch gesichert*|histologisch bestätigt*|bioptisch gesichert*|bioptisch bestätigt*|gesichert*|bekannt*|vorbekannt*|nachgewiesen*|diagnostiziert*|histologisch nachgewiesen*|nachweis eines|nachweis einer|nachweis von|" +
      "pathognomonisch für|beweisend für|bestätigt*|bestätigung eines|bestätigung einer|es handelt sich um|handelt es sich um|diagnose eines|diagnose einer|anteile eines|infiltrate eines|histologisch|eindeutig|eindeutiges|eindeutiger|eindeutige|sicher|sichere|sicheres|sicheren|definitiv|definitives|bei bekanntem|sicher um ein",
    en:
      "biopsy proven|biopsy confirmed|histologically proven|histologically confirmed|pathologically proven|pathologically confirmed|proven|confirmed|known|established|diagnosed with|diagnosed|diagnosis of|confirms|confirming|diagnostic of|" +
      "pathognomonic for|pathognomonic of|definite|definitive|histology showed|histology shows|histology revealed|positive for|classic|compelling|confirmed as|diagnostic for",
  },
  asks: {
    de: "frage nach|frage|fragestellung|zum ausschluss|z a|bitte um ausschluss|ausschluss bitte|zur frage|zum ausschluß|abklärung|zur abklärung|bitte um abklärung|ob ein|ob eine|ob es sich um|kontrolle ob",
    en: "rule out|r / o|ro|to rule out|please rule out|to exclude|please exclude|exclude please|evaluate for|evaluation for|assess for|assess|assessment for|looking for|question|query for|whether|concern about|please evaluate for|check for|query of",
  },
  "argues-against": {
    de: "spricht gegen|sprechen gegen|sprechend gegen|gegen ein|gegen eine|gegen einen|gegen das vorliegen",
    en: "argues against|argue against|arguing against|speaks against|against a|against an|against|militates against",
  },
  "negates-before": {
    de:
      "nicht nachweisbar|nicht nachgewiesen|nicht nachzuweisen|nicht erkennbar|nicht abgrenzbar|nicht sichtbar|nicht bestätigt|nicht bestätigen|nicht erhärtet|nicht erhärten|nicht vorhanden|" +
      "liegt nicht vor|liegen nicht vor|nicht vorliegend|nicht zu erkennen|nicht gesehen|nicht gefunden|nicht mehr nachweisbar|nicht mehr abgrenzbar|entkräftet|verworfen|widerlegt|nicht wahrscheinlich|nicht sehr wahrscheinlich|" +
      "nicht anzunehmen|nicht darzustellen|stellt sich nicht dar|fehlt|fehlen|nicht mehr vereinbar|nicht zu sehen|nicht zu sichern|negativ|ausscheidet|scheidet aus|scheiden aus|entfällt|kein thema|nicht auszugehen|bestehen nicht|besteht nicht|bestanden nicht|finden sich nicht|findet sich nicht|ergeben sich nicht|ergibt sich nicht|bestätigt sich nicht|bestätigte sich nicht|bestätigten sich nicht|hat sich nicht bestätigt|fehlt jeder hinweis|fehlt jeglicher hinweis|fehlt jeder anhalt|fehlt jeglicher anhalt|fehlen hinweise|fehlen jegliche hinweise|nein|vom tisch|nicht die rede",
    en:
      "not seen|not identified|not demonstrated|not present|not visualised|not visualized|not visible|not detected|not apparent|not evident|not confirmed|not supported|not found|not suspected|" +
      "not favoured|not favored|not likely|negative|is absent|are absent|not appreciated|not observed|was discarded|dismissed|refuted|disproved|disproven|not considered|not substantiated|not established|unsupported|off the table|no longer considered|not a consideration|not borne out",
  },
  "suspects-before": {
    de:
      "vermutet|zu vermuten|anzunehmen|angenommen|möglich|denkbar|wahrscheinlich|naheliegend|in frage kommend|nicht gesichert|noch nicht gesichert|verdächtig|suspekt|fraglich|zu diskutieren|" +
      "diskutiert|kommt in betracht|zu favorisieren|favorisiert|nahe liegend|liegt nahe|nahe|könnte vorliegen|ist zu erwägen|histologisch zu sichern|gedacht werden|gedacht|zu denken|auszugehen|ausgegangen|nicht bewiesen|bleibt möglich|passend|wahrscheinlicher als|wahrscheinlicher|am wahrscheinlichsten|wahrscheinlichsten|am ehesten|vereinbar|kompatibel|zu vereinbaren",
    en:
      "suspected|likely|probable|possible|favoured|favored|presumed|questioned|is a possibility|remains possible|remains a possibility|is a concern|not proven|is suspected|most likely|conceivable|" +
      "has been raised|cannot be confirmed|could not be confirmed|plausible|on the table|the leading diagnosis|main concern|primary concern|chief concern|leading concern|first choice|the favoured diagnosis|the favored diagnosis|the working diagnosis|leads the list|tops the list|favored over|favoured over|more likely than|more probable than|preferred over|preferred to|more likely|more probable",
  },
  "confirms-before": {
    de: "gesichert|bestätigt|nachgewiesen|bewiesen|diagnostiziert|bekannt|festgestellt|bestätigt sich|bestätigte sich|hat sich bestätigt|gesichert werden|wurde gestellt|gestellt",
    en: "confirmed|proven|proved|established|diagnosed|was confirmed|was diagnosed|was proven|verified|was made|is known",
  },
  "differs-before": {
    de:
      "differentialdiagnostisch möglich|differentialdiagnostisch zu erwägen|differentialdiagnostisch denkbar|differentialdiagnostisch in betracht|weniger wahrscheinlich|als differentialdiagnose|differentialdiagnostisch|kommt differentialdiagnostisch in betracht|" +
      "ist differentialdiagnostisch zu diskutieren|in der differentialdiagnose|in betracht zu ziehen|in betracht gezogen|in betracht gezogen werden|in erwägung gezogen|in erwägung gezogen werden|in betracht|infrage|in frage|als alternative|zu erwägen",
    en:
      "less likely|is less likely|are less likely|in the differential|in the differential diagnosis|on the differential|is in the differential|is a differential consideration|should be considered|is a consideration|" +
      "to be considered|are considerations|is an alternative|could be considered|may be considered|also possible|as a differential|as alternative|are possibilities|remain in the differential",
  },
  excludes: {
    de: "ausgeschlossen|auszuschließen|auszuschließende*|ausschließen|ausschließbar|ausschließt|ausschluss|ausschluß|ausschlusses|schließt|schließen|unter ausschluss",
    en: "excluded|exclude|excludes|excluding|ruled out|rules out|ruling out|exclusion of|exclusion|rule out as",
  },
  "not-excludes": {
    de:
      "nicht auszuschließen|nicht ausgeschlossen|nicht ausschließen|nicht ausschließbar|nicht sicher auszuschließen|nicht sicher ausgeschlossen|nicht mit sicherheit auszuschließen|nicht mit sicherheit ausgeschlossen|" +
      "nicht mit letzter sicherheit auszuschließen|nicht völlig auszuschließen|nicht gänzlich auszuschließen|nicht vollständig auszuschließen|nicht sicher ausschließbar|kein sicherer ausschluss|keinen sicheren ausschluss|kein ausschluss|schließt nicht aus",
    en:
      "cannot be excluded|can not be excluded|cannot exclude|can not exclude|could not be excluded|cannot be ruled out|can not be ruled out|could not be ruled out|not excluded|not ruled out|not be excluded|not be ruled out|" +
      "cannot be entirely excluded|cannot be completely excluded|cannot be fully excluded|cannot be definitively excluded|cannot be safely excluded|cannot be confidently excluded|not entirely excluded|not completely excluded|" +
      "does not exclude|do not exclude|did not exclude|not definitively excluded|cannot rule out|can not rule out|could not exclude|difficult to exclude|hard to exclude|impossible to exclude|has to be excluded|must be excluded|needs to be excluded|should be excluded|to be excluded",
  },
  doubts: { de: "fraglich|nicht eindeutig|unklar*", en: "questionable|uncertain|unclear|equivocal|indeterminate" },
  unlikely: {
    de: "unwahrscheinlich*|sehr unwahrscheinlich|wenig wahrscheinlich|kaum wahrscheinlich|eher unwahrscheinlich|kaum",
    en: "unlikely|very unlikely|highly unlikely|improbable|remote possibility|remote likelihood|doubtful",
  },
  "lacks-evidence": {
    de: "kein* anhalt*|kein* hinweis*|kein* beleg*|kein* nachweis|kein* zeichen|kein* verdacht|kein* argument*",
    en: "no evidence|no sign|no signs|no indication|no support|no features|no suspicion",
  },
  against: { de: "dagegen", en: "unfavoured" },
  past: {
    de:
      "z n|zn|zustand nach|stp|st p|st n|status nach|anamnestisch|vormals|ehemals|in der vorgeschichte|stattgehabt*|vorausgegangen*|vorangegangen*|vorhergehend*|erfolgte|erfolgter|erfolgten|erfolgtem|durchgeführte*|abgeschlossene*|beendete*|" +
      "frühere*|alte|ältere*|zurückliegende*|vorherige*|extern erfolgte*|auswärts erfolgte*|bekannter zustand nach|vorbehandel*|vortherap*|erhielt*|erhalten|bereits|operierte*|erholt von|erholung von",
    en:
      "status post|s / p|sp|st post|history of|h / o|known history of|past history of|post|previous|previously|prior|former|remote|remote history of|completed|received|has received|had received|had undergone|has undergone|underwent|having undergone|" +
      "treated with|treated by|treated previously with|had|interval|recent|earlier|formerly|after completing|already|recovered from|recovered well from|recovering from|recovery from",
  },
  planned: {
    de:
      "geplant*|vorgesehen*|anstehend*|bevorstehend*|vorbereitung auf|vorbereitung zur|zur|empfohlene*|empfehlung|empfehlung zur|empfehlen|wir empfehlen|empfohlen wird|empfehlen wir|planung|planung der|planung einer|op planung|vorstellung zur|indikation zur|indikation zu|" +
      "indiziert*|beabsichtigt*|anzustreben*|aufklärung über|termin zur|angestrebt*|zunächst|vorgeschlagen|möglichkeit der|option einer|ist eine|soll eine|sollte eine|initial*|einleitung|einleitung einer|einleitung der|beginn mit|befürwortet wird",
    en:
      "planned|scheduled|scheduled for|planning|planning for|planned for|awaiting|upcoming|pending|anticipated|proposed|proposed for|recommended|recommend|recommends|we recommend|recommendation|recommendation for|listed for|candidate for|considered for|referred for|" +
      "proceed to|proceed with|proceeding to|due for|due to undergo|to undergo|will undergo|will have|will receive|will start|to start|to begin|intended|before planned|preparation for|plan for|plan is|suggest|advise|advised|indication for|prepared for|destined for|to receive|consider",
  },
  before: {
    de: "vor|vor der|vor dem|vor beginn|vor einleitung|im vorfeld|vorab|noch vor|vor geplanter|vor geplantem|noch keine|noch kein|noch ohne|bisher keine|bisher kein|bislang keine|bislang kein|bisher ohne|bislang ohne|bisher nicht|bislang nicht|noch nicht",
    en: "before|prior to|ahead of|in advance of|pre|preceding|baseline before|preparatory to|prior to starting|before starting|before commencing|no prior|no previous|without prior|without previous|has not had|not yet had|has not received|not yet received|not yet undergone|has not undergone|yet to|not yet|not yet started|not yet begun|never had|never received|no history of",
  },
  during: {
    de: "während|unter|unter laufender|unter aktueller|laufend*|aktuell unter|derzeit unter|im laufe|im rahmen der|zwischen den|zwischen dem|mitten in|derzeit*|gegenwärtig*|aktuell*|begleitend*|fortgeführte*|zwischenstaging|zwischenkontrolle|weitere zyklen|weiteren zyklen|restliche zyklen|verbleibende zyklen",
    en: "during|while on|while undergoing|while receiving|currently on|currently receiving|currently undergoing|ongoing|on|undergoing|receiving|under|amid|midway through|in the course of|halfway through|currently|current|mid|concurrent|continues|continues on|continuing|interim|interim staging|mid treatment|mid therapy|more cycles|more cycles of|further cycles|further cycles of|remaining cycles|remaining cycles of",
  },
  after: {
    de: "nach|nach erfolgter|nach abgeschlossener|ansprechen auf|ansprechen auf die|nach der|nach dem|im anschluss an|seit|infolge|posttherapeutisch|jahre nach|monate nach|wochen nach|tage nach",
    en: "after|following|post|since|subsequent to|in the wake of|upon completion of|response to|responded to|responded well to|years after|months after|weeks after|days after|out from",
  },
  begin: {
    de: "beginn|start|einleitung|begonnen*|begonnene*|eingeleitet*|anfang|angefangen*",
    en: "start|starting|start of|beginning|beginning of|initiation|initiation of|commencement|commencing|onset|started|commenced|initiating|initiated|begun|began",
  },
  finish: {
    de: "abschluss|abschluß|ende|beendigung|abgeschlossen*|beendet*|abbruch|komplettierung",
    en: "completion|completion of|end|end of|completing|conclusion|finishing|finish|finished|completed|last cycle of",
  },
  "planned-before": {
    de:
      "geplant|vorgesehen|empfohlen|zu planen|angestrebt|anzustreben|steht an|stehen an|bevorstehend|vorzunehmen|zu empfehlen|indiziert|ist zu|soll erfolgen|sollte erfolgen|soll folgen|soll|sollen|sollte|sollten|vereinbart|durchzuführen|anzuschließen|erfolgen|beabsichtigt|wird geplant|wird empfohlen|befürwortet|terminiert|" +
      "anschließend|folgt|wird erfolgen|in planung|vorgeschlagen|eingeleitet werden|begonnen werden|ausstehend|steht aus|steht noch aus|beschlossen|beginnt|startet",
    en:
      "planned|is planned|are planned|scheduled|recommended|is recommended|advised|intended|will follow|to follow|to be started|to be performed|to be given|will be performed|will be started|pending|proposed|is indicated|indicated|suggested|anticipated|next week|next month|is due|" +
      "should follow|should be performed|should be offered|to begin|to start|will begin|will start|is awaited|agreed|to commence|will commence|due to start|starts|begins",
  },
  "during-before": {
    de: "läuft|laufend|wird fortgeführt|wird fortgesetzt|fortgesetzt|fortgeführt|im gange|seit|aktuell|derzeit|andauernd|fortzuführen|fortsetzung|fortzusetzen|gut vertragen|wird gegeben|unter therapie|wird durchgeführt|wird aktuell|pausiert",
    en: "ongoing|continues|is ongoing|continued|in progress|underway|under way|is being given|currently|at present|well tolerated|is continuing|being administered|paused",
  },
  "done-before": {
    de: "abgeschlossen|beendet|erfolgt|erfolgte|durchgeführt|vorgenommen|erhalten|verabreicht|stattgehabt|absolviert|worden|abgebrochen|alio loco|erhielt|zurück|zurückliegend",
    en: "completed|finished|performed|done|given|administered|received|ago|undertaken|carried out|took place|ended|stopped|discontinued|had been|has been",
  },
  declined: {
    de: "nicht geplant|nicht vorgesehen|nicht indiziert|nicht erforderlich|nicht notwendig|nicht nötig|abgelehnt|kontraindiziert|lehnt ab|verzichtet|nicht möglich|nicht empfohlen|keine indikation",
    en: "not planned|not indicated|not required|not needed|not necessary|declined|refused|contraindicated|not recommended|no indication|was not required|not warranted",
  },
  ago: {
    de: "vor einem jahr|vor einem monat|vor einer woche|vor zwei jahren|vor drei jahren|vor vier jahren|vor fünf jahren|vor sechs jahren|vor zehn jahren|vor jahren|vor monaten|vor kurzem|vor einigen jahren|vor mehreren jahren|vor zwei monaten|vor drei monaten|vor sechs monaten|vor zwei wochen|vor drei wochen|vor vier wochen|vor sechs wochen|vor längerer zeit|vor langer zeit|vor ort|vor allem",
    en: "years ago|months ago|weeks ago|year ago|month ago|week ago|days ago|years earlier|months earlier|years previously|months previously|long ago",
  },
  family: {
    de: "familienanamnese|familienanamnestisch|mutter|vater|bruder|schwester|großmutter|großvater|onkel|tante|cousin|familiär bekannt|sohn|tochter",
    en: "family history|mother|father|brother|sister|grandmother|grandfather|uncle|aunt|cousin|maternal|paternal|sibling",
  },
  compares: {
    de: "vergleich*|im vergleich|verglichen|voraufnahme*|voruntersuchung*|gegenüber der|gegenüber den|gegenüber dem|gegenüber|zum vergleich",
    en: "compared|comparison|compared with|compared to|in comparison|relative to|versus the|correlation with",
  },
  earlier: {
    de: "zuvor|vormals|voruntersuchung*|voraufnahme*|vorbefund*|initial|ehemals|ausgangsbefund|früher|vorbestehend|damals|vorher|seinerzeit",
    en: "previously|formerly|prior|earlier|initially|was previously|previous|then|originally|at baseline",
  },
  aside: {
    de: "nebenbefundlich|nebenbefund*|zufallsbefund*|zufällig|daneben|zusätzlich|am rande|als nebenbefund|unabhängig davon|ferner|miterfasst*|mitabgebildet*|außerdem",
    en: "incidental*|incidentally|additionally|of note|aside|also noted|unrelated|separately",
  },
  elsewhere: {
    de: "degenerativ*|gonarthrose|coxarthrose|arthrose*|spondylose*|fraktur*|lymphknoten*|entnahme*|entnommen*|spongiosa aus|sturz|trauma",
    en: "degenerative|osteoarthritis|arthritis|fracture*|lymph node*|lymph nodes|harvested|donor|graft from",
  },
  stops: {
    de: "aber|jedoch|sondern|allerdings|obwohl|hingegen|dagegen|während|wobei|außer|abgesehen von|trotz|bis auf|mit ausnahme|anzusehen|weil|da|nachdem|welche*|jetzt|nun|nunmehr|zeigt sich|zeigen sich|es zeigt|es zeigen|findet sich|finden sich|stellt sich|verursacht durch|aufgrund|wegen|infolge",
    en: "but|however|although|though|except|apart from|aside from|despite|nevertheless|yet|because|due to|secondary to|which|while|whereas|still|now|there is|there are|we see|caused by|otherwise|who|owing to",
  },
  or: { de: "oder|bzw|beziehungsweise|noch|und oder|versus|vs", en: "or|nor|versus|vs" },
  and: { de: "und|sowie|u|als auch", en: "and|as well as|plus|&" },
  of: {
    de: "des|der|eines|einer|im|in|am|an|bei|von|vom|durch|innerhalb|mit|zu|zur|zum|um|neben|entlang|aus|auf|nach|angrenzend|für|gegen|beim|seitens|außerhalb|oberhalb|unterhalb|unter",
    en: "of|in|within|through|into|from|around|about|with|to|at|on|by|for|along|adjacent|near|between|involving|surrounding|beyond|across|beneath|above|below|associated|complicating|after|following",
  },
  light: {
    de:
      "anhalt|anhaltspunkt|anhaltspunkte|hinweis|hinweise|nachweis|zeichen|kriterien|kriterium|vorliegen|vorhandensein|bild|aspekt|verdacht|verdachtsmoment|verdachtsmomente|malignitätskriterien|sicherer|sichere|sicheren|eindeutiger|eindeutigen|" +
      "eindeutige|weiterer|weiteren|weitere|weiteres|sonstiger|direkter|indirekter|neu aufgetretenes|manifestation|manifestationen|anteile|anteil|infiltrate|infiltrat|formationen|gewebe|beweis|radiologischer|radiologische|typisches|typischer|klassisches|maligner|malignes|malignen|primäres|primärer|residuen|diagnose|typ|wesentlicher|" +
      "relevanter|läsion|herd|raumforderung|tumor|prozess|erkrankung|entität|low|high|grade|ein|eine|einen|einem|das|die|den|dem|im sinne|art|form|charakter|hochgradiger|hochgradigen|dringender|dringenden",
    en:
      "evidence|sign|signs|feature|features|suggestion|suspicion|indication|finding|findings|definite|convincing|radiographic|radiological|histological|histologic|presence|clear|obvious|further|other|new|focal|discrete|aggressive|malignant|primary|residual|residue|component|components|" +
      "areas|area|foci|elements|criteria|diagnosis|picture|appearance|mri|imaging|any|a|an|the|lesion|mass|tumor|disease|process|type|form|suggest|indicate|support|to suggest|to indicate|to support|to account for|to explain|underlying|low|high|grade|typical|classic|conventional|certain|sure|concern|such|kind",
  },
  nothing: {
    de:
      "nicht nur|nicht unerheblich*|keine änderung|keine veränderung|kein wesentlicher unterschied|ohne wesentliche änderung|keine größenzunahme|keine befundänderung|ohne größenänderung|nicht zuletzt|unter anderem|unter bildwandler|unter belastung|unter berücksichtigung|" +
      "in der regel|je nach|ohne weiteres|keine kontraindikation|vor allem|vor ort|nach gabe|nach kontrastmittelgabe|nach km|nach ap|nach euramos|nach euramos 1|nach vide|nach protokoll|nach dem protokoll|nach schema|gemäß protokoll|nach ewing|nach studienprotokoll|zur kenntnis|nach lodwick|nach mirels|nach enneking|nach iss|nach rezist|nach recist|nach who|nach kranial|nach kaudal|nach distal|nach proximal|nach lateral|nach medial|nach dorsal|nach ventral|nach außen|nach innen",
    en:
      "no change|no change in|no interval change|no interval change in|no significant change in|no significant interval change in|not only|not necessarily|gram negative|no increase in|without change|unchanged|no difficulty|on the other hand|on the one hand|by hand|hand sewn|hand written|" +
      "no appreciable change in|no definite change in|on this|on the|on both|on all|on radiograph*|on mri|on ct|on imaging|on plain|on axial|on coronal|on sagittal|under the|under fluoroscop*|post contrast|post gadolinium|after contrast|following contrast|primary care|right now|all right|right away|left in place|left untreated|left in situ|left alone",
  },
};
