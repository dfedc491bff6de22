import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { taskContext } from '../../../test/integration/tasks/task-context.js';
import { FileReadTask } from '../handlers/file-read/file-read.task.js';
import { FileWriteTask } from '../handlers/file-write/file-write.task.js';
import type { FileFormat } from './file-content.js';

let base: string;
const workspace = (name = ''): string => join(base, 'workspace', name);
const data = (name = ''): string => join(base, 'workspace', 'data', name);
const files = (name = ''): string => join(data('files'), name);
const roots = () => ({ readRoot: workspace(), dataDirectory: data() });
const read = async (path: string, parse: FileFormat = 'text') =>
  (await new FileReadTask(roots()).execute({ path, parse }, taskContext())).result;
const write = async (
  path: string,
  content: unknown,
  format?: FileFormat,
  signal = new AbortController().signal,
) => (await new FileWriteTask(roots()).execute({ path, content, format }, taskContext({ signal }))).result;
const refusal = (code: string) => ({ failure: { code, effect: 'none', retryable: false } });
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'tandem-files-'));
  await mkdir(files(), { recursive: true });
  await writeFile(join(base, 'secret.txt'), 'outside');
});
afterEach(() => rm(base, { recursive: true }));

describe('file.read', () => {
  it('reads text from the workspace with its size in bytes', async () => {
    await writeFile(workspace('note.txt'), 'grüße');
    await expect(read('note.txt')).resolves.toEqual({ path: 'note.txt', bytes: 7, content: 'grüße' });
  });

  it('reads a written file before one of the workspace', async () => {
    await writeFile(workspace('a.txt'), 'workspace');
    await writeFile(files('a.txt'), 'written');
    await expect(read('a.txt')).resolves.toMatchObject({ content: 'written' });
  });

  it('parses JSON, also after a byte order mark', async () => {
    await writeFile(workspace('a.json'), '\uFEFF{"n": [1, null]}');
    await expect(read('a.json', 'json')).resolves.toMatchObject({ content: { n: [1, null] } });
  });

  it('parses CSV into objects by the header', async () => {
    await writeFile(workspace('a.csv'), 'name,text\r\ndesk,"a ""big"", one"\r\n\r\nlamp,=1+1\r\n');
    await expect(read('a.csv', 'csv')).resolves.toMatchObject({
      content: [
        { name: 'desk', text: 'a "big", one' },
        { name: 'lamp', text: '=1+1' },
      ],
    });
  });

  it.each<[string, FileFormat, string | Buffer, string]>([
    ['JSON', 'json', '{"a":', 'invalid_json'],
    ['CSV', 'csv', 'a,b\n1,2,3\n', 'invalid_csv'],
    ['text', 'text', Buffer.from([0xff, 0xfe, 0x00]), 'not_text'],
  ])('says when a file is not %s', async (_what, format, content, code) => {
    await writeFile(workspace('broken'), content);
    await expect(read('broken', format)).rejects.toMatchObject({ failure: { code, class: 'invalid_input' } });
  });

  it('reads 8 MiB and refuses one byte more', async () => {
    await writeFile(workspace('full'), Buffer.alloc(8 * 1024 * 1024, 'x'));
    await writeFile(workspace('over'), Buffer.alloc(8 * 1024 * 1024 + 1, 'x'));
    await expect(read('full')).resolves.toMatchObject({ bytes: 8388608 });
    await expect(read('over')).rejects.toMatchObject(refusal('file_too_large'));
  });

  it('says that a file does not exist', async () => {
    await writeFile(workspace('a.txt'), '');
    await expect(read('none.txt')).rejects.toMatchObject({
      failure: { code: 'file_not_found', class: 'not_found' },
    });
    await expect(read('a.txt/b.txt')).rejects.toMatchObject({ failure: { code: 'file_not_found' } });
  });

  it.each([
    '../secret.txt',
    'a/../../secret.txt',
    '/etc/hostname',
    'a\0b',
    'C:/x',
    '..\\secret.txt',
    '.',
    '',
  ])('refuses the path %j', async (path) => {
    await expect(read(path)).rejects.toMatchObject(refusal('path_not_allowed'));
  });

  it.each(['.env', '.git/config', 'folder/.hidden', '.none'])(
    'refuses the dot file %s of the workspace',
    async (path) => {
      await mkdir(workspace('.git'));
      await mkdir(workspace('folder'));
      await writeFile(workspace('.env'), 'KEY=1');
      await writeFile(workspace('.git/config'), '');
      await writeFile(workspace('folder/.hidden'), '');
      await expect(read(path)).rejects.toMatchObject(refusal('path_not_allowed'));
    },
  );

  it('refuses ".." also where it would stay inside', async () => {
    await mkdir(files('a'));
    await writeFile(files('b.txt'), 'here');
    await expect(read('a/../b.txt')).rejects.toMatchObject(refusal('path_not_allowed'));
  });

  it('refuses the data folder, except its files by their own path', async () => {
    await writeFile(data('password'), 'secret');
    await writeFile(files('mine.txt'), 'mine');
    await expect(read('data/password')).rejects.toMatchObject(refusal('path_not_allowed'));
    await expect(read('data/files/mine.txt')).rejects.toMatchObject(refusal('path_not_allowed'));
    await expect(read('mine.txt')).resolves.toMatchObject({ content: 'mine' });
  });

  it('refuses links that lead out, as file and as folder, in both roots', async () => {
    await symlink(join(base, 'secret.txt'), workspace('link.txt'));
    await symlink(base, workspace('up'));
    await symlink(join(base, 'secret.txt'), files('written-link.txt'));
    for (const path of ['link.txt', 'up/secret.txt', 'written-link.txt']) {
      await expect(read(path)).rejects.toMatchObject(refusal('path_not_allowed'));
    }
  });

  it('refuses links inside the workspace that hide a dot file or the data folder', async () => {
    await writeFile(workspace('.env'), 'KEY=1');
    await writeFile(data('password'), 'secret');
    await symlink(workspace('.env'), workspace('innocent.txt'));
    await symlink(data(), workspace('innocent'));
    await expect(read('innocent.txt')).rejects.toMatchObject(refusal('path_not_allowed'));
    await expect(read('innocent/password')).rejects.toMatchObject(refusal('path_not_allowed'));
  });

  it('follows a link that stays inside', async () => {
    await writeFile(workspace('real.txt'), 'here');
    await symlink('real.txt', workspace('alias.txt'));
    await expect(read('alias.txt')).resolves.toMatchObject({ content: 'here' });
  });

  it('refuses folders and named pipes without waiting', async () => {
    await mkdir(workspace('folder'));
    execFileSync('mkfifo', [workspace('pipe')]);
    await expect(read('folder')).rejects.toMatchObject(refusal('not_a_file'));
    await expect(read('pipe')).rejects.toMatchObject(refusal('not_a_file'));
  });
});

describe('file.write', () => {
  it('writes text as it is and makes the folders', async () => {
    await expect(write('a/b/c.txt', 'grüße')).resolves.toEqual({ path: 'a/b/c.txt', bytes: 7 });
    await expect(readFile(files('a/b/c.txt'), 'utf8')).resolves.toBe('grüße');
  });

  it('writes other values as JSON', async () => {
    await write('a.json', { n: [1] });
    await expect(readFile(files('a.json'), 'utf8')).resolves.toBe('{\n  "n": [\n    1\n  ]\n}\n');
  });

  it('writes text as a JSON string when asked to', async () => {
    await write('a.json', 'x"y', 'json');
    await expect(readFile(files('a.json'), 'utf8')).resolves.toBe('"x\\"y"\n');
  });

  it('writes CSV with the columns of all rows and leaves formulas as they are', async () => {
    await write(
      'a.csv',
      [
        { name: 'a,b', n: 1 },
        { name: '=1+1', ok: true, none: null },
      ],
      'csv',
    );
    await expect(readFile(files('a.csv'), 'utf8')).resolves.toBe('name,n,ok,none\n"a,b",1,,\n=1+1,,true,\n');
  });

  it.each<[unknown, FileFormat]>([
    [{ a: 1 }, 'text'],
    [{ a: 1 }, 'csv'],
    [['x'], 'csv'],
  ])('refuses %j as %s', async (content, format) => {
    await expect(write('x', content, format)).rejects.toMatchObject(refusal('invalid_content'));
  });

  it('replaces an earlier file and leaves nothing else behind', async () => {
    await write('a.txt', 'old and long');
    await write('a.txt', 'new');
    await expect(read('a.txt')).resolves.toMatchObject({ content: 'new' });
    await expect(readdir(files())).resolves.toEqual(['a.txt']);
  });

  it('keeps the old content when it is aborted', async () => {
    await write('a.txt', 'old');
    const aborted = AbortSignal.abort(new Error('cancelled by test'));
    await expect(write('a.txt', 'new', 'text', aborted)).rejects.toThrow('cancelled by test');
    await expect(read('a.txt')).resolves.toMatchObject({ content: 'old' });
    await expect(readdir(files())).resolves.toEqual(['a.txt']);
  });

  it('never changes the workspace', async () => {
    await writeFile(workspace('a.txt'), 'workspace');
    await write('a.txt', 'written');
    await expect(readFile(workspace('a.txt'), 'utf8')).resolves.toBe('workspace');
  });

  it.each(['../out.txt', 'a/../../out.txt', '/tmp/out.txt', 'a\0b', ''])(
    'refuses the path %j',
    async (path) => {
      await expect(write(path, 'x')).rejects.toMatchObject(refusal('path_not_allowed'));
    },
  );

  it('neither writes nor makes folders through a link that leads out', async () => {
    await symlink(base, files('up'));
    await expect(write('up/out.txt', 'x')).rejects.toMatchObject(refusal('path_not_allowed'));
    await expect(write('up/new/out.txt', 'x')).rejects.toMatchObject(refusal('path_not_allowed'));
    await expect(readdir(base)).resolves.toEqual(['secret.txt', 'workspace']);
  });

  it('replaces a link in the place of the file instead of following it', async () => {
    await symlink(join(base, 'secret.txt'), files('a.txt'));
    await write('a.txt', 'mine');
    await expect(readFile(join(base, 'secret.txt'), 'utf8')).resolves.toBe('outside');
    await expect(read('a.txt')).resolves.toMatchObject({ content: 'mine' });
  });

  it('refuses to replace a folder, or to use a file as one', async () => {
    await write('a/b.txt', 'x');
    await expect(write('a', 'x')).rejects.toMatchObject(refusal('not_a_file'));
    await expect(write('a/b.txt/c.txt', 'x')).rejects.toMatchObject(refusal('not_a_file'));
  });

  it('refuses a name that is too long', async () => {
    await expect(write('n'.repeat(300), 'x')).rejects.toMatchObject(refusal('invalid_path'));
  });

  it('makes the files folder when it is missing', async () => {
    await rm(data(), { recursive: true });
    await expect(write('a.txt', 'x')).resolves.toEqual({ path: 'a.txt', bytes: 1 });
  });
});
