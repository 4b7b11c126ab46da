package dev.sluice;

import dev.sluice.config.SuiteOptions;
import dev.sluice.expect.gx.GreatExpectationsSuite;
import dev.sluice.expect.gx.SuiteTranslation;
import dev.sluice.model.verify.Findings;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.StatedExpectations;
import dev.sluice.record.Severity;
import org.apache.avro.Schema;

/**
 * Folds the suite that options name into the data profile, which is all that the stages see. Every
 * entry that does not become an expectation is named in the findings.
 */
final class SuiteFold {
  private final SuiteOptions options;
  private final Findings findings;

  private SuiteFold(SuiteOptions options, Findings findings) {
    this.options = options;
    this.findings = findings;
  }

  /**
   * Returns the profile with the suite's expectations, or as it is where there is no suite.
   *
   * @param findings takes a problem per entry that is wrong; a problem or a warning, as the options
   *     have it, per entry that cannot be evaluated; a note per entry that any data meets
   */
  static DataProfile into(
      DataProfile profile, SuiteOptions options, Schema schema, Findings findings) {
    return options
        .suite()
        .map(location -> new SuiteFold(options, findings).fold(location, profile, schema))
        .orElse(profile);
  }

  private DataProfile fold(String location, DataProfile profile, Schema schema) {
    GreatExpectationsSuite suite;
    try {
      suite =
          Fetched.read(
              SuiteOptions.SUITE.key(), location, file -> GreatExpectationsSuite.read(file));
    } catch (IllegalArgumentException e) {
      findings.problem(e.getMessage());
      return profile;
    }
    SuiteTranslation translation =
        suite.translate(
            new SchemaColumns(schema),
            options.parameters(),
            Severity.valueOf(options.severity().name()));
    report(location, translation);
    StatedExpectations folded = StatedExpectations.foldInto(profile, translation.expectations());
    findings.note(
        "suite %s: %d of %d expectations are evaluated, %d of them were in the data profile already"
            .formatted(location, translation.stated().size(), suite.size(), folded.merged()));
    KeptProfile.check(
        "suite " + location + ", folded into the data profile", folded.profile(), findings);
    return folded.profile();
  }

  private void report(String location, SuiteTranslation translation) {
    String suite = "suite " + location + ": ";
    translation.wrong().forEach(entry -> findings.problem(suite + entry));
    for (SuiteTranslation.Listed entry : translation.unsupported()) {
      String line = suite + entry + "; it is not evaluated";
      if (options.unsupported() == SuiteOptions.Unsupported.FAIL) {
        findings.problem(
            line + " (" + SuiteOptions.UNSUPPORTED.key() + ": warn goes on without it)");
      } else {
        findings.warning(line);
      }
    }
    translation.vacuous().forEach(entry -> findings.note(suite + entry + "; any data meets it"));
  }
}
