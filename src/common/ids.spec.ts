import { expect, it, jest } from '@jest/globals';
import { newId } from './ids.js';

const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it('makes ids that differ and sort as they were made, however many there are in a millisecond', () => {
  const ids = Array.from({ length: 10_000 }, newId);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  expect(ids.filter((id) => !V7.test(id))).toEqual([]);
});

it('says when they were made', () => {
  const before = Date.now();
  const atMs = Number.parseInt(newId().replaceAll('-', '').slice(0, 12), 16);
  expect(atMs).toBeGreaterThanOrEqual(before);
  expect(atMs).toBeLessThanOrEqual(Date.now());
});

it('goes on where it was when the clock is set back', () => {
  const earlier = newId();
  jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 60_000);
  expect(newId() > earlier).toBe(true);
  jest.restoreAllMocks();
});

it('does not count on where the millisecond before ended', () => {
  const now = jest.spyOn(Date, 'now');
  const at = Date.now() + 60_000;
  const sequences = [0, 1, 2, 3].map((more) => {
    now.mockReturnValue(at + more);
    return newId().slice(14, 23);
  });
  jest.restoreAllMocks();
  expect(new Set(sequences).size).toBeGreaterThan(1);
});
