/** What a plan must keep to. Absent: no limit. */
export interface PlanConstraints {
  readonly maxTasks?: number;
  /** Names or patterns as in capabilities: `http.request`, `http.*`. */
  readonly taskTypes?: readonly string[];
  /** Only these execute tasks. */
  readonly agentIds?: readonly string[];
  /** Hosts that tasks may call, as written in URLs: `api.example.com`, or `*.example.com`. */
  readonly hosts?: readonly string[];
  /** The critical path of the quote takes no longer. */
  readonly deadlineSeconds?: number;
  /** The model tasks cost no more: decimal USD. */
  readonly budgetUsd?: string;
}
