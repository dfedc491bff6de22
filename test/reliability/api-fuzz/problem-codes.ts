const ROW = /^\| (\d{3}) +\| ([^|]+)\|/gm;
const CODE = /`([a-z_]+)`/g;

/** `409 stale` and its likes, of the table of problems in docs/errors.md. */
export const documentedProblems = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(ROW)].flatMap(([, status, codes = '']) =>
      [...codes.matchAll(CODE)].map(([, code]) => `${status} ${code}`),
    ),
  );
