// `npm run bench:compare -- CHECKOUT [ROUNDS]`: this build against that of another checkout; see README.md.
import { join, resolve } from 'node:path';
import { startBenchServer } from './bench-server.js';
import { median } from './figures.js';
import { waitUntilQuiet } from './quiet.js';
import { Side } from './side.js';

const PARTS = ['dag', 'large', 'deep', 'chain', 'quote'] as const;
const WARM_UP_ROUNDS = 2;
/** Below it this build is slower than the other one. */
const LEAST_RATIO = 0.95;

const [other, wanted = '9'] = process.argv.slice(2);
if (other === undefined) {
  console.error('Usage: npm run bench:compare -- CHECKOUT [ROUNDS]');
  process.exit(2);
}
const rounds = Number(wanted);
const server = await startBenchServer();
try {
  const side = async (name: string, checkout: string): Promise<Side> =>
    Side.start(checkout, await server.createDatabase(name), join(server.folder, name));
  const before = await side('before', resolve(other));
  const now = await side('now', process.cwd());
  for (const part of PARTS) {
    const times: { before: number; now: number }[] = [];
    for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
      await waitUntilQuiet(part);
      // Whoever comes second finds a warmer machine: they take turns.
      const isOdd = round % 2 !== 0;
      const first = await (isOdd ? now : before).measure(part);
      const second = await (isOdd ? before : now).measure(part);
      if (round >= 0) times.push(isOdd ? { now: first, before: second } : { before: first, now: second });
    }
    const [old, new_] = [median(times.map((time) => time.before)), median(times.map((time) => time.now))];
    const ratio = old / new_;
    const paired = median(times.map((time) => time.before / time.now));
    if (ratio < LEAST_RATIO) process.exitCode = 1;
    console.log(
      `${part.padEnd(6)} before ${old.toFixed(2)} ms, now ${new_.toFixed(2)} ms; speed ${ratio.toFixed(3)} x, ` +
        `by pairs ${paired.toFixed(3)} x (${rounds} rounds)`,
    );
  }
  await Promise.all([before.stop(), now.stop()]);
} finally {
  await server.remove();
}
