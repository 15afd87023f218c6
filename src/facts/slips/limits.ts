/**
 * Whoever opens a pull request chooses how long its functions are. What looks at a whole function for each thing it finds there looks
 * at no more than these, so that a file takes a time that grows as its text does. No function that people read comes near.
 */
/** Things of one kind in one function: the first ones are looked at. */
export const MOST_LOOKS = 50;
/** How far on its line, or in its brackets, something is looked for. */
export const MOST_BETWEEN = 300;
/** Functions in each other: what looks through the text of a function reads those in it once more. */
export const MOST_NESTED = 12;
