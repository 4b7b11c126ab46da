package dev.sluice.expect;

import java.io.Serializable;

/** The parameters of an expectation: immutable values whose text names all of them. */
public sealed interface Parameters extends Serializable
    permits NoParameters,
        Bounds,
        TextBounds,
        ValueSet,
        Patterns,
        MaxAge,
        PairRule,
        PairSet,
        SumRule,
        QuantileBounds,
        Divergence {
  /** Returns the bound for a person, short: {@code [-40.0, 50.0]}, {@code one of N, S}. */
  String describe();
}
