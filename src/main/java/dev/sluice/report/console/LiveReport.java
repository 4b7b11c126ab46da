package dev.sluice.report.console;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.report.History;
import dev.sluice.report.HistoryJson;
import dev.sluice.report.ModelCard;
import dev.sluice.report.ModelKey;
import dev.sluice.report.SeenModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * The windows and alarms as they come, and the report's documents of them at any moment. The
 * document that was asked for last is kept until something changes: those who look see the same.
 * Thread-safe.
 */
public final class LiveReport {
  private static final JsonFactory JSON = new JsonFactory();

  private final History history;
  private final HistoryJson documents;
  private final Changes changes;
  private String lastAsked = "";
  private long lastChanges = -1;
  private byte[] lastAnswer = {};

  /** Writes a document. */
  @FunctionalInterface
  private interface Document {
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * @param history takes what comes; used by nobody else from now on
   * @param cards what is known of the models
   */
  public LiveReport(History history, List<ModelCard> cards, Changes changes) {
    this.history = requireNonNull(history, "history is null");
    this.documents = new HistoryJson(history, cards);
    this.changes = requireNonNull(changes, "changes is null");
  }

  /** Takes a record of a window. */
  public void add(DataProfile window) {
    synchronized (this) {
      history.add(window);
    }
    changes.happened(Changes.Subject.WINDOWS);
  }

  /** Takes an alarm. */
  public void add(Alarm alarm) {
    synchronized (this) {
      history.add(alarm);
    }
    changes.happened(Changes.Subject.ALARMS);
  }

  /** Writes the overview of a model, by default that of the newest window, and of a segment. */
  synchronized void overview(Query query, OutputStream out) throws IOException {
    ModelKey key = key(query).orElse(null);
    String segment = query.textOrEmpty("segment");
    String asked = key + "/" + segment;
    if (!asked.equals(lastAsked) || lastChanges != history.changes()) {
      lastAnswer = written(json -> documents.overview(json, key, segment));
      lastAsked = asked;
      lastChanges = history.changes();
    }
    out.write(lastAnswer);
  }

  /**
   * Writes a column.
   *
   * @throws Refusal if there is none of this name
   */
  synchronized void column(Query query, OutputStream out) throws IOException {
    String name = query.required("name");
    String segment = query.textOrEmpty("segment");
    ProfileKind kind = kind(query);
    Optional<ModelKey> key = key(query);
    boolean[] known = new boolean[1];
    byte[] answer =
        written(
            json ->
                known[0] =
                    key.isPresent() && documents.column(json, key.get(), kind, segment, name));
    if (!known[0]) {
      throw new Refusal(404, "the column", name, "one of the overview");
    }
    out.write(answer);
  }

  /** Writes how every column stands in every segment. */
  synchronized void segments(Query query, OutputStream out) throws IOException {
    ModelKey key = key(query).orElse(new ModelKey("", ""));
    out.write(written(json -> documents.segments(json, key)));
  }

  private static byte[] written(Document document) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      document.write(json);
    }
    return bytes.toByteArray();
  }

  private Optional<ModelKey> key(Query query) {
    Optional<String> model = query.text("model");
    if (model.isEmpty()) {
      return history.choices().stream().map(SeenModel::key).findFirst();
    }
    ModelKey wanted = new ModelKey(model.get(), query.textOrEmpty("baseline"));
    if (!history.knows(wanted)) {
      throw new Refusal(404, "the model", model.get(), "one that windows or alarms are about");
    }
    return Optional.of(wanted);
  }

  private static ProfileKind kind(Query query) {
    String kind = query.text("kind").orElse(ProfileKind.INPUT.name());
    if (kind.equals(ProfileKind.INPUT.name())) {
      return ProfileKind.INPUT;
    } else if (kind.equals(ProfileKind.OUTPUT.name())) {
      return ProfileKind.OUTPUT;
    }
    throw new Refusal(400, "parameter kind", kind, "INPUT or OUTPUT");
  }
}
