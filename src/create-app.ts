import helmet from '@fastify/helmet';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { Logger } from 'nestjs-pino';
import { API_DESCRIPTION } from './api-description.js';
import type { AppConfig } from './config/config.js';
import { AppModule, type AppModuleOptions } from './app.module.js';
import { createHttpAdapter } from './common/http/http-adapter.js';
import { describeApi } from './common/http/openapi/openapi-document.js';
import { ProblemFilter } from './common/http/problem.filter.js';
import { ValidationPipe } from './common/http/validation.pipe.js';
import { withQuietBoot } from './process/quiet-boot.js';

export const API_PREFIX = 'api/v1';

export interface CreateAppOptions extends AppModuleOptions {
  /** Instead of the configured log; false logs nothing. */
  readonly logger?: LoggerService | false;
  /** Only the routes, to describe them: nothing is connected or started. */
  readonly preview?: boolean;
}

/** Headers that tell browsers what not to do; the directives are what Swagger UI needs. TLS is the proxy's matter. */
async function secure(app: NestFastifyApplication, { access }: AppConfig): Promise<void> {
  await app.register(helmet, {
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  if (access.corsOrigins.length > 0) app.enableCors({ origin: [...access.corsOrigins] });
}

function serveDocumentation(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    raw: ['json'],
    customSiteTitle: 'Tandem API',
    swaggerOptions: {
      tryItOutEnabled: true,
      displayRequestDuration: true,
      displayOperationId: true,
      tagsSorter: 'alpha',
      operationsSorter: 'alpha',
    },
  });
}

/** The OpenAPI document of an application made here; a preview is enough. */
export const openApiDocument = (app: NestFastifyApplication): OpenAPIObject =>
  describeApi(app, API_DESCRIPTION);

/**
 * The application with its whole HTTP edge, not yet listening. Fails where a module cannot be set up (the database is
 * away, a route declares no scope, two modules contribute one name). Signals are the caller's: see `Lifecycle`.
 */
export async function createApp(options: CreateAppOptions): Promise<NestFastifyApplication> {
  const { logger, preview = false, ...modules } = options;
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(modules),
    createHttpAdapter(),
    {
      bodyParser: false,
      abortOnError: false,
      preview,
      ...(logger === undefined ? { bufferLogs: true } : { logger }),
    },
  );
  if (logger === undefined && !preview) app.useLogger(withQuietBoot(app.get(Logger)));
  await secure(app, modules.config);
  app.setGlobalPrefix(API_PREFIX, { exclude: ['health/*path', 'metrics'] });
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(new ValidationPipe());
  if (!preview) serveDocumentation(app);
  return app;
}
