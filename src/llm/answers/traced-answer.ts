import { inSpan } from '../../common/tracing/in-span.js';
import type { CallContext } from '../budget/ledger.port.js';
import { askedFor, usdOf } from '../calls/asked-for.js';

/** What its span says of an answer. */
interface Told {
  readonly source: string;
  readonly reason: string;
  readonly costNanoUsd: bigint;
}

/** The span of a question to an intelligence function, whoever answers; requests to providers are within. */
export const tracedAnswer = <Answer extends Told>(
  functionName: string,
  asked: Partial<CallContext>,
  answer: () => Promise<Answer>,
): Promise<Answer> =>
  inSpan(
    `call_function ${functionName}`,
    { 'tandem.function.name': functionName, ...askedFor(asked) },
    async (span) => {
      const told = await answer();
      const { source, reason, costNanoUsd } = told;
      span.setAttributes({
        'tandem.answer.source': source,
        'tandem.answer.reason': reason,
        'tandem.cost_usd': usdOf(costNanoUsd),
      });
      return told;
    },
  );
