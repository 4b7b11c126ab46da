package dev.sluice.monitor.alarm;

import static java.util.Objects.requireNonNull;

import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is wrong with one column of a window: drift, and the signs that have names of their own. A
 * column without a reference says nothing; what there were too few values for, or too many
 * different ones, is not known. NaN is no value here, as for the signs.
 */
final class ColumnConditions {
  /** With fewer values, a column without a sign is not known to be right. */
  static final int MIN_VALUES = 12;

  private final DataProfile profile;
  private final ColumnProfile column;

  ColumnConditions(DataProfile profile, ColumnProfile column) {
    this.profile = requireNonNull(profile, "profile is null");
    this.column = requireNonNull(column, "column is null");
  }

  void judge(List<Finding> wrong, List<String> right) {
    ColumnDrift drift = column.drift();
    if (drift == null) {
      return;
    }
    if (drift.verdict() == DriftVerdict.DRIFT) {
      wrong.add(new Finding(ofDrift(drift), drift.significance() != null));
    } else if (drift.verdict() == DriftVerdict.OK) {
      right.add(key(AlarmKind.DRIFT));
    }
    for (DriftSignKind kind : DriftSignKind.values()) {
      Optional<DriftSign> sign = sign(drift, kind);
      if (sign.isEmpty()) {
        if (isKnownWithout(kind, drift)) {
          right.add(key(alarmKind(kind)));
        }
      } else if (kind != DriftSignKind.MISSING_JUMP
          || sign(drift, DriftSignKind.VANISHED).isEmpty()) { // vanishing says it all
        wrong.add(
            new Finding(
                ofSign(sign.get()),
                kind != DriftSignKind.UNIT_CHANGE || drift.significance() != null));
      }
    }
  }

  private static Optional<DriftSign> sign(ColumnDrift drift, DriftSignKind kind) {
    return drift.signs().stream().filter(sign -> sign.kind() == kind).findFirst();
  }

  /** Returns whether a column without a sign is right; otherwise it could not be judged. */
  private boolean isKnownWithout(DriftSignKind kind, ColumnDrift drift) {
    return switch (kind) {
      case VANISHED -> column.present() > column.nan();
      case MISSING_JUMP ->
          column.rows() >= MIN_VALUES && sign(drift, DriftSignKind.VANISHED).isEmpty();
      case FLAT_LINE -> column.finite() >= MIN_VALUES;
      case NEW_CATEGORY ->
          column.isText() && column.present() >= MIN_VALUES && !column.valuesOverflow();
      case UNIT_CHANGE ->
          column.finite() >= MIN_VALUES && drift.verdict() != DriftVerdict.INSUFFICIENT_DATA;
    };
  }

  static AlarmKind alarmKind(DriftSignKind kind) {
    return switch (kind) {
      case FLAT_LINE -> AlarmKind.FLAT_LINE;
      case VANISHED -> AlarmKind.COLUMN_VANISHED;
      case UNIT_CHANGE -> AlarmKind.UNIT_CHANGE;
      case NEW_CATEGORY -> AlarmKind.NEW_CATEGORY;
      case MISSING_JUMP -> AlarmKind.MISSING_JUMP;
    };
  }

  private static String expected(DriftSignKind kind) {
    return switch (kind) {
      case FLAT_LINE -> "more than one value";
      case VANISHED -> "values that are not missing";
      case UNIT_CHANGE -> "values in the unit of the reference";
      case NEW_CATEGORY -> "values that the reference has";
      case MISSING_JUMP -> "about the reference's share of missing values";
    };
  }

  private String key(AlarmKind kind) {
    return ConditionKey.of(kind, profile.kind(), List.of(column.name()), "");
  }

  private Alarm ofDrift(ColumnDrift drift) {
    String expected =
        "%s from %s of at most %s".formatted(drift.metric(), drift.reference(), drift.threshold());
    String observed = number(drift.value());
    String chance =
        drift.significance() == null
            ? ""
            : String.format(Locale.ROOT, ", p %.2g", drift.significance().pValue());
    return alarm(
        AlarmKind.DRIFT, expected, observed, "got " + observed + chance + ", expected " + expected);
  }

  private Alarm ofSign(DriftSign sign) {
    return alarm(
        alarmKind(sign.kind()), expected(sign.kind()), number(sign.value()), sign.message());
  }

  private Alarm alarm(AlarmKind kind, String expected, String observed, String seen) {
    return new Alarm(
        kind,
        AlarmRules.severity(kind, profile.kind()),
        profile.kind(),
        profile.model(),
        profile.window(),
        List.of(column.name()),
        "",
        expected,
        observed,
        column.rows(),
        0,
        column.name() + ": " + seen);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
