package dev.sluice.drift;

import static java.util.Objects.requireNonNull;

/**
 * A distance between two distributions: its exact name, the base of its logarithm and its root, all
 * of which change the number.
 */
public enum Metric {
  /** {@link PopulationStability#index}. */
  PSI("psi", "e", "", "Σ (c - r)·ln(c / r), each share at least 1e-4"),
  /** {@link PopulationStability#unfloored}. */
  PSI_UNFLOORED("psi_unfloored", "e", "", "Σ (c - r)·ln(c / r)"),
  /** {@link JensenShannon#divergence}. */
  JS_DIVERGENCE_BASE_E("js_divergence_base_e", "e", "", "½·Σ r·ln(r / m) + ½·Σ c·ln(c / m)"),
  /** {@link JensenShannon#divergenceBase2}. */
  JS_DIVERGENCE_BASE_2("js_divergence_base_2", "2", "", "½·Σ r·log2(r / m) + ½·Σ c·log2(c / m)"),
  /** {@link JensenShannon#divergenceBase2} over {@link Cells#apart}. */
  JS_DIVERGENCE_BASE_2_APART(
      "js_divergence_base_2_apart", "2", "", "½·Σ r·log2(r / m) + ½·Σ c·log2(c / m)"),
  /** {@link JensenShannon#distance}. */
  JS_DISTANCE_BASE_E("js_distance_base_e", "e", "square root", "√js_divergence_base_e"),
  /** {@link JensenShannon#distanceBase2}. */
  JS_DISTANCE_BASE_2("js_distance_base_2", "2", "square root", "√js_divergence_base_2"),
  /** {@link Hellinger#distance}. */
  HELLINGER("hellinger", "", "square root", "√(½·Σ (√r - √c)²)"),
  /** {@link LInfinity#distance}. */
  L_INFINITY("l_infinity", "", "", "max |r - c|"),
  /** {@link LInfinity#beyondChance} of the L-infinity distance. */
  L_INFINITY_ROBUST("l_infinity_robust", "", "", "max(0, l_infinity - k·√(1/n + 1/m))"),
  /** {@link ChiSquare#ofCounts}. */
  CHI_SQUARE("chi_square", "", "", "Σ (observed - expected)² / expected, both rows"),
  /** {@link ChiSquareFit#ofCounts}. */
  CHI_SQUARE_FIT("chi_square_fit", "", "", "Σ (observed - expected)² / expected, current row"),
  /** {@link KolmogorovSmirnov}. */
  KS_DISTANCE("ks_distance", "", "", "max |R(x) - C(x)|"),
  /** {@link LInfinity#beyondChance} of the Kolmogorov-Smirnov distance. */
  KS_DISTANCE_ROBUST("ks_distance_robust", "", "", "max(0, ks_distance - k·√(1/n + 1/m))"),
  /** {@link Wasserstein}. */
  WASSERSTEIN_1("wasserstein_1", "", "", "∫ |R(x) - C(x)| dx"),
  /** {@link Wasserstein}, by the reference's population standard deviation. */
  WASSERSTEIN_1_NORMED("wasserstein_1_normed", "", "", "wasserstein_1 / σ");

  private final String id;
  private final String base;
  private final String root;
  private final String formula;

  Metric(String id, String base, String root, String formula) {
    this.id = requireNonNull(id, "id is null");
    this.base = base;
    this.root = root;
    this.formula = formula;
  }

  /** Returns the name that it is published under. */
  public String id() {
    return id;
  }

  /** Returns the base of the logarithm, {@code e} or {@code 2}; empty where there is none. */
  public String base() {
    return base;
  }

  /** Returns {@code square root} where one was drawn in the end, else empty. */
  public String root() {
    return root;
  }

  /**
   * Returns the formula: r and c are the shares of a cell in the reference and in the current data,
   * {@code m = (r + c) / 2}; R and C their distribution functions, n and m in a root their sizes.
   */
  public String formula() {
    return formula;
  }

  @Override
  public String toString() {
    return id;
  }
}
