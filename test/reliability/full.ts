/** Counts of reliability tests: in full where `npm run test:full` asks for it, else the usual part. */
export const fullOr = <T>({ full, usual }: { readonly full: T; readonly usual: T }): T =>
  process.env['TANDEM_TEST_FULL'] === '1' ? full : usual;
