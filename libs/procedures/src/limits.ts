/** Most characters of each text that is kept of a procedure, by the name of its field; a list's name stands for its items. */
export const mostCharacters = {
  ...{ title: 1_000, code: 100, field: 200, comment: 4_000, reason: 5_000, note: 5_000, findings: 20_000, remarks: 5_000 },
  ...{ number: 200, signer: 200, office: 500, article: 200, change: 5_000, content: 20_000, roadmap: 5_000, label: 500 },
  ...{ steps: 20_000, manner: 20_000, subjects: 20_000, agency: 20_000, form: 20_000, result: 20_000, conditions: 20_000, fees: 20_000 },
  ...{ documents: 2_000, legalBasis: 2_000 },
  ...{ input: 100, source: 1_000, method: 1_000, figures: 30 },
  ...{ way: 500, fee: 2_000, name: 2_000, summary: 5_000, issuer: 500, address: 1_000, level: 200, keywords: 200 },
} as const;

/** Texts of one line, by the name of the field; all others may have several. */
export const linesOfText: readonly string[] = [
  'title',
  'code',
  'field',
  'number',
  'signer',
  'office',
  'article',
  'label',
  'way',
  'issuer',
  'level',
  'input',
  'source',
  'method',
  'figures',
];

/** Most items of each list, by its name. */
export const mostItems = {
  ...{ documents: 200, legalBasis: 200, documentsToAmend: 200, lines: 500, units: 1_000 },
  ...{ inputs: 1_000, figures: 50 },
  ...{ manners: 50, bases: 200, agencies: 100, keywords: 50 },
} as const;

/** The least and most of each count, by its name. What is not named is a whole number from 0 to the largest safe one. */
export const countLimits = {
  sets: { least: 1, most: 1_000 },
  timeLimitDays: { least: 0, most: 10_000 },
  amount: { least: 0, most: 10_000 },
  originals: { least: 0, most: 1_000 },
  copies: { least: 0, most: 1_000 },
  everyYears: { least: 1, most: 100 },
} as const;

/** Completes a sentence that begins with the name of the text. */
export const hiddenInText = 'must not hold control characters, or others that nobody sees';

/** Whether nothing of the text is seen: no more than spaces, control and zero-width characters, fillers, marks without a letter and the empty pattern of braille. */
export const isBlank = (text: string): boolean => !/[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u{2800}\u{FFFC}]/u.test(text);

/**
 * How much is kept of one procedure, how much is said about it, how often units are asked and how many of them, how often one unit tells its owner of an obstacle, and how often its work changes hands: an ordinary life is some twenty events of a few hundred characters.
 * Beyond it nothing is taken but what ends it, so that reading it never takes long.
 */
export const mostStored = {
  events: 5_000,
  characters: 8_000_000,
  comments: 5_000,
  claims: 5_000,
  consultations: 2_000,
  /** In all consultations together. */
  unitsConsulted: 10_000,
  obstaclesOfUnit: 100,
} as const;
