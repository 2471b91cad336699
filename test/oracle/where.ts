import { compareKeys, type Key } from './keys.ts';

/** A filter on one dimension, as GraphQL takes it: ids are text. */
export interface Filter {
  readonly eq?: Key;
  readonly neq?: Key;
  readonly in?: readonly Key[];
  readonly notIn?: readonly Key[];
  readonly lt?: Key;
  readonly lte?: Key;
  readonly gt?: Key;
  readonly gte?: Key;
  readonly between?: { readonly from: Key; readonly to: Key };
  readonly isNull?: boolean;
  readonly contains?: string;
  readonly startsWith?: string;
}

export interface Where {
  readonly and?: readonly Where[];
  readonly or?: readonly Where[];
  readonly not?: Where;
  readonly [dimension: string]: Filter | Where | readonly Where[] | undefined;
}

/** True, false, or undefined where it cannot be told. */
type Verdict = boolean | undefined;

/** Whether a filter holds of what is known; what is not known can be told neither way, under `not` too. */
export function judge(where: Where, keyOf: (dimension: string) => Key | undefined): Verdict {
  return every(
    Object.entries(where).map(([name, value]): Verdict => {
      if (value === undefined) return true;
      if (name === 'and') return every((value as readonly Where[]).map((each) => judge(each, keyOf)));
      if (name === 'or') return some((value as readonly Where[]).map((each) => judge(each, keyOf)));
      if (name === 'not') return opposite(judge(value as Where, keyOf));
      const key = keyOf(name);
      return key === undefined ? undefined : holds(name, value as Filter, key);
    }),
  );
}

function every(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}

function some(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}

function opposite(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}

/** Every operator that is given holds. No key of a base row is missing. */
function holds(name: string, filter: Filter, key: Key): boolean {
  const { eq, neq, notIn, lt, lte, gt, gte, between, isNull, contains, startsWith } = filter;
  const order = (value: Key) => compareKeys(name, key, typeof key === 'number' ? Number(value) : value);
  const isOneOf = (values: readonly Key[]) => values.some((value) => order(value) === 0);
  return (
    (eq === undefined || order(eq) === 0) &&
    (neq === undefined || order(neq) !== 0) &&
    (filter.in === undefined || isOneOf(filter.in)) &&
    (notIn === undefined || !isOneOf(notIn)) &&
    (lt === undefined || order(lt) < 0) &&
    (lte === undefined || order(lte) <= 0) &&
    (gt === undefined || order(gt) > 0) &&
    (gte === undefined || order(gte) >= 0) &&
    (between === undefined || (order(between.from) >= 0 && order(between.to) <= 0)) &&
    isNull !== true &&
    (contains === undefined || String(key).includes(contains)) &&
    (startsWith === undefined || String(key).startsWith(startsWith))
  );
}

/** The dimensions that a filter names, however deep. */
export function named(where: Where | undefined): readonly string[] {
  return Object.entries(where ?? {}).flatMap(([name, value]) => {
    if (name === 'and' || name === 'or') return (value as readonly Where[]).flatMap(named);
    return name === 'not' ? named(value as Where) : [name];
  });
}
