import { format } from 'prettier';
import type { VariableDocumentation } from '../../src/config/variable-types.js';
import { SECRETS, variables } from '../../src/config/variables.js';

const HEAD = `# Configuration

Tandem reads its configuration from the environment once, at start. Every error is reported at once, with what to do,
before anything else is started; a provider or model that no module brings is known a moment later. An empty variable counts as not set; a variable that is not in this table is ignored.
${SECRETS.map((name) => `\`${name}\``).join(', ')} are secrets: \`<name>_FILE\` may name a file that holds one instead.

This page is generated from \`src/config/\` by \`npm run generate\`.

| variable | what it does | default | unit |
|---|---|---|---|
`;

const cell = (text: string): string => text.replaceAll('|', '\\|');

function row(name: string, documentation: VariableDocumentation | undefined): string {
  if (documentation?.description === undefined || documentation.default === undefined) {
    throw new Error(`${name} has no documentation. Give it .meta({ description, default }).`);
  }
  const { description, unit = '', default: fallback } = documentation;
  return `| \`${name}\` | ${cell(description)} | ${cell(fallback)} | ${unit} |\n`;
}

/** The page of every variable of the environment, from their schema; formatted like all our Markdown. */
export function configurationPage(): Promise<string> {
  const rows = Object.entries(variables.shape).map(([name, schema]) =>
    row(name, schema.meta() as VariableDocumentation | undefined),
  );
  return format(HEAD + rows.join(''), { parser: 'markdown' });
}
