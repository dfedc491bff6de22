/** Phrases that always begin a clause of their own: what follows comes after what stands before. */
export const SEQUENCE_CUES = [
  ...['then', 'after that', 'after this', 'after which', 'afterwards', 'afterward', 'finally', 'lastly'],
  ...[
    'subsequently',
    'thereafter',
    'once done',
    'once that is done',
    'once this is done',
    'when done',
    'followed by',
  ],
] as const;

/** Phrases that begin a clause that need not wait for the one before. */
export const PARALLEL_CUES = [
  ...['meanwhile', 'at the same time', 'in the meantime', 'in parallel', 'simultaneously', 'concurrently'],
] as const;

/** Phrases that begin a condition. */
export const CONDITION_CUES = [
  'if',
  'in case',
  'provided that',
  'as long as',
  'only if',
  'whenever',
] as const;

/** Phrases that begin a condition that must not hold. */
export const NEGATIVE_CUES = ['unless', 'except if'] as const;

/** Phrases that begin the other branch of a condition. */
export const OTHERWISE_CUES = ['otherwise', 'or else', 'else', 'if not'] as const;

/** "If" after one of these asks something and makes nothing depend on it. */
export const ASKING =
  'check see know ask tell wonder wondering verify determine find out confirm decide even as sure me us test whether';

/** Words that say that a person agrees, in a condition. */
export const APPROVALS =
  'approve approves approved approval agree agrees agreed agreement consent consents confirm confirms confirmed confirmation ' +
  'yes accept accepts accepted permission reject rejects rejected refuse refuses refused decline declines declined';

/** Words that may begin a condition on somebody's approval: "once Ada agrees", "after her approval". */
export const APPROVAL_CUES = 'when once after upon with following given';

/** Words that turn a condition round. */
export const NEGATIONS =
  "not no never isn't aren't doesn't don't didn't wasn't weren't cannot can't won't without fails failed invalid refuses refused " +
  'refuse rejects rejected reject declines declined decline wrong';

/** "If possible", "if you can": a courtesy. */
export const COURTESIES = 'possible necessary needed need any so available applicable you';

/** What may stand before the verb of a clause. */
export const LEAD_IN =
  'and or but also so please kindly just now first firstly second secondly third thirdly to i you we he she they it id ill ' +
  "i'd i'll i'm we'd we'll let's you'd like want would need should must can could will shall wish hope love prefer plan " +
  'intend going gonna have has been able try help me us then finally lastly next additionally furthermore moreover besides ' +
  'later again immediately automatically quickly simply maybe perhaps possibly ideally is are lets looking addition ' +
  'well wanna wondering possible since there too hey hello hi ready interested considering thinking of about in that';

/** Nouns that stand for what the step before has made. */
export const ANAPHORA =
  'it them this that these those result results output outputs response answer answers data content contents body page ' +
  'file document everything all report text json value values outcome summary list table';

/** Phrases that say how often or when, at the beginning of a clause. */
export const TIMES =
  /^(?:(?:every|each|on|this|next|at|by) )?(?:(?:other |working )?(?:morning|afternoon|evening|night|noon|midnight|day|week|weekday|weekend|month|year|hour|minute|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?|daily|hourly|weekly|monthly|yearly|nightly|today|tonight|tomorrow|§\d{1,6})(?: (?:at|on|of the) (?:the )?[\w§]{1,20})?[, ]+(?=\S)/i;

/** Phrases that say how often. */
export const RECURRING =
  /\b(?:every|each) (?:(?:other|working|\d{1,3}) )?(?:morning|afternoon|evening|night|day|week|weekday|weekend|month|year|hour|minute|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b|\b(?:daily|hourly|weekly|monthly|yearly|nightly)\b(?!-)/i;

/** Words that begin a question, which asks for something to be looked up. */
export const QUESTION_WORDS = 'who whom whose what which when where why how is are was were does did do';

/** Words by which a sentence without a verb of action asks for a thing. */
export const WISHES = 'want need like prefer wish interested looking curious love wonder wondering';

/** Words that make a sentence about somebody ask for something. */
export const MODALS =
  'want wants need needs like love wish hope would should must shall can could please help supposed';

/** Verbs that leave it to a noun to say what is done. */
export const LIGHT_VERBS = 'make give take have do get let place put perform conduct carry set run';

/** Words that stand for what was said before. */
export const PRONOUNS = 'it them that one ones this those these him her there';

/** Words by which a condition speaks of how the step before went. */
export const OUTCOMES =
  'they fails failed succeeds works worked empty none nothing result results available ok successful';

/** Words that begin the object of a verb. */
export const OBJECT_LEADS =
  'a an the my your our their his her its this that these those some any all every each both me us him it them';

/** Words that stand before a noun and do nothing. */
export const PREPOSITIONS =
  'in on at for from with of by about into onto over under during since until till to as like between among using based per via after ' +
  'before use uses used however while than through within without against toward towards near around across behind beside upon off out up down and or but if ' +
  'when where who what which how why not is are was were be been being has have had do does did can could will would shall should may ' +
  'might must just only even also very so too then there here because whether plus minus except including regarding concerning titled named called';
