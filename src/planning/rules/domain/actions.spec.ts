import { describe, expect, it } from '@jest/globals';
import { actionOf } from './actions.js';

describe('actionOf', () => {
  it.each([
    ['Please book a hotel', 'book', '#book'],
    ["I'd like to reserve a room", 'reserve', '#book'],
    ['a text that I want to translate', 'translate', '#translate'],
    ['make a payment of 5 euros', 'payment', '#pay'],
    ['have my report printed', 'printed', '#print'],
    ['What is the weather like', 'query', '#query'],
    ['I need some pills', 'query', '#query'],
    ['let Eva know about it', 'notify', '#notify'],
    ['let me know the price', 'query', '#query'],
  ])('%s: %s', (clause, verb, action) => {
    const found = actionOf(clause);
    expect(found.verb).toBe(verb);
    expect([...found.classes]).toContain(action);
  });

  it.each([
    "I have a video file named 'a.mp4'",
    'I am planning a trip to Rome',
    'The sink is leaking',
    'I no longer need the booking',
    'also',
    '',
  ])('hears no action in %j', (clause) => {
    expect(actionOf(clause).verb).toBeNull();
  });

  it('takes a word for a verb by what follows it', () => {
    expect(actionOf('varnish the door').verb).toBe('varnish');
    expect(actionOf('I lost the door').verb).toBeNull();
    expect(actionOf('between the doors').verb).toBeNull();
  });

  it('takes any verb of what runs beside something else', () => {
    expect(actionOf('my car drives me home').verb).toBeNull();
    expect(actionOf('my car drives me home', 'parallel').verb).toBe('drives');
  });
});
