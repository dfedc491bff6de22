import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Api } from '../../scripts/lib/api.ts';
import { exampleEnvironment } from '../../scripts/lib/example-environment.ts';
import type { Example } from '../../scripts/lib/example.ts';
import { tidyUp } from './earlier-starts.ts';
import { byRules, withModel } from './forms.ts';
import { mayAskModel, setUp } from './runbook.ts';
import { answeringPerson } from './person.ts';
import { DEFAULT_PORT, type SampleService, startSampleService } from './sample-service.ts';

const USAGE = 'incident [-- --port NUMBER]';
const SCRIPT = fileURLToPath(new URL('script.json', import.meta.url));

/** Ten a second: never one of an earlier start, whose answers may still be kept. */
const newIncident = (): number => Math.floor(Date.now() / 100) % 100_000_000;

async function showIncidents(api: Api, service: SampleService, port: number): Promise<number> {
  const runbook = await setUp(api, port);
  await tidyUp(api, runbook);
  const { use, reason, detail } = await mayAskModel(api, runbook.operatorId);
  console.log(
    use
      ? 'A model may be asked about failures that no rule covers.\n'
      : `No model may be asked (${reason}): ${detail}\n`,
  );
  const form = use ? withModel : byRules;
  const differences = await form(api, runbook, answeringPerson(api, service), newIncident());
  for (const difference of differences) console.error(`\nNot as this example shows it: ${difference}`);
  return differences.length === 0 ? 0 : 1;
}

function readPort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}

export const example: Example = {
  usage: USAGE,
  summary: 'Mends a service that fails in many ways; with a model, until a learned rule needs none any more.',
  prepare(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string', default: String(DEFAULT_PORT) } },
    });
    const port = readPort(values.port);
    if (port === null)
      return { usageError: `Usage: npm run example ${USAGE}\n\nThe port is a number up to 65535.` };
    return {
      env: exampleEnvironment({ host: `127.0.0.1:${port}`, script: SCRIPT }),
      run: async (api) => {
        const service = await startSampleService(port);
        try {
          return await showIncidents(api, service, port);
        } finally {
          await service.stop();
        }
      },
    };
  },
};
