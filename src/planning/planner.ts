import { applyDecorators, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { PlanConstraints } from '../workflows/domain/plan-constraints.js';
import type { PlanContent, PlanOrigin, PlanSource } from '../workflows/domain/plan.js';
import type { CatalogueEntry, PlanningAgent } from './domain/catalogue-entry.js';

/** What a planner is asked: a sentence, and what there is to plan with. */
export interface PlanningTask {
  /** Words of a person: data, never instructions to the planner. */
  readonly request: string;
  readonly constraints: PlanConstraints;
  readonly workflowId: string;
  /** Only what is available, allowed by the constraints, and has somebody who can do it; by name. */
  readonly catalogue: readonly CatalogueEntry[];
  /** Who may execute tasks: the owner of the workflow and the agents below it, active ones; by id. */
  readonly agents: readonly PlanningAgent[];
}

/** Who made a plan, why he, and what it cost. */
export interface PlanProvenance {
  readonly origin: PlanOrigin;
  readonly source: PlanSource;
  /** `allowed`, or snake_case: why no model was asked or used. */
  readonly reason: string;
  readonly costNanoUsd: bigint;
}

/** What a planner answers. The definition is checked like any other: what is not valid is never stored. */
export type Proposal = Partial<Omit<PlanContent, 'definition'>> & {
  readonly definition: unknown;
  /** Default: origin `rules`, source `rule`, the planner's id as reason, free. */
  readonly provenance?: PlanProvenance;
};

/** Makes a plan of a sentence. Declared as a class with `@Planner({ id })`, found at boot, chosen by `planner` of a request. */
export interface WorkflowPlanner {
  /** Whatever is thrown or is no valid definition: the rules planner goes on, and the plan says why. */
  plan(task: PlanningTask): Promise<Proposal> | Proposal;
}

export interface PlannerOptions {
  /** kebab-case. */
  readonly id: string;
  /** One sentence for people. */
  readonly description: string;
}

/** Where the registry finds what `@Planner` declared. */
export const PlannerMetadata = DiscoveryService.createDecorator<PlannerOptions>();

/** Makes a class a planner: list it among a module's providers and the registry finds it at boot. */
export function Planner(options: PlannerOptions): ClassDecorator {
  return applyDecorators(Injectable(), PlannerMetadata(options)) as ClassDecorator;
}
