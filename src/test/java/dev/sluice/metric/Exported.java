package dev.sluice.metric;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Prometheus reporter exports, in Prometheus' text format. */
public final class Exported {
  private static final Pattern SAMPLE = Pattern.compile("([\\w:]+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  private final List<Sample> samples;

  private Exported(List<Sample> samples) {
    this.samples = samples;
  }

  private record Sample(String name, Map<String, String> labels, double value) {}

  /** Asks a reporter. */
  public static Exported scrape(int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    return parse(
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /** Reads what a reporter has answered. */
  public static Exported parse(String text) {
    List<Sample> samples = new ArrayList<>();
    text.lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .forEach(line -> samples.add(sample(line)));
    return new Exported(samples);
  }

  private static Sample sample(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no sample: " + line);
    }
    Map<String, String> labels = new HashMap<>();
    if (matcher.group(2) != null) {
      LABEL
          .matcher(matcher.group(2))
          .results()
          .forEach(label -> labels.put(label.group(1), label.group(2)));
    }
    return new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3)));
  }

  /** Returns the names of the metrics, each with all labels that its samples have, sorted. */
  public Map<String, Set<String>> metrics() {
    Map<String, Set<String>> metrics = new TreeMap<>();
    for (Sample sample : samples) {
      metrics.computeIfAbsent(sample.name, name -> new TreeSet<>()).addAll(sample.labels.keySet());
    }
    return metrics;
  }

  /** Returns the sum of a metric over all subtasks; 0 where there is none. */
  public double sum(String name) {
    return samples.stream().filter(s -> s.name.equals(name)).mapToDouble(Sample::value).sum();
  }

  /** Returns the sum of a metric's samples with this label. */
  public double sum(String name, String label, String value) {
    return samples.stream()
        .filter(s -> s.name.equals(name) && value.equals(s.labels.get(label)))
        .mapToDouble(Sample::value)
        .sum();
  }

  /** Returns the values of a label. */
  public Set<String> values(String name, String label) {
    Set<String> values = new TreeSet<>();
    samples.stream()
        .filter(s -> s.name.equals(name) && s.labels.containsKey(label))
        .forEach(s -> values.add(s.labels.get(label)));
    return values;
  }
}
