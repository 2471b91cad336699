import type { Row } from '../../database/engine.ts';
import { readSourceRows } from '../lists/source-rows.ts';
import type { Answer } from '../reading/answer.ts';
import type { Found } from '../reading/result-cache.ts';
import type { Setting } from '../reading/setting.ts';
import { answeredRange } from '../resolve/range.ts';
import type { Asked } from '../resolve/request.ts';
import { type Compiled, compile } from './compile.ts';
import { DecodedPage, decodeTotals } from './decode.ts';

/**
 * Answers a metrics request in one statement, wholly at the version of its setting.
 * @throws RequestError when it has no meaning; NewerVersionError for a cursor of a newer version
 */
export async function answer(setting: Setting, asked: Asked): Promise<Answer> {
  const { reader, dryRun } = setting;
  const compiled = await compile(setting, asked);
  const { rendered } = compiled;
  const found = rendered && !dryRun ? await reader.read(rendered.statement) : NOTHING;
  return new DecodedAnswer(setting, compiled, found);
}

const NOTHING = { value: [], isHit: false };

/** What is not always asked for is made when it is. */
class DecodedAnswer extends DecodedPage implements Answer {
  readonly cacheHit: boolean;

  constructor(
    private readonly setting: Setting,
    private readonly compiled: Compiled,
    private readonly found: Found<readonly Row[]>,
  ) {
    super(compiled.rowIds, compiled.rows, found.value);
    this.cacheHit = found.isHit;
  }

  get metaId() {
    return this.compiled.identity.page('meta');
  }

  get range() {
    const { range, extent } = this.compiled.question;
    return answeredRange(range, extent);
  }

  get plan() {
    return this.compiled.plan;
  }

  get statement() {
    return this.compiled.rendered?.statement;
  }

  get totals() {
    const { identity, totals } = this.compiled;
    return decodeTotals(identity, totals, this.found.value);
  }

  get subtotals() {
    return this.compiled.subtotals.map((each) => new DecodedPage(each.ids, each, this.found.value));
  }

  sourceRows(first: number) {
    return readSourceRows(this.setting, this.plan, first);
  }
}
