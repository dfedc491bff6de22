import { z } from 'zod';
import { done, type Done } from '../../domain/task-outcome.js';
import type { TaskContext, TaskHandler } from '../../domain/task-type.js';
import { FileRoots } from '../../file-roots.js';
import { checkPath } from '../../files/check-path.js';
import { FILE_FORMATS, parseContent } from '../../files/file-content.js';
import { fileError } from '../../files/file-errors.js';
import { openReadable } from '../../files/open-readable.js';
import { readLimited } from '../../files/read-limited.js';
import { TaskType } from '../../task-type.decorator.js';

const parameters = z.strictObject({
  path: z.string().min(1).max(4096).meta({
    description:
      'A relative path. Files written by tasks are looked at first, then the workspace (without dot files).',
  }),
  parse: z.enum(FILE_FORMATS).default('text').meta({
    description:
      'How `content` is given: `text` as it stands, `json` its value, `csv` one object a line by the header.',
    adjustable: true,
  }),
});

const result = z.strictObject({
  path: z.string().meta({ description: 'The path as given.' }),
  bytes: z.int().meta({ description: 'Size of the file.' }),
  content: z
    .unknown()
    .meta({ description: 'Text, JSON, or an array of objects whose values are text (CSV).' }),
});

@TaskType({
  name: 'file.read',
  description:
    'Reads a file of up to 8 MiB as text, JSON or CSV, from the files of tasks or from the workspace.',
  parameters,
  result,
  effects: () => 'none',
  check: { path: checkPath },
  planning: {
    synonyms: ['open', 'get', 'load', 'import', 'take', 'use'],
    verbRequired: true,
    yields: [
      { field: 'content', with: ['parse'] },
      { field: 'content', type: 'string' },
    ],
  },
  examples: [{ title: 'A JSON file of the workspace', parameters: { path: 'package.json', parse: 'json' } }],
})
export class FileReadTask implements TaskHandler<z.output<typeof parameters>, z.output<typeof result>> {
  constructor(private readonly roots: FileRoots) {}

  async execute(
    { path, parse }: z.output<typeof parameters>,
    context: TaskContext,
  ): Promise<Done<z.output<typeof result>>> {
    const bytes = await this.read(path, context.signal);
    return done({ path, bytes: bytes.length, content: parseContent(bytes, parse, path) });
  }

  private async read(path: string, signal: AbortSignal): Promise<Buffer> {
    try {
      const handle = await openReadable(this.roots, path);
      return await readLimited(handle, path, signal).finally(() => handle.close());
    } catch (error) {
      throw fileError(error, 'read', path);
    }
  }
}
