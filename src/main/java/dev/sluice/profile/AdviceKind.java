package dev.sluice.profile;

/** What to do about an alarm. */
public enum AdviceKind {
  /** Nothing: it is so no more. */
  NONE,
  /** Mend what sends the records: they are not what the model was trained on by mistake. */
  FIX_FEED,
  /** Train the model anew: the world has changed, and its answers with it. */
  RETRAIN,
  /** Wait and look: it is not known yet to do harm, or not known where it comes from. */
  WATCH
}
