import { parseConfig } from '../../src/config/parse-config.js';
import { createApp, openApiDocument } from '../../src/create-app.js';

/** The OpenAPI document, from the routes as they are in the sources. Needs no database. */
export async function openApi(): Promise<string> {
  const { config, issues } = parseConfig({}, { workingFolder: '/', isTerminal: false });
  if (config === undefined) throw new Error(JSON.stringify(issues));
  const app = await createApp({ config, databaseUrl: 'postgres://unused', preview: true, logger: false });
  return `${JSON.stringify(openApiDocument(app), null, 2)}\n`;
}
