package dev.sluice.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stages of deploy/docker/Dockerfile, read as far as the tests ask about them. */
final class Dockerfile {
  static final Path FILE = Path.of("deploy/docker/Dockerfile");
  private static final Pattern FROM = Pattern.compile("FROM (\\S+) AS (\\S+)");
  private static final Pattern ARG = Pattern.compile("ARG ([A-Z_]+)=(\\S+)");

  /**
   * One stage.
   *
   * @param base as it stands after FROM: an argument in braces, or another stage
   * @param instructions continued lines joined, without FROM
   */
  record Stage(String name, String base, List<String> instructions) {
    /** Returns the last instruction of a kind, without its name; empty if there is none. */
    String last(String kind) {
      return instructions.stream()
          .filter(line -> line.startsWith(kind + " "))
          .reduce((first, second) -> second)
          .map(line -> line.substring(kind.length() + 1))
          .orElse("");
    }
  }

  /**
   * One thing that a stage takes from the build's context, or from another stage.
   *
   * @param from the other stage; empty for the context
   */
  record Copy(String from, String source, String target) {
    /** Returns where the image has the source: {@code COPY file dir/} keeps the file's name. */
    String inImage() {
      boolean into = target.endsWith("/") && !Files.isDirectory(Path.of(source)) && !isLibraries();
      return into ? target + Path.of(source).getFileName() : target.replaceAll("/$", "");
    }

    /** A directory that the build makes. */
    private boolean isLibraries() {
      return source.equals("target/lib");
    }
  }

  private Dockerfile() {}

  static Map<String, Stage> stages() throws IOException {
    Map<String, Stage> stages = new LinkedHashMap<>();
    Stage stage = null;
    for (String line : lines()) {
      Matcher from = FROM.matcher(line);
      if (from.matches()) {
        stage = new Stage(from.group(2), from.group(1), new ArrayList<>());
        stages.put(stage.name(), stage);
      } else if (stage != null) {
        stage.instructions().add(line);
      }
    }
    return stages;
  }

  static Stage stage(String name) throws IOException {
    Stage stage = stages().get(name);
    if (stage == null) {
      throw new AssertionError(FILE + " has no stage " + name + ", expected " + stages().keySet());
    }
    return stage;
  }

  /** Returns the arguments of the file with their defaults: those before the first stage. */
  static Map<String, String> arguments() throws IOException {
    Map<String, String> arguments = new LinkedHashMap<>();
    for (String line : lines()) {
      Matcher argument = ARG.matcher(line);
      if (argument.matches()) {
        arguments.put(argument.group(1), argument.group(2));
      }
    }
    return arguments;
  }

  /** Returns what a stage copies, and what the stage it is made from does. */
  static List<Copy> copies(String name) throws IOException {
    Stage stage = stage(name);
    List<Copy> copies = new ArrayList<>();
    if (stages().containsKey(stage.base())) {
      copies.addAll(copies(stage.base()));
    }
    for (String line : stage.instructions()) {
      if (line.startsWith("COPY ")) {
        List<String> all = Arrays.asList(line.split("\\s+"));
        String from =
            all.stream()
                .filter(word -> word.startsWith("--from="))
                .map(word -> word.substring("--from=".length()))
                .findFirst()
                .orElse("");
        List<String> words = all.stream().skip(1).filter(word -> !word.startsWith("--")).toList();
        for (String source : words.subList(0, words.size() - 1)) {
          copies.add(new Copy(from, source, words.get(words.size() - 1)));
        }
      }
    }
    return copies;
  }

  /** Returns the file or directory of the project that the image of a stage has under a path. */
  static Path onHost(String stage, String pathInImage) throws IOException {
    for (Copy copy : copies(stage)) {
      String target = copy.inImage();
      if (pathInImage.equals(target) || pathInImage.startsWith(target + "/")) {
        String rest = pathInImage.substring(target.length());
        return copy.from().isEmpty()
            ? Path.of(copy.source() + rest)
            : onHost(copy.from(), copy.source() + rest);
      }
    }
    throw new AssertionError("stage " + stage + " of " + FILE + " puts nothing at " + pathInImage);
  }

  private static List<String> lines() throws IOException {
    String text = Files.readString(FILE).replaceAll("(?m)^\\s*#.*\\R", "");
    return text.replaceAll("\\\\\\R\\s*", "").lines().filter(line -> !line.isBlank()).toList();
  }
}
