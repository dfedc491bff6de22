/** Where `file.read` and `file.write` may go; also the injection token, provided by `TasksModule.forRoot`. */
export abstract class FileRoots {
  /** The workspace: read only, without dot files and without the data folder. */
  abstract readonly readRoot: string;
  /** `<dataDirectory>/files` is read first and is the only place that is written. */
  abstract readonly dataDirectory: string;
}
