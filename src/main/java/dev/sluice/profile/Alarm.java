package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.Severity;
import java.io.Serializable;
import java.util.List;

/**
 * Something about a window that a person should know.
 *
 * @param kind what it is about
 * @param severity how bad it is
 * @param state whether it is so
 * @param profileKind whether the window is one of inputs or of outputs
 * @param model the model whose columns they are
 * @param window the window, with its start and end
 * @param columns the columns it is about; empty for whole records
 * @param expectation id of the expectation that was not met, empty where there is none
 * @param expected what was expected, for a person
 * @param observed what was seen, null where there was nothing to see
 * @param evaluated how many records or values were looked at
 * @param unexpected how many records were not as expected; 0 where it is about the window
 * @param message one line for a person
 */
public record Alarm(
    AlarmKind kind,
    Severity severity,
    AlarmState state,
    ProfileKind profileKind,
    ProfiledModel model,
    ProfiledWindow window,
    List<String> columns,
    String expectation,
    String expected,
    String observed,
    long evaluated,
    long unexpected,
    String message)
    implements Serializable {
  public Alarm {
    requireNonNull(kind, "kind is null");
    requireNonNull(severity, "severity is null");
    requireNonNull(state, "state is null");
    requireNonNull(profileKind, "profileKind is null");
    requireNonNull(model, "model is null");
    requireNonNull(window, "window is null");
    requireNonNull(expectation, "expectation is null");
    requireNonNull(expected, "expected is null");
    requireNonNull(message, "message is null");
    columns = List.copyOf(columns);
  }

  /**
   * Returns what it is about, whichever window it is raised for: {@code
   * kind/profileKind/modelSha256/baselineSha256/segment/columns/expectation}.
   */
  public String key() {
    return String.join(
        "/",
        kind.name(),
        profileKind.name(),
        model.sha256(),
        window.baselineSha256(),
        window.segment(),
        String.join(",", columns),
        expectation);
  }
}
