import type { FeatureReason } from '../../config/domain/features.js';
import type { Rollout } from './feature-switch.js';

export interface FeatureState {
  readonly feature: string;
  /** For nobody in particular; `feature`: which one decided. */
  readonly evaluation: {
    readonly enabled: boolean;
    readonly reason: FeatureReason;
    readonly feature: string;
  };
  /** What the environment says of what decided, else of the outermost feature. */
  readonly ceilingDetail: string;
  readonly rollout: Rollout;
  /** Who keeps the switches; null: Tandem. */
  readonly managedBy: string | null;
}

const count = ({ agentIds, workflowIds }: Rollout['include']): number => agentIds.length + workflowIds.length;

function forWhom({ percentage, include, exclude }: Rollout): string {
  const more = [
    ...(count(include) > 0 && percentage < 100 ? [`${count(include)} more by name`] : []),
    ...(count(exclude) > 0 ? [`without ${count(exclude)} by name`] : []),
  ];
  if (percentage >= 100 && more.length === 0) return '';
  const share = percentage >= 100 ? 'On for everybody' : `On for ${percentage} % of the workflows`;
  return ` ${[share, ...more].join(', ')}.`;
}

/** On, off and why, for people: a roll-out to some of them counts as on. Pure, total. */
export function describeState({ feature, evaluation, ceilingDetail, rollout, managedBy }: FeatureState): {
  readonly enabled: boolean;
  readonly reason: FeatureReason;
  readonly detail: string;
} {
  const { reason, feature: decider } = evaluation;
  const where = managedBy === null ? `PUT /features/${decider}` : managedBy;
  const which = decider === feature ? 'It' : `${decider}, which it is part of,`;
  switch (reason) {
    case 'on':
    case 'rollout_excluded': {
      const detail = managedBy === null ? forWhom(rollout) : ` ${managedBy} says for whom.`;
      return { enabled: true, reason: 'on', detail: ceilingDetail + detail };
    }
    case 'off_by_switch':
      return { enabled: false, reason, detail: `${which} was turned off. ${where} turns it on again.` };
    case 'switch_unknown':
      return {
        ...{ enabled: false, reason },
        detail: `${which} counts as off, because ${where} does not say how it is switched.`,
      };
    case 'off_by_environment':
    case 'not_in_this_build':
      return { enabled: false, reason, detail: ceilingDetail };
  }
}
