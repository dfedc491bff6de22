import { describe, expect, it } from '@jest/globals';
import { traceParentOf } from './trace-parent.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const PARENT = { traceId: TRACE, spanId: SPAN, isRemote: true };

describe('the traceparent of a caller', () => {
  it.each([
    [`00-${TRACE}-${SPAN}-01`, { ...PARENT, traceFlags: 1 }],
    [`00-${TRACE}-${SPAN}-00`, { ...PARENT, traceFlags: 0 }],
    // Of the flags only the first is known; of later versions only what this one has.
    [`00-${TRACE}-${SPAN}-03`, { ...PARENT, traceFlags: 1 }],
    [`01-${TRACE}-${SPAN}-01-more`, { ...PARENT, traceFlags: 1 }],
  ])('%s is continued', (traceparent, expected) => {
    expect(traceParentOf({ traceparent })).toEqual(expected);
  });

  it.each([
    undefined,
    '',
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}${SPAN}-01`,
    `01-${TRACE}-${SPAN}-01x`,
  ])('%s is not', (traceparent) => {
    expect(traceParentOf({ traceparent })).toBeNull();
  });

  it('comes with its state, unless that is too long', () => {
    const traceparent = `00-${TRACE}-${SPAN}-01`;
    const state = (tracestate: string) => traceParentOf({ traceparent, tracestate })?.traceState?.serialize();
    expect(state('congo=t61rcWkgMzE')).toBe('congo=t61rcWkgMzE');
    expect(state(`a=${'b'.repeat(600)}`)).toBeUndefined();
  });
});
