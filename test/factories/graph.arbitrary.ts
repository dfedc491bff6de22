import fc from 'fast-check';

/** Graphs of at most so many tasks at shuffled positions; edges go from higher to lower rank, so there is no cycle. */
export const acyclicGraph = (maxTasks = 12) =>
  fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: maxTasks }).chain((ranks) =>
    fc.array(fc.tuple(fc.nat(ranks.length - 1), fc.nat(ranks.length - 1)), { maxLength: 40 }).map((pairs) =>
      ranks.map((rank, index) => ({
        taskId: `t${index}`,
        dependencies: [
          ...new Set(
            pairs
              .filter(([from, to]) => from === index && (ranks[to] as number) < rank)
              .map(([, to]) => `t${to}`),
          ),
        ],
      })),
    ),
  );
