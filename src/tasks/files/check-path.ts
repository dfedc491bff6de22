import type { Issue } from '../../common/issue.js';
import { refusalIssues } from '../domain/refusal-issues.js';
import { segmentsOf } from './relative-path.js';

/** A path that leads out or names nothing; links and names of the workspace are judged when it is opened. */
export const checkPath = (path: string): readonly Issue[] => refusalIssues(() => segmentsOf(path));
