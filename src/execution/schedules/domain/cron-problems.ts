import { Cron } from 'croner';
import { shown } from '../../../common/wording.js';

const FIELDS = [
  { name: 'minute', values: '0–59' },
  { name: 'hour', values: '0–23' },
  { name: 'day of month', values: '1–31' },
  { name: 'month', values: '1–12' },
  { name: 'day of week', values: '0–7' },
] as const;
const FORM = FIELDS.map(({ name }) => name).join(', ');
/** Leaves out what croner reads beyond it: `L`, `W`, `#`, `?`, `+`. */
const ITEM = /^(?:\*|(?:\d+|[a-z]{3})(?:-(?:\d+|[a-z]{3}))?)(?:\/\d+)?$/i;

/** Whether one item of a list can stand in a field. */
function fits(item: string, field: number): boolean {
  if (!ITEM.test(item)) return false;
  try {
    new Cron(FIELDS.map((_, index) => (index === field ? item : '*')).join(' '), { mode: '5-part' });
    return true;
  } catch {
    return false;
  }
}

/** Why the text is no cron expression of five fields: every item that is wrong. None: it is one. */
export function cronProblems(text: string): readonly string[] {
  const fields = text.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    const hint = fields.length === 6 ? 'seconds are not supported' : `got ${shown(text)}`;
    return [`expected five fields (${FORM}); ${hint}`];
  }
  return FIELDS.flatMap(({ name, values }, index) =>
    (fields[index] as string)
      .split(',')
      .filter((item) => !fits(item, index))
      .map((item) => `${name}: ${shown(item)} is no value, ascending range or step of a range in ${values}`),
  );
}
