import type { ValueParser } from './refusal.ts';
import type { Kind } from './source.ts';
import { oneOf, parseId, parseInstant, parseThousands, wholeNumber } from './values.ts';

/** A column of a file, and of its stage table. */
export interface Column {
  /** As the documented header spells it. */
  readonly name: string;
  /** The column of the stage table and of the raw table. */
  readonly target: string;
  readonly type: string;
  readonly parse: ValueParser;
}

/** How the files of a kind look. */
export interface Format {
  readonly kind: Kind;
  readonly columns: readonly Column[];
}

const INT4 = 2_147_483_647;
const EVENT_TYPES = ['ASSISTANT', 'VAULT', 'WORKFLOW'];
const TITLES = ['JUNIOR_ASSOCIATE', 'ASSOCIATE', 'SENIOR_ASSOCIATE', 'PARTNER'];

const firmId = wholeNumber(1, Number.MAX_SAFE_INTEGER);
const created: Column = { name: 'CREATED', target: 'created', type: 'timestamp', parse: parseInstant };

export const FORMATS: Readonly<Record<Kind, Format>> = {
  USERS: {
    kind: 'USERS',
    columns: [
      { name: 'ID', target: 'id', type: 'text', parse: parseId },
      created,
      { name: 'TITLE', target: 'title', type: 'raw.title', parse: oneOf(TITLES) },
    ],
  },
  FIRMS: {
    kind: 'FIRMS',
    columns: [
      { name: 'ID', target: 'id', type: 'bigint', parse: firmId },
      created,
      { name: 'FIRM_SIZE', target: 'firm_size', type: 'integer', parse: wholeNumber(1, INT4) },
      { name: 'ARR_IN_THOUSANDS', target: 'arr_in_thousands', type: 'numeric(15,3)', parse: parseThousands },
    ],
  },
  EVENTS: {
    kind: 'EVENTS',
    columns: [
      created,
      { name: 'FIRM_ID', target: 'firm_id', type: 'bigint', parse: firmId },
      { name: 'USER_ID', target: 'user_id', type: 'text', parse: parseId },
      { name: 'EVENT_TYPE', target: 'event_type', type: 'raw.event_type', parse: oneOf(EVENT_TYPES) },
      { name: 'NUM_DOCS', target: 'num_docs', type: 'integer', parse: wholeNumber(0, INT4) },
      { name: 'FEEDBACK_SCORE', target: 'feedback_score', type: 'smallint', parse: wholeNumber(1, 5) },
    ],
  },
};
