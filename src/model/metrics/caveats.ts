/** What readers must know of several metrics. */
export const NOT_SUMMABLE = 'A distinct count: rows may add up to more than the total.';
export const RANKED =
  'Ranks are taken over the whole platform before any filter, and are not recomputed for a slice.';
export const EVERY_FIRM =
  'A user-month counts under every firm that the user was active in that month, and once in any total, so firms may add up to more than the total.';
export const WHOLE_MONTHS =
  'Needs whole months: not by day, week or event type, nor over a range that cuts a month.';
export const UTC_MONTHS = 'Of UTC months, so it takes no time zone.';
