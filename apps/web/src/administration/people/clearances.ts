import { classificationWords } from '../../words/codes';

/** From the lowest to the highest. */
export const clearances = Object.keys(classificationWords) as readonly (keyof typeof classificationWords)[];
