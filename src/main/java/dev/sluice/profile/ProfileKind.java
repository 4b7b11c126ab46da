package dev.sluice.profile;

/** What a data profile is about. */
public enum ProfileKind {
  /** The data a model was trained on: inputs and outputs. */
  BASELINE,
  /** The features of one window. */
  INPUT,
  /** The predictions of one window. */
  OUTPUT
}
