import { createHash } from 'node:crypto';

/** For whom a feature is asked; a roll-out may answer differently for each. */
export interface FeatureSubject {
  readonly agentId?: string;
  readonly workflowId?: string;
}

/** Whom a feature is for while it is on. A subject that is left out stays out, one that is named is in. */
export interface Rollout {
  /** A whole number, 0–100: the share of workflows that get it (of agents, where no workflow is concerned). */
  readonly percentage: number;
  /** In, whatever the percentage. */
  readonly include: SubjectIds;
  /** Out, whatever else is said. */
  readonly exclude: SubjectIds;
}

export interface SubjectIds {
  readonly agentIds: readonly string[];
  readonly workflowIds: readonly string[];
}

/** What somebody set; a feature without one is on for everybody. */
export interface FeatureSwitch {
  readonly enabled: boolean;
  readonly rollout: Rollout;
}

const NOBODY: SubjectIds = { agentIds: [], workflowIds: [] };
export const FOR_ALL: Rollout = { percentage: 100, include: NOBODY, exclude: NOBODY };
export const ON: FeatureSwitch = { enabled: true, rollout: FOR_ALL };

/** The part of a feature as it is shown that can be set. */
export const switchOf = ({
  enabled,
  rollout,
}: {
  readonly enabled: boolean;
  readonly rollout: Rollout | null;
}): FeatureSwitch => ({ enabled, rollout: rollout ?? FOR_ALL });

/** Why a switch answers as it does, in the words of OpenFeature. */
export type SwitchReason = 'STATIC' | 'DISABLED' | 'TARGETING_MATCH' | 'SPLIT';

const BUCKETS = 10_000;

/**
 * The bucket of a subject, 0–9,999: the same for ever and everywhere, and another for each feature, so that not the same
 * subjects are always the first. A share of n % are the buckets below 100 n: who is in stays in while it grows.
 */
export function bucketOf(feature: string, subjectId: string): number {
  const digest = createHash('sha256').update(`${feature}\n${subjectId}`).digest();
  return Math.floor((digest.readUInt32BE(0) / 2 ** 32) * BUCKETS);
}

const names = ({ agentIds, workflowIds }: SubjectIds, { agentId, workflowId }: FeatureSubject): boolean =>
  (agentId !== undefined && agentIds.includes(agentId)) ||
  (workflowId !== undefined && workflowIds.includes(workflowId));

/** Whether the subject has the feature. Without a subject only a share of 100 % counts. Pure, total. */
export function decideSwitch(
  feature: string,
  { enabled, rollout }: FeatureSwitch,
  subject: FeatureSubject,
): { readonly value: boolean; readonly reason: SwitchReason } {
  if (!enabled) return { value: false, reason: 'DISABLED' };
  if (names(rollout.exclude, subject)) return { value: false, reason: 'TARGETING_MATCH' };
  if (names(rollout.include, subject)) return { value: true, reason: 'TARGETING_MATCH' };
  if (rollout.percentage >= 100) return { value: true, reason: 'STATIC' };
  const id = subject.workflowId ?? subject.agentId;
  const isIn = id !== undefined && bucketOf(feature, id) < rollout.percentage * (BUCKETS / 100);
  return { value: isIn, reason: 'SPLIT' };
}
