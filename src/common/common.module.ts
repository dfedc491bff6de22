import { Global, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';
import { Lifecycle } from './lifecycle.js';
import { MetricsRegistry } from './metrics.js';
import { PortsModule } from './ports.js';
import { Tracing } from './tracing/tracing.js';

/** What every module may inject: the time, the life of the process, its metrics and traces, the ports. */
@Global()
@Module({
  imports: [PortsModule],
  providers: [{ provide: Clock, useClass: SystemClock }, Lifecycle, MetricsRegistry, Tracing],
  exports: [Clock, Lifecycle, MetricsRegistry, Tracing],
})
export class CommonModule {}
