import type { Fact } from '../../query/define.ts';
import { firms as everyFirm } from '../dimensions/firm.ts';

/** Firms from the creation of their account on, active or not. */
export const firms: Fact = {
  name: 'firms',
  description: 'Firms from the creation of their account on, whether they have events or not.',
  rows: 'none',
  holds: 'snapshot',
  relations: [
    {
      ...everyFirm,
      measures: {
        arr: { aggregate: 'sum', column: 'arr' },
        seats: { aggregate: 'sum', column: 'firm_size' },
      },
    },
  ],
};
