export interface FieldError {
  readonly path: string;
  /** English, for people. */
  readonly message: string;
  /** The same in Vietnamese. (Default: the English one is shown) */
  readonly vi?: string;
}

/** A command whose shape is wrong in a way that only the procedure's state or today's date can tell. Names every field at once. */
export class InvalidBody extends Error {
  override readonly name: string = 'InvalidBody';
  constructor(readonly errors: readonly [FieldError, ...FieldError[]]) {
    super(`${errors[0].path}: ${errors[0].message}`);
  }
}

/** A figure that would leave the safe integers: it is refused, because rounding it would be a lie. */
export class BeyondSafeIntegers extends InvalidBody {
  override readonly name = 'BeyondSafeIntegers';
  constructor(path: string) {
    super([{ path, message: 'comes to more than whole đồng can be counted exactly' }]);
  }
}
