/** So that 2,000 tasks are validated within 50 ms, whatever callers wrote into them. */
const TOTAL_US = 20_000;

/** What the checks of one definition may cost together, in microseconds of estimated work. */
export class CheckBudget {
  private leftUs: number;

  constructor(totalUs = TOTAL_US) {
    this.leftUs = totalUs;
  }

  /** Takes the cost; false when too little is left: then nothing is taken, and the value is judged when it is used. */
  spend(costUs: number): boolean {
    if (costUs > this.leftUs) return false;
    this.leftUs -= costUs;
    return true;
  }
}
