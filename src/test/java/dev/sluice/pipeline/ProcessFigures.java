package dev.sluice.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a Java process of the cluster holds after its garbage was collected: from the JDK's {@code
 * jcmd} and from {@code /proc}.
 *
 * @param classLoaders class loaders of jobs that are still alive
 * @param classes loaded classes that were not unloaded
 * @param metaspace bytes of class metadata in use
 * @param libraries native libraries that are mapped
 * @param threads all of the process, native ones too
 * @param temporaryFiles below the process's directory for temporary files
 * @param heap bytes of the heap in use
 * @param resident bytes of memory that the process has
 * @param residentOutsideHeap of these, what is not the heap's
 */
record ProcessFigures(
    long classLoaders,
    long classes,
    long metaspace,
    int libraries,
    int threads,
    long temporaryFiles,
    long heap,
    long resident,
    long residentOutsideHeap) {
  static final long MIB = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long KIB = 1024;
  private static final Pattern COUNTER = Pattern.compile("^([a-zA-Z0-9.]+)=(\\d+)$");
  private static final Pattern HEAP =
      Pattern.compile("total \\d+K, used (\\d+)K \\[0x([0-9a-f]+), 0x([0-9a-f]+)\\)");
  private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-([0-9a-f]+) .*");
  private static final Pattern RSS = Pattern.compile("^Rss: +(\\d+) kB$");
  private static final String LOADER = "ChildFirstClassLoader";

  /**
   * Collects the garbage of a process and measures it.
   *
   * @param temporary the directory of its temporary files
   */
  static ProcessFigures measure(long pid, Path temporary) throws IOException {
    String answer = diagnose(pid, "GC.run", "GC.run", "GC.heap_info", "VM.classloaders fold=false");
    String all = answer + jcmd(pid, "PerfCounter.print"); // of jcmd itself: not by a file
    Map<String, Long> counters = new HashMap<>();
    long loaders = 0;
    for (String line : all.split("\n")) {
      Matcher matcher = COUNTER.matcher(line.trim());
      if (matcher.matches()) {
        counters.put(matcher.group(1), Long.parseLong(matcher.group(2)));
      }
      loaders += line.contains(LOADER) ? 1 : 0;
    }
    Matcher heap = HEAP.matcher(answer);
    if (!heap.find()) {
      throw new IllegalStateException("no heap in: " + answer);
    }
    long from = Long.parseUnsignedLong(heap.group(2), 16);
    long to = Long.parseUnsignedLong(heap.group(3), 16);
    long[] resident = resident(pid, from, to);
    return new ProcessFigures(
        loaders,
        counters.get("java.cls.loadedClasses")
            + counters.get("java.cls.sharedLoadedClasses")
            - counters.get("java.cls.unloadedClasses")
            - counters.get("java.cls.sharedUnloadedClasses"),
        counters.get("sun.gc.metaspace.used"),
        libraries(pid).size(),
        threads(pid),
        files(temporary),
        Long.parseLong(heap.group(1)) * KIB,
        resident[0],
        resident[1]);
  }

  /** Runs several commands in the process at one call. */
  private static String diagnose(long pid, String... commands) throws IOException {
    Path file = Files.createTempFile("sluice-jcmd-", ".txt");
    try {
      Files.write(file, List.of(commands));
      return jcmd(pid, "-f", file.toString());
    } finally {
      Files.delete(file);
    }
  }

  private static String jcmd(long pid, String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    line.add(Long.toString(pid));
    line.addAll(List.of(arguments));
    Command.Result result = Command.run(Map.of(), PATIENCE, line);
    if (!result.succeeded()) {
      throw new IllegalStateException("jcmd failed: " + result.output());
    }
    return result.output();
  }

  /** Returns the paths of the native libraries that a process has mapped, deleted ones too. */
  static Set<String> libraries(long pid) throws IOException {
    Set<String> libraries = new TreeSet<>();
    for (String line : Files.readAllLines(proc(pid, "maps"))) {
      int path = line.indexOf('/');
      if (path > 0 && line.substring(path).matches(".*\\.so[.0-9]*( \\(deleted\\))?")) {
        libraries.add(line.substring(path));
      }
    }
    return libraries;
  }

  private static int threads(long pid) throws IOException {
    return Files.readAllLines(proc(pid, "status")).stream()
        .filter(line -> line.startsWith("Threads:"))
        .mapToInt(line -> Integer.parseInt(line.substring(8).trim()))
        .findFirst()
        .orElseThrow();
  }

  private static long files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  /** Returns the resident bytes of all mappings, and of those outside a range of addresses. */
  private static long[] resident(long pid, long from, long to) throws IOException {
    long all = 0;
    long outside = 0;
    boolean heap = false;
    for (String line : Files.readAllLines(proc(pid, "smaps"))) {
      Matcher mapping = MAPPING.matcher(line);
      if (mapping.matches()) {
        long start = Long.parseUnsignedLong(mapping.group(1), 16);
        heap = Long.compareUnsigned(start, from) >= 0 && Long.compareUnsigned(start, to) < 0;
        continue;
      }
      Matcher rss = RSS.matcher(line);
      if (rss.matches()) {
        long bytes = Long.parseLong(rss.group(1)) * KIB;
        all += bytes;
        outside += heap ? 0 : bytes;
      }
    }
    return new long[] {all, outside};
  }

  private static Path proc(long pid, String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }

  /** Returns the names of the columns of {@link #row}. */
  static String header() {
    return "%8s %8s %9s %9s %7s %6s %8s %8s %9s"
        .formatted(
            "loaders",
            "classes",
            "metaspace",
            "libraries",
            "threads",
            "files",
            "heap",
            "RSS",
            "off heap");
  }

  /** Returns the figures as a line of a table; memory in MiB. */
  String row() {
    return "%8d %8d %9.1f %9d %7d %6d %8.1f %8.1f %9.1f"
        .formatted(
            classLoaders,
            classes,
            (double) metaspace / MIB,
            libraries,
            threads,
            temporaryFiles,
            (double) heap / MIB,
            (double) resident / MIB,
            (double) residentOutsideHeap / MIB);
  }
}
