import { TransactionContext } from '@mikro-orm/core';
import {
  Body,
  type CallHandler,
  Controller,
  type ExecutionContext,
  Get,
  Injectable,
  Module,
  type NestInterceptor,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { z } from 'zod';
import { ApiRoute } from '../../src/access/api-route.decorator.js';
import { assertMatches, etagOf } from '../../src/common/http/etag.js';
import { IfMatch } from '../../src/common/http/if-match.decorator.js';
import { pathId } from '../../src/common/http/path-id.js';
import { newId } from '../../src/common/ids.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../../src/common/tandem-error.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';

/** Lets a test hold a handler: it says when it has arrived and goes on when it is released. */
@Injectable()
export class Gate {
  arrived = Promise.withResolvers<void>();
  released = Promise.withResolvers<void>();

  close(): void {
    this.arrived = Promise.withResolvers<void>();
    this.released = Promise.withResolvers<void>();
  }
}

const createThing = z.strictObject({
  name: z.string().min(1).max(50),
  colour: z.enum(['red', 'green']).default('red'),
  tags: z.array(z.strictObject({ label: z.string(), weight: z.number() })).default([]),
  data: z.unknown().optional(),
  then: z.enum(['answer', 'fail', 'break', 'wait']).default('answer'),
});
const thing = z.object({ id: z.string(), name: z.string(), reads: z.number() });
type Thing = z.infer<typeof thing>;

const settable = ({ name }: { readonly name: string }): object => ({ name });
const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  q: z.string().optional(),
});

const actQuery = z.strictObject({ wait: z.string().optional(), x: z.string().optional() });

/** Works on the answer after the commit, as `?wait=` does: says how many keys are kept by then. */
@Injectable()
class CommitProbe implements NestInterceptor {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const isInTransaction = () => TransactionContext.getEntityManager() !== undefined;
    return next.handle().pipe(
      mergeMap(async (body: unknown) => {
        const text = 'select count(*)::int as n from idempotency_keys';
        const [kept] = await this.unitOfWork.query<{ n: number }>({ text, values: [] });
        reply.header('x-kept', String(kept?.n)).header('x-in-transaction', String(isInTransaction()));
        return body;
      }),
    );
  }
}

export const EDGE_TABLE =
  'create table edge_things (id uuid primary key, name text not null, reads int not null default 0)';

@Controller('edge')
class EdgeController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly gate: Gate,
  ) {}

  @Post('things')
  @ApiRoute({
    operationId: 'createThing',
    summary: 'Create a thing',
    scope: 'agents:write',
    ok: { status: 201, schema: thing, description: 'The thing.' },
  })
  create(
    @Body({ schema: createThing }) body: z.infer<typeof createThing>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Thing> {
    return this.unitOfWork.transactional(async () => {
      const id = newId();
      await this.unitOfWork.query({
        text: 'insert into edge_things (id, name) values ($1, $2)',
        values: [id, body.name],
      });
      if (body.then === 'fail') throw new InvalidInputError('thing_refused', 'Refused after the insert.', []);
      if (body.then === 'break') throw new Error('secret-detail of a bug');
      if (body.then === 'wait') {
        this.gate.arrived.resolve();
        await this.gate.released.promise;
      }
      reply.header('Location', `/api/v1/edge/things/${id}`);
      return { name: body.name, id, reads: 0 };
    });
  }

  @Post('asked-things')
  @ApiRoute({
    operationId: 'createAskedThing',
    summary: 'Create a thing after a look outside',
    scope: 'agents:write',
    ok: { status: 201, schema: thing, description: 'The thing.' },
    leavesProcess: true,
  })
  async createAsked(
    @Body({ schema: createThing }) body: z.infer<typeof createThing>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Thing> {
    reply.header('x-in-transaction', String(TransactionContext.getEntityManager() !== undefined));
    return this.create(body, reply);
  }

  @Get('things')
  @ApiRoute({
    operationId: 'listThings',
    summary: 'List things',
    scope: 'agents:read',
    ok: { status: 200, description: 'The query as understood.' },
  })
  list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>): object {
    return query;
  }

  @Get('things/:id')
  @ApiRoute({
    operationId: 'getThing',
    summary: 'Show a thing',
    scope: 'agents:read',
    ok: { status: 200, schema: thing, description: 'The thing.', etag: (body) => settable(body as Thing) },
  })
  async get(@Param('id', { schema: pathId('thing') }) id: string): Promise<Thing> {
    const text = 'update edge_things set reads = reads + 1 where id = $1 returning id, name, reads';
    const [found] = await this.unitOfWork.query<Thing>({ text, values: [id] });
    if (found === undefined) throw new NotFoundError('thing', id);
    return found;
  }

  @Patch('things/:id')
  @ApiRoute({
    operationId: 'renameThing',
    summary: 'Rename a thing',
    scope: 'agents:write',
    ok: { status: 200, schema: thing, description: 'The thing.', etag: (body) => settable(body as Thing) },
    errors: [412],
  })
  async rename(
    @Param('id', { schema: pathId('thing') }) id: string,
    @Body({ schema: z.strictObject({ name: z.string() }) }) body: { name: string },
    @IfMatch() ifMatch: string | undefined,
  ): Promise<Thing> {
    assertMatches(ifMatch, etagOf(settable(await this.get(id))));
    const text = 'update edge_things set name = $2 where id = $1 returning id, name, reads';
    const [renamed] = await this.unitOfWork.query<Thing>({ text, values: [id, body.name] });
    return renamed as Thing;
  }

  @Post('actions/:action')
  @ApiRoute({
    operationId: 'act',
    summary: 'Act',
    scope: 'agents:write',
    ok: { status: 202, description: 'Nothing.' },
    afterCommit: CommitProbe,
  })
  act(
    @Param('action') action: string,
    @Body({ schema: z.strictObject({ note: z.string().optional() }) }) body: object,
    @Query({ schema: actQuery }) _query: object,
  ): object {
    if (action === 'conflict') throw new ConflictError('busy', 'It is busy.', { internal: 'not shown' });
    return body;
  }
}

/** A few routes of every kind, to test what all routes have in common. Needs the table of `EDGE_TABLE`. */
@Module({ controllers: [EdgeController], providers: [Gate] })
export class EdgeModule {}
