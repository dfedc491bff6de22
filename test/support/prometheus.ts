import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';
import { freePort } from './free-port.js';

const BINARIES = ['prometheus', 'promtool'];

/** null: both programs of the Debian package are there; else what to do. */
export function missingPrometheus(): string | null {
  const missing = BINARIES.filter((name) => spawnSync(name, ['--version']).error !== undefined);
  if (missing.length === 0) return null;
  return `${missing.join(' and ')} cannot be started: apt-get install -y --no-install-recommends prometheus`;
}

/** What `promtool check metrics` has against metrics; empty: nothing. */
export function lintMetrics(metrics: string): string {
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: metrics,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}${stderr}` || `promtool ended with ${status}`;
}

/** What `promtool check rules` has against alerts; empty: nothing. */
export function lintRules(rules: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-rules-'));
  const file = join(folder, 'rules.yml');
  writeFileSync(file, rules);
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A Prometheus on loopback, with its data in a folder of its own, that reads one target every second. */
export class Prometheus {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly url: string,
  ) {}

  /** Answers when it has read the target. */
  static async start(target: string): Promise<Prometheus> {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-prometheus-'));
    const config = join(folder, 'prometheus.yml');
    const jobs = [{ job_name: 'tandem', static_configs: [{ targets: [new URL(target).host] }] }];
    // JSON is YAML.
    const scrape = { scrape_interval: '1s', scrape_timeout: '1s' };
    writeFileSync(config, JSON.stringify({ global: scrape, scrape_configs: jobs }));
    const listen = `127.0.0.1:${await freePort()}`;
    const child = spawn(
      'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${listen}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    const prometheus = new Prometheus(child, folder, `http://${listen}`);
    const what = 'The first reading of Prometheus';
    try {
      await eventually(async () => (await prometheus.value('up{job="tandem"}')) === 1, {
        ...{ withinMs: 20_000, what },
      });
    } catch (error) {
      await prometheus.stop();
      throw error;
    }
    return prometheus;
  }

  async query(promql: string): Promise<Sample[]> {
    const answer = await fetch(`${this.url}/api/v1/query?query=${encodeURIComponent(promql)}`);
    const { status, data, error } = (await answer.json()) as {
      status: string;
      error?: string;
      data: { result: { metric: Record<string, string>; value: [number, string] }[] };
    };
    if (status !== 'success') throw new Error(`${promql}: ${error}`);
    return data.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
  }

  /** Of a query with one sample; undefined: it has none. */
  async value(promql: string): Promise<number | undefined> {
    const samples = await this.query(promql);
    if (samples.length > 1) throw new Error(`${promql} has ${samples.length} samples.`);
    return samples[0]?.value;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
