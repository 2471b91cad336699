import type { Fact } from '../query/define.ts';
import { firms } from './facts/firms.ts';
import { movements } from './facts/movements.ts';
import { queries } from './facts/queries.ts';
import { userMonths } from './facts/user-months.ts';

export const facts: readonly Fact[] = [queries, userMonths, movements, firms];
