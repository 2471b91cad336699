import { defineModel } from '../query/define.ts';
import { dimensions } from './dimensions.ts';
import { facts } from './facts.ts';
import { metrics } from './metrics.ts';

/** What is measured of the usage of a legal AI assistant. */
export const semantic = defineModel({ dimensions, facts, metrics });
