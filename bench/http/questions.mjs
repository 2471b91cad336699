// @ts-check

/** What is asked, in words. Rows of all contenders are brought to the columns named here, and compared. */
export const QUESTIONS = {
  Q1: 'four metrics by month and title',
  Q2: 'four metrics by month and firm, the last three months',
  Q3: 'four metrics of one firm by month',
  Q4: 'active users by quarter and title',
  Q5: 'queries and active users of three firms by event type and month, groups above a number of queries',
  Q6: 'power users of a month, the first 50 by score',
  Q7: 'queries by month with the month before and the share of all, and totals',
  Q8: 'random valid requests, one after the other',
};

/** Those that everybody can be asked. */
export const COMMON = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5'];

/** @param {unknown} value @returns {string} */
export const text = (value) => String(value);
/** @param {unknown} value @returns {number | null} */
export const number = (value) => (value === null || value === undefined ? null : Number(value));
