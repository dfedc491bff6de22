import { z } from 'zod';
import { done, type Done } from '../../domain/task-outcome.js';
import type { TaskContext, TaskHandler } from '../../domain/task-type.js';
import { FileRoots } from '../../file-roots.js';
import { checkPath } from '../../files/check-path.js';
import { FILE_FORMATS, serialiseContent } from '../../files/file-content.js';
import { fileError } from '../../files/file-errors.js';
import { writeAtomically } from '../../files/write-atomically.js';
import { TaskType } from '../../task-type.decorator.js';

const parameters = z.strictObject({
  path: z.string().min(1).max(4096).meta({
    description: 'A relative path in the files folder of the service; missing folders are made.',
    adjustable: true,
  }),
  content: z
    .unknown()
    .meta({ description: 'Text or any JSON, often a reference; for CSV an array of objects.' }),
  format: z
    .enum(FILE_FORMATS)
    .optional()
    .meta({
      description:
        '`text` writes text as it is, `json` indented JSON, `csv` a header and a line for each object. ' +
        'Default: text as it is, everything else as JSON.',
      adjustable: true,
    }),
});

const result = z.strictObject({
  path: z.string().meta({ description: 'The path as given; `file.read` finds the file under it.' }),
  bytes: z.int().meta({ description: 'Size of the written file.' }),
});

@TaskType({
  name: 'file.write',
  description: 'Writes a text, JSON or CSV file, whole or not at all, and replaces an earlier one.',
  parameters,
  result,
  effects: () => 'idempotent',
  check: { path: checkPath },
  planning: {
    synonyms: ['save', 'store', 'export', 'put', 'create', 'copy', 'convert'],
    verbRequired: true,
    parameters: { path: { after: ['to', 'into', 'as', 'in'], literal: true }, content: { bare: true } },
    yields: [],
  },
  examples: [
    {
      title: 'A CSV report',
      parameters: {
        path: 'reports/stock.csv',
        content: [
          { article: 'desk', count: 4 },
          { article: 'lamp', count: 11 },
        ],
        format: 'csv',
      },
    },
  ],
})
export class FileWriteTask implements TaskHandler<z.output<typeof parameters>, z.output<typeof result>> {
  constructor(private readonly roots: FileRoots) {}

  async execute(
    { path, content, format }: z.output<typeof parameters>,
    context: TaskContext,
  ): Promise<Done<z.output<typeof result>>> {
    const bytes = serialiseContent(content, format);
    try {
      await writeAtomically(this.roots, path, bytes, context.signal);
    } catch (error) {
      throw fileError(error, 'write', path);
    }
    return done({ path, bytes: bytes.length });
  }
}
